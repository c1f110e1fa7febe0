import CTAP2
import Crypto
import FoundationEssentials

/// Credentials that the key does not keep: the credential id is the private key itself, sealed for one site.
///
/// The id is an AES-256-GCM box (nonce, ciphertext, tag) of the algorithm and the secret, bound to the hash of the
/// relying party's id, so that it opens for no other site and on no other key.
enum CredentialWrapping {
    static func id(for key: SigningKey, rpId: String, wrappingKey: [UInt8], nonce: [UInt8]) throws -> [UInt8] {
        let content = CBOREncoder.encode(.array([.int(key.algorithm.rawValue), .bytes(key.secret)]))
        let box = try AES.GCM.seal(
            content,
            using: SymmetricKey(data: wrappingKey),
            nonce: AES.GCM.Nonce(data: nonce),
            authenticating: associatedData(rpId)
        )
        return nonce + box.ciphertext + box.tag
    }

    /// The credential in an id; `nil` when it is not one of ours for this site.
    static func credential(id: [UInt8], rpId: String, wrappingKey: [UInt8]) -> Credential? {
        guard
            let box = try? AES.GCM.SealedBox(combined: id),
            let content = try? AES.GCM.open(
                box,
                using: SymmetricKey(data: wrappingKey),
                authenticating: associatedData(rpId)
            ),
            let parts = try? CBORDecoder.decode(Array(content)).array,
            let algorithm = parts.first?.int,
            let secret = parts.last?.bytes,
            let key = try? SigningKey(algorithm: COSEAlgorithm(rawValue: algorithm), secret: secret)
        else { return nil }
        return Credential(id: id, key: key)
    }

    private static func associatedData(_ rpId: String) -> [UInt8] {
        Array(SHA256.hash(data: Array(rpId.utf8)))
    }
}
