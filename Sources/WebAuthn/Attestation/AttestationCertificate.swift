internal import CTAP2
import SwiftASN1

/// The certificate whose key signed an attestation statement.
struct AttestationCertificate {
    /// `nil` for an unknown kind of key.
    let key: VerificationKey?
    private let fields: X509Fields

    init(_ der: [UInt8]) throws(AttestationCertificateError) {
        guard let fields = X509Fields(der) else { throw .malformed }
        self.fields = fields
        key = VerificationKey(subjectPublicKeyInfo: fields.publicKey)
    }

    /// Throws unless the certificate meets the requirements of `packed` statements (WebAuthn §8.2.1).
    func checkPackedRequirements(aaguid: AAGUID) throws(AttestationCertificateError) {
        guard fields.version == 3 else { throw .notVersion3 }
        try checkSubject()
        guard Self.saysItIsNoAuthority(fields.extensions) else { throw .certificateAuthority }
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
    private static func saysItIsNoAuthority(_ extensions: [X509Fields.Extension]) -> Bool {
        let constraints = extensions.filter { $0.identifier == [2, 5, 29, 19] }
        return constraints.count == 1
            && constraints.allSatisfy { found in
                guard let members = try? BER.parse(found.value).elements(.sequence) else { return false }
                return members.allSatisfy { $0.identifier != .boolean || $0.primitive(.boolean) == [0] }
            }
    }

    /// Checks id-fido-gen-ce-aaguid, if present.
    private func checkAAGUID(_ aaguid: AAGUID) throws(AttestationCertificateError) {
        for found in fields.extensions where found.identifier == [1, 3, 6, 1, 4, 1, 45724, 1, 1, 4] {
            guard !found.isCritical, (try? BER.parse(found.value).primitive(.octetString)) == aaguid.bytes else {
                throw .aaguidExtension
            }
        }
    }
}
