import CTAP2
import Interaction
import WebAuthn

/// A public key as a server stores it.
enum PublicKeyFile {
    /// Reads the key; `algorithm` is for formats that do not name it.
    static func read(_ path: String, algorithm: COSEAlgorithm?) throws(Failure) -> COSEKey {
        let bytes = try InputFile.read(path)
        do throws(StoredPublicKeyError) {
            return try COSEKey(stored: bytes, algorithm: algorithm)
        } catch .key(.unsupported(let algorithm)) {
            throw Failure.notVerified(.publicKey(.unsupported(algorithm))).inFile(path)
        } catch {
            throw Failure(.badData, .badPublicKey(InputFile.name(path), error), hint: .badPublicKeyHint)
        }
    }
}
