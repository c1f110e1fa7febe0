import CTAP2
import Crypto
import Testing
import VirtualAuthenticator

/// Requests of management commands, built independently from CTAP 2.1 §6.8 to §6.11.
extension BenchToken {
    func mac(_ message: [UInt8]) -> CBORValue {
        .bytes(platform.mac(message, SymmetricKey(data: bytes)))
    }

    /// A request of authenticatorCredentialManagement.
    func managing(_ subCommand: UInt8, _ parameters: CBORMap? = nil) -> CBORMap {
        var request: CBORMap = [1: .int(Int(subCommand))]
        request[2] = parameters.map { .map($0) }
        request[3] = .unsigned(platform.number)
        request[4] = mac([subCommand] + (parameters.map { CBOREncoder.encode($0) } ?? []))
        return request
    }
}

extension BenchToken {
    /// A request of authenticatorConfig.
    func configuring(_ subCommand: UInt8, _ parameters: CBORMap? = nil) -> CBORMap {
        var request: CBORMap = [1: .int(Int(subCommand))]
        request[2] = parameters.map { .map($0) }
        request[3] = .unsigned(platform.number)
        let prefix = [UInt8](repeating: 0xFF, count: 32) + [0x0D, subCommand]
        request[4] = mac(prefix + (parameters.map { CBOREncoder.encode($0) } ?? []))
        return request
    }
}

extension BenchToken {
    /// A request of authenticatorBioEnrollment.
    func enrolling(_ subCommand: UInt8, _ parameters: CBORMap? = nil) -> CBORMap {
        var request: CBORMap = [1: 1, 2: .int(Int(subCommand)), 4: .unsigned(platform.number)]
        request[3] = parameters.map { .map($0) }
        request[5] = mac([1, subCommand] + (parameters.map { CBOREncoder.encode($0) } ?? []))
        return request
    }

    /// A request of authenticatorLargeBlobs that writes a fragment.
    func writing(_ fragment: [UInt8], at offset: Int = 0, of length: Int? = nil) -> CBORMap {
        var request: CBORMap = [2: .bytes(fragment), 3: .int(offset), 6: .unsigned(platform.number)]
        request[4] = length.map { .int($0) }
        let position = [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: offset >> $0) }
        request[5] = mac([UInt8](repeating: 0xFF, count: 32) + [0x0C, 0] + position + SHA256.hash(data: fragment))
        return request
    }
}

extension KeyBench {
    /// Members of a scenario's key that disable management, extensions, and the additions after CTAP 2.1.
    static let unmanaged = #"""
        "edition": "2.1", "credMgmt": false, "authenticatorConfigCommands": [], "extensions": [], "largeBlobs": false,
        "bioEnroll": false
        """#

    /// A token for the PIN 1234.
    func token(_ permissions: UInt64, _ rpId: String? = nil, protocol number: UInt64 = 2) throws -> BenchToken {
        let platform = try PINPlatform(self, number)
        return try BenchToken(self, platform, platform.getToken("1234", permissions, rpId))
    }

    /// Creates a discoverable credential with the PIN 1234.
    @discardableResult
    func register(_ rpId: String = "example.com", user: UInt8 = 1, name: String? = nil) throws -> MadeCredential {
        var request = discoverableRequest(user: user)
        var account: CBORMap = ["id": .bytes([user])]
        account["name"] = name.map { .text($0) }
        request[2] = .map(["id": .text(rpId), "name": .text("Site of \(rpId)")])
        request[3] = .map(account)
        return try MadeCredential(command(0x01, token(0x01, rpId).making(request)).response)
    }

    /// The status of config with a token for the PIN 1234.
    func configure(_ subCommand: UInt8, _ parameters: CBORMap? = nil) throws -> UInt8 {
        try command(0x0D, token(0x20).configuring(subCommand, parameters)).status
    }

    func info() throws -> CBORMap {
        try #require(command(0x04).response)
    }

    /// Sends authenticatorCredentialManagement, or its preview command.
    func manage(_ request: CBORMap, command byte: UInt8 = 0x0A) throws -> (status: UInt8, response: CBORMap?) {
        try command(byte, request)
    }
}

func rpIDHash(_ rpId: String) -> CBORValue {
    .bytes(Array(SHA256.hash(data: Array(rpId.utf8))))
}
