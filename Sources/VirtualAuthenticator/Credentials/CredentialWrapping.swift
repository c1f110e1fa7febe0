import CTAP2
import Crypto
import FoundationEssentials

/// Credentials that are not stored on the key: the credential ID is the private key, encrypted for one site.
///
/// The ID is an AES-256-GCM box (nonce, ciphertext, tag) with the RP ID hash as associated data, so that only this key
/// can open it, for this site only. It contains a CBOR map with a version, or an array in IDs of version 1.
enum CredentialWrapping {
    private static let version = 2

    static func id(
        for key: SigningKey,
        extensionData: CBORMap,
        rpIDHash: [UInt8],
        wrappingKey: [UInt8],
        nonce: [UInt8]
    ) throws -> [UInt8] {
        var content: CBORMap = [
            0x00: .int(version), 0x07: .int(key.algorithm.rawValue), 0x08: .bytes(key.secret),
        ]
        content[0x09] = ExtensionData.encoded(extensionData)
        let box = try AES.GCM.seal(
            CBOREncoder.encode(.map(content)),
            using: SymmetricKey(data: wrappingKey),
            nonce: AES.GCM.Nonce(data: nonce),
            authenticating: rpIDHash
        )
        return nonce + box.ciphertext + box.tag
    }

    /// The credential in an ID; `nil` unless this key made the ID for this site.
    static func credential(id: [UInt8], rpIDHash: [UInt8], wrappingKey: [UInt8]) -> Credential? {
        guard
            let box = try? AES.GCM.SealedBox(combined: id),
            let content = try? AES.GCM.open(
                box,
                using: SymmetricKey(data: wrappingKey),
                authenticating: rpIDHash
            ),
            let value = try? CBORDecoder.decode(Array(content)),
            let map = value.map ?? value.array.flatMap(Self.version1),
            map[0x00]?.int == version,
            let algorithm = map[0x07]?.int,
            let secret = map[0x08]?.bytes,
            let key = try? SigningKey(algorithm: COSEAlgorithm(rawValue: algorithm), secret: secret)
        else { return nil }
        return Credential(id: id, key: key, extensionData: map[0x09].flatMap(ExtensionData.decoded) ?? [:])
    }

    /// Version 1 is an array of algorithm and secret.
    private static func version1(_ parts: [CBORValue]) -> CBORMap? {
        guard parts.count == 2 else { return nil }
        return [0x00: .int(version), 0x07: parts[0], 0x08: parts[1]]
    }
}
