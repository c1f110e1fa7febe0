internal import CTAP2
import Crypto
import SwiftASN1

extension AttestationObject {
    /// WebAuthn §8.8: a certificate for the credential's key, which Apple's server made for this registration.
    func verifyApple(
        _ credential: AttestedCredentialData,
        clientDataHash: [UInt8]
    ) throws(AttestationError) -> AttestationType {
        let (x5c, leaf) = try statementMap().certificateChain()
        let nonce = Array(SHA256.hash(data: authData.bytes + clientDataHash))
        guard leaf.appleNonce == nonce else { throw .nonce }
        guard leaf.certifies(credential.publicKey) else { throw .otherKey }
        return .certified(x5c: x5c)
    }
}

extension AttestationCertificate {
    /// The extension 1.2.840.113635.100.8.2: SEQUENCE { [1] EXPLICIT OCTET STRING }.
    fileprivate var appleNonce: [UInt8]? {
        guard let value = fields.only([1, 2, 840, 113635, 100, 8, 2])?.value,
            let members = try? BER.parse(value).elements(.sequence), members.count == 1
        else { return nil }
        return members[0].elements(.context(1))?.first?.primitive(.octetString)
    }
}
