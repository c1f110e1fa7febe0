import CTAP2
import CTAPHID

extension Scenario.Target {
    /// A name as scenario files have it: `*`, a CTAPHID command (`INIT`), a CTAP2 command (`getAssertion`, `0x41`), a
    /// subcommand of clientPIN (`changePIN`).
    init?(name: String) {
        if name == "*" {
            self = .any
        } else if let command = Self.hidCommands.first(where: { $0.description == name }) {
            self = .hid(command)
        } else if let byte = Self.ctapCommands[name] {
            self = .ctap(byte)
        } else if let subCommand = Self.clientPINSubCommands[name] {
            self = .clientPIN(subCommand)
        } else if name.hasPrefix("0x"), let byte = UInt8(name.dropFirst(2), radix: 16) {
            self = .ctap(byte)
        } else {
            return nil
        }
    }

    private static let hidCommands: [HIDCommand] = [.`init`, .ping, .msg, .lock, .wink, .cbor]

    /// The specification's names without `authenticator`, those of commands that the key lacks included.
    private static let ctapCommands: [String: UInt8] = {
        let prefix = "authenticator"
        var commands: [String: UInt8] = [:]
        for byte in UInt8.min...0x3F {
            let name = CTAPCommand(rawValue: byte).description
            guard name.hasPrefix(prefix) else { continue }
            let rest = name.dropFirst(prefix.count)
            commands[rest.prefix(1).lowercased() + rest.dropFirst()] = byte
        }
        return commands
    }()

    private static let clientPINSubCommands: [String: UInt8] = [
        "getPINRetries": 0x01, "getKeyAgreement": 0x02, "setPIN": 0x03, "changePIN": 0x04, "getPinToken": 0x05,
        "getPinUvAuthTokenUsingUvWithPermissions": 0x06, "getUVRetries": 0x07,
        "getPinUvAuthTokenUsingPinWithPermissions": 0x09,
    ]

    /// Whether a message is meant whose first packet holds `data`.
    func fits(_ command: HIDCommand, data: [UInt8]) -> Bool {
        switch self {
        case .any: true
        case .hid(let wanted): wanted == command
        case .ctap(let byte): command == .cbor && data.first == byte
        case .clientPIN(let subCommand): command == .cbor && Self.clientPINSubCommand(in: data) == subCommand
        }
    }

    /// The subcommand of a clientPIN request in canonical CBOR: the map's first member, or the second, behind the protocol.
    private static func clientPINSubCommand(in data: [UInt8]) -> UInt8? {
        guard data.starts(with: [0x06]), data.count >= 6 else { return nil }
        if data[2] == 0x02 { return data[3] }
        return data[2] == 0x01 && data[4] == 0x02 ? data[5] : nil
    }
}
