import CTAP2
import Crypto

/// Encodes authenticator data (WebAuthn §6.1).
struct AuthenticatorDataWriter {
    var rpId: String
    var userPresent: Bool
    var userVerified: Bool
    var signatureCounter: UInt32
    /// Only for a new credential.
    var attestedCredential: AttestedCredential?
    /// Outputs by identifier.
    var extensions: CBORMap

    struct AttestedCredential {
        var aaguid: [UInt8]
        var id: [UInt8]
        var publicKey: CBORMap
    }

    var bytes: [UInt8] {
        var bytes = Array(SHA256.hash(data: Array(rpId.utf8)))
        bytes.append(flags)
        bytes += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: signatureCounter >> $0) }
        if let attestedCredential {
            let id = attestedCredential.id
            bytes += attestedCredential.aaguid
            bytes += [UInt8(truncatingIfNeeded: id.count >> 8), UInt8(truncatingIfNeeded: id.count)]
            bytes += id
            bytes += CBOREncoder.encode(attestedCredential.publicKey)
        }
        if !extensions.isEmpty { bytes += CBOREncoder.encode(extensions) }
        return bytes
    }

    /// UP, UV, AT and ED.
    private var flags: UInt8 {
        (userPresent ? 0x01 : 0) | (userVerified ? 0x04 : 0) | (attestedCredential == nil ? 0 : 0x40)
            | (extensions.isEmpty ? 0 : 0x80)
    }
}
