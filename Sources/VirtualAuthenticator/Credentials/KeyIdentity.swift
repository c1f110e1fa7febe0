import CTAP2
import Crypto
import CryptoExtras
import Platform

/// The values by which platforms recognize a key and an unchanged set of credentials (CTAP 2.3 §6.4).
struct KeyIdentity: Hashable, Sendable {
    /// The persistentPinUvAuthToken; a new PIN invalidates it.
    var token: [UInt8]
    /// Kept until a reset.
    var identifier: [UInt8]
    /// Replaced after every change of a discoverable credential.
    var storeState: [UInt8]

    static let tokenSize = 32
    static let blockSize = 16

    init(random: inout any RandomNumberGenerator) {
        token = random.bytes(Self.tokenSize)
        identifier = random.bytes(Self.blockSize)
        storeState = random.bytes(Self.blockSize)
    }

    /// getInfo's encIdentifier.
    func encIdentifier(random: inout any RandomNumberGenerator) throws -> [UInt8] {
        try encrypt(identifier, for: "encIdentifier", random: &random)
    }

    /// getInfo's encCredStoreState.
    func encCredStoreState(random: inout any RandomNumberGenerator) throws -> [UInt8] {
        try encrypt(storeState, for: "encCredStoreState", random: &random)
    }

    /// A new IV and one block, encrypted for holders of the token.
    private func encrypt(
        _ block: [UInt8],
        for purpose: String,
        random: inout any RandomNumberGenerator
    ) throws -> [UInt8] {
        let key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: token),
            salt: [UInt8](repeating: 0, count: 32),
            info: Array(purpose.utf8),
            outputByteCount: 16
        )
        let iv = random.bytes(Self.blockSize)
        return iv + (try AES._CBC.encrypt(block, using: key, iv: AES._CBC.IV(ivBytes: iv), noPadding: true))
    }
}

extension KeyIdentity {
    var cbor: CBORMap {
        [0x01: .bytes(token), 0x02: .bytes(identifier), 0x03: .bytes(storeState)]
    }

    init(cbor map: CBORMap) throws(CBORError) {
        token = try map.required(0x01, "persistent token", \.bytes)
        identifier = try map.required(0x02, "identifier", \.bytes)
        storeState = try map.required(0x03, "state of the credentials", \.bytes)
        guard token.count == Self.tokenSize, identifier.count == Self.blockSize, storeState.count == Self.blockSize
        else { throw .unexpected(member: "identity") }
    }
}
