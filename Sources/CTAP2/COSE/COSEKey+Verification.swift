import SwiftASN1
import X509

extension COSEKey {
    /// Whether `signature` over `message` was made with this key, by the key's own algorithm.
    ///
    /// ES256, ES384, ES512, EdDSA with Ed25519, RS256 and their fully specified twins are known.
    public func verify(signature: [UInt8], over message: [UInt8]) throws(COSEKeyError) -> Bool {
        try VerificationKey(self).verify(signature, over: message, algorithm: algorithm)
    }

    /// Throws when the parameters are not a key of a kind that `verify` knows.
    public func check() throws(COSEKeyError) {
        _ = try VerificationKey(self)
    }

    /// The key as an X.509 SubjectPublicKeyInfo in DER, which is what WebAuthn's `getPublicKey()` gives.
    public func subjectPublicKeyInfo() throws(COSEKeyError) -> [UInt8] {
        let key = try VerificationKey(self).certificateKey
        do {
            var serializer = DER.Serializer()
            try serializer.serialize(key)
            return serializer.serializedBytes
        } catch {
            throw .invalid(algorithm)
        }
    }

    /// The same in PEM, ending with a line break.
    public func pem() throws(COSEKeyError) -> String {
        let key = try VerificationKey(self).certificateKey
        do {
            return try key.serializeAsPEM().pemString + "\n"
        } catch {
            throw .invalid(algorithm)
        }
    }
}
