import CTAP2
import Crypto
import CryptoExtras
import FoundationEssentials
import Testing
import VirtualAuthenticator

/// The platform's side of clientPIN, implemented from CTAP 2.1 §6.5 for these tests, independent of our client.
struct PINPlatform {
    let number: UInt64
    /// X and Y of the platform's public key.
    let point: [UInt8]
    let macKey: SymmetricKey
    let aesKey: SymmetricKey
    var iv = [UInt8](repeating: 0x17, count: 16)

    /// A platform with a given shared secret.
    init(_ number: UInt64, point: [UInt8], macKey: [UInt8], aesKey: [UInt8]) {
        self.number = number
        self.point = point
        self.macKey = SymmetricKey(data: macKey)
        self.aesKey = SymmetricKey(data: aesKey)
    }

    /// Performs key agreement with the current key of `bench`.
    init(_ bench: KeyBench, _ number: UInt64, privateKey: P256.KeyAgreement.PrivateKey = .init()) throws {
        let answer = try bench.command(0x06, [1: .unsigned(number), 2: 2])
        #expect(answer.status == 0)
        let cose = try #require(answer.response?[1]?.map)
        #expect(cose.count == 5 && cose[1] == 2 && cose[3] == -25 && cose[-1] == 1)
        let keyPoint = try #require(cose[-2]?.bytes) + #require(cose[-3]?.bytes)
        let z = try privateKey.sharedSecretFromKeyAgreement(with: .init(rawRepresentation: keyPoint))
        self.number = number
        self.point = Array(privateKey.publicKey.rawRepresentation)
        if number == 1 {
            aesKey = SymmetricKey(data: unsafe z.withUnsafeBytes { unsafe SHA256.hash(data: $0) })
            macKey = aesKey
        } else {
            let zero = Data(count: 32)
            macKey = z.hkdfDerivedSymmetricKey(
                using: SHA256.self,
                salt: zero,
                sharedInfo: Data("CTAP2 HMAC key".utf8),
                outputByteCount: 32
            )
            aesKey = z.hkdfDerivedSymmetricKey(
                using: SHA256.self,
                salt: zero,
                sharedInfo: Data("CTAP2 AES key".utf8),
                outputByteCount: 32
            )
        }
    }

    var cose: CBORValue {
        .map([1: 2, 3: -25, -1: 1, -2: .bytes(Array(point.prefix(32))), -3: .bytes(Array(point.suffix(32)))])
    }

    func encrypt(_ plaintext: [UInt8]) throws -> [UInt8] {
        let iv = number == 1 ? [UInt8](repeating: 0, count: 16) : iv
        return (number == 1 ? [] : iv)
            + (try AES._CBC.encrypt(plaintext, using: aesKey, iv: .init(ivBytes: iv), noPadding: true))
    }

    func decrypt(_ bytes: [UInt8]) throws -> [UInt8] {
        let iv = number == 1 ? [UInt8](repeating: 0, count: 16) : Array(bytes.prefix(16))
        return Array(
            try AES._CBC.decrypt(
                bytes.dropFirst(number == 1 ? 0 : 16),
                using: aesKey,
                iv: .init(ivBytes: iv),
                noPadding: true
            )
        )
    }

    func mac(_ message: [UInt8], _ key: SymmetricKey? = nil) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: message, using: key ?? macKey).prefix(number == 1 ? 16 : 32))
    }

    static func padded(_ pin: String) -> [UInt8] {
        Array(pin.utf8) + [UInt8](repeating: 0, count: max(0, 64 - pin.utf8.count))
    }

    static func hash(_ pin: String) -> [UInt8] {
        Array(SHA256.hash(data: Data(pin.utf8)).prefix(16))
    }

    // MARK: Requests

    func setPIN(_ pin: String) throws -> CBORMap {
        let newPINEnc = try encrypt(Self.padded(pin))
        return [1: .unsigned(number), 2: 3, 3: cose, 4: .bytes(mac(newPINEnc)), 5: .bytes(newPINEnc)]
    }

    func changePIN(_ old: String, _ new: String) throws -> CBORMap {
        let (newPINEnc, hashEnc) = (try encrypt(Self.padded(new)), try encrypt(Self.hash(old)))
        return [
            1: .unsigned(number), 2: 4, 3: cose, 4: .bytes(mac(newPINEnc + hashEnc)), 5: .bytes(newPINEnc),
            6: .bytes(hashEnc),
        ]
    }

    func getPinToken(_ pin: String) throws -> CBORMap {
        [1: .unsigned(number), 2: 5, 3: cose, 6: .bytes(try encrypt(Self.hash(pin)))]
    }

    func getToken(_ pin: String, _ permissions: UInt64, _ rpId: String? = "example.com") throws -> CBORMap {
        var map = try getPinToken(pin)
        map[2] = 9
        map[9] = .unsigned(permissions)
        map[10] = rpId.map { .text($0) }
        return map
    }

    func getTokenByUV(_ permissions: UInt64, _ rpId: String? = "example.com") -> CBORMap {
        var map: CBORMap = [1: .unsigned(number), 2: 6, 3: cose, 9: .unsigned(permissions)]
        map[10] = rpId.map { .text($0) }
        return map
    }
}

/// A token from a key, for use in requests.
struct BenchToken {
    let platform: PINPlatform
    let bytes: [UInt8]

    /// Requests a token, which must succeed.
    init(_ bench: KeyBench, _ platform: PINPlatform, _ request: CBORMap) throws {
        let answer = try bench.command(0x06, request)
        try #require(answer.status == 0)
        self.platform = platform
        bytes = try platform.decrypt(#require(answer.response?[2]?.bytes))
        #expect(bytes.count == 32)
    }

    /// The same as `request`, an authenticatorMakeCredential, with this token's proof.
    func making(_ request: CBORMap = VirtualMakeCredentialTests.request) throws -> CBORMap {
        var request = request
        request[8] = .bytes(platform.mac(try #require(request[1]?.bytes), SymmetricKey(data: bytes)))
        request[9] = .unsigned(platform.number)
        return request
    }

    /// The same as `request`, an authenticatorGetAssertion, with this token's proof.
    func getting(_ request: CBORMap = VirtualGetAssertionTests.request) throws -> CBORMap {
        var request = request
        request[6] = .bytes(platform.mac(try #require(request[2]?.bytes), SymmetricKey(data: bytes)))
        request[7] = .unsigned(platform.number)
        return request
    }
}

extension KeyBench {
    /// A key with these members of a scenario's `key`.
    convenience init(
        key: String,
        storage: any KeyStorage = MemoryStorage(),
        presence: any UserPresence = TimedPresence(after: .zero)
    ) throws {
        try self.init(scenario: #"{"key": {\#(key)}}"#, storage: storage, presence: presence)
    }

    /// The status of a clientPIN request.
    func pin(_ request: CBORMap) throws -> UInt8 {
        try command(0x06, request).status
    }

    func pinRetries() throws -> CBORMap {
        try #require(command(0x06, [2: 1]).response)
    }

    func options() throws -> CBORMap {
        try #require(command(0x04).response?[4]?.map)
    }

    /// Requests a token with both permissions for this PIN.
    func status(of pin: String, _ number: UInt64 = 2) throws -> UInt8 {
        try self.pin(PINPlatform(self, number).getToken(pin, 3))
    }
}
