internal import CTAP2
import SwiftASN1

/// The certificate whose key signed an attestation statement.
struct AttestationCertificate {
    /// `nil` for an unknown kind of key.
    let key: VerificationKey?
    let fields: X509Fields

    init(_ der: [UInt8]) throws(AttestationCertificateError) {
        guard let fields = X509Fields(der) else { throw .malformed }
        self.fields = fields
        key = VerificationKey(subjectPublicKeyInfo: fields.publicKey)
    }

    init(inStatement der: [UInt8]) throws(AttestationError) {
        do throws(AttestationCertificateError) {
            self = try AttestationCertificate(der)
        } catch {
            throw .certificate(error)
        }
    }

    /// Runs a check, and throws its error as one of the statement.
    func check(
        _ requirements: (AttestationCertificate) throws(AttestationCertificateError) -> Void
    ) throws(AttestationError) {
        do throws(AttestationCertificateError) {
            try requirements(self)
        } catch {
            throw .certificate(error)
        }
    }

    /// Throws when the statement's signature was not made with the certificate's key; `false` when its algorithm is not one
    /// of `algorithms`.
    func verifyStatement(
        _ signature: [UInt8],
        over message: [UInt8],
        algorithm: COSEAlgorithm,
        of algorithms: [COSEAlgorithm] = COSEAlgorithm.verifiable
    ) throws(AttestationError) -> Bool {
        guard algorithms.contains(algorithm) else { return false }
        guard let holds = try? key?.verify(signature, over: message, algorithm: algorithm) else {
            throw .algorithmOfOtherKey(algorithm)
        }
        guard holds else { throw .wrongSignature }
        return true
    }

    /// Whether the certificate is for the key of a credential.
    func certifies(_ credential: COSEKey) -> Bool {
        guard let key, let info = try? credential.subjectPublicKeyInfo() else { return false }
        return key.subjectPublicKeyInfo == info
    }

    // MARK: - Requirements

    /// Throws unless the certificate meets the requirements of `packed` statements (WebAuthn §8.2.1).
    func checkPackedRequirements(aaguid: AAGUID) throws(AttestationCertificateError) {
        guard fields.version == 3 else { throw .notVersion3 }
        try checkSubject()
        guard saysItIsNoAuthority else { throw .certificateAuthority }
        try checkAAGUID(aaguid)
    }

    private func checkSubject() throws(AttestationCertificateError) {
        let present: [(ASN1ObjectIdentifier, String)] = [
            ([2, 5, 4, 6], "C"), ([2, 5, 4, 10], "O"), ([2, 5, 4, 3], "CN"),
        ]
        for (type, name) in present where !fields.subject.contains(where: { $0.type == type && !$0.value.isEmpty }) {
            throw .subject(attribute: name)
        }
        let unit: ASN1ObjectIdentifier = [2, 5, 4, 11]
        let literal = Array("Authenticator Attestation".utf8)
        guard fields.subject.contains(where: { $0.type == unit && $0.value == literal }) else {
            throw .subject(attribute: "OU")
        }
    }

    /// Whether BasicConstraints are present with `cA` false, which is the default.
    var saysItIsNoAuthority: Bool {
        guard let value = fields.only([2, 5, 29, 19])?.value, let members = try? BER.parse(value).elements(.sequence)
        else { return false }
        return members.allSatisfy { $0.identifier != .boolean || $0.primitive(.boolean) == [0] }
    }

    /// Checks id-fido-gen-ce-aaguid, if present.
    func checkAAGUID(_ aaguid: AAGUID) throws(AttestationCertificateError) {
        for found in fields.extensions where found.identifier == [1, 3, 6, 1, 4, 1, 45724, 1, 1, 4] {
            guard !found.isCritical, (try? BER.parse(found.value).primitive(.octetString)) == aaguid.bytes else {
                throw .aaguidExtension
            }
        }
    }
}
