import SwiftASN1
import X509

/// The certificate whose key signed an attestation statement.
struct AttestationCertificate {
    let key: VerificationKey
    private let certificate: Certificate

    /// The extension in which a certificate names the model of key (WebAuthn §8.2.1).
    private static let aaguidExtension: ASN1ObjectIdentifier = [1, 3, 6, 1, 4, 1, 45724, 1, 1, 4]

    /// Reads a certificate; `nil` when its key is of a kind that this library does not know.
    init?(statementDER der: [UInt8]) throws(AttestationError) {
        do {
            certificate = try Certificate(derEncoded: der)
        } catch let error as CertificateError where error.code == .unsupportedPublicKeyAlgorithm {
            return nil
        } catch {
            throw .certificate(.malformed)
        }
        guard let key = VerificationKey(certificate.publicKey) else { return nil }
        self.key = key
    }

    /// Checks what WebAuthn §8.2.1 demands of a `packed` statement's certificate.
    func checkPackedRequirements(aaguid: AAGUID) throws(AttestationCertificateError) {
        guard certificate.version == .v3 else { throw .notVersion3 }
        try checkSubject()
        guard
            let constraints = try? certificate.extensions.basicConstraints,
            case .notCertificateAuthority = constraints
        else { throw .certificateAuthority }
        try checkAAGUID(aaguid)
    }

    private func checkSubject() throws(AttestationCertificateError) {
        let present: [(ASN1ObjectIdentifier, String)] = [
            (.RDNAttributeType.countryName, "C"),
            (.RDNAttributeType.organizationName, "O"),
            (.RDNAttributeType.commonName, "CN"),
        ]
        for (type, name) in present where attributes(type).isEmpty {
            throw .subject(attribute: name)
        }
        let units = attributes(.RDNAttributeType.organizationalUnitName)
        guard units.contains(where: { String($0.value) == "Authenticator Attestation" }) else {
            throw .subject(attribute: "OU")
        }
    }

    private func attributes(_ type: ASN1ObjectIdentifier) -> [RelativeDistinguishedName.Attribute] {
        certificate.subject.flatMap { name in name.filter { $0.type == type } }
    }

    private func checkAAGUID(_ aaguid: AAGUID) throws(AttestationCertificateError) {
        guard let found = certificate.extensions[oid: Self.aaguidExtension] else { return }
        guard
            !found.critical,
            let wrapped = try? ASN1OctetString(derEncoded: Array(found.value)),
            wrapped.bytes.elementsEqual(aaguid.bytes)
        else { throw .aaguidExtension }
    }
}
