import CTAP2
import CTAPHID

extension Scenario.Target {
    /// Parses a name in scenario files: `*`, a CTAPHID command (`INIT`), a CTAP2 command (`getAssertion`, `0x41`), a
    /// subcommand (`changePIN`, `deleteCredential`) or a U2F command (`U2F_REGISTER`).
    init?(name: String) {
        if name == "*" {
            self = .any
        } else if let command = Self.hidCommands.first(where: { $0.description == name }) {
            self = .hid(command)
        } else if let byte = Self.u2fCommands[name] {
            self = .u2f(byte)
        } else if let byte = Self.ctapCommands[name] {
            self = .ctap(byte)
        } else if let subCommand = Scenario.SubCommand(name: name) {
            self = .subCommand(subCommand)
        } else if name.hasPrefix("0x"), let byte = UInt8(name.dropFirst(2), radix: 16) {
            self = .ctap(byte)
        } else {
            return nil
        }
    }

    private static let hidCommands: [HIDCommand] = [.`init`, .ping, .msg, .lock, .wink, .cbor]

    private static let u2fCommands: [String: UInt8] = ["U2F_REGISTER": 1, "U2F_AUTHENTICATE": 2, "U2F_VERSION": 3]

    /// The specification's names without `authenticator`, including commands that the key lacks.
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

    /// Whether a message with `data` in its first packet matches.
    func fits(_ command: HIDCommand, data: [UInt8]) -> Bool {
        switch self {
        case .any: true
        case .hid(let wanted): wanted == command
        case .ctap(let byte): command == .cbor && data.first == byte
        case .u2f(let byte): command == .msg && data.dropFirst().first == byte
        case .subCommand(let subCommand): command == .cbor && subCommand.fits(data)
        }
    }
}
