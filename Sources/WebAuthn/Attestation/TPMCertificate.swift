internal import CTAP2
import SwiftASN1

extension AttestationCertificate {
    /// Throws unless the certificate meets the requirements of `tpm` statements (WebAuthn §8.3.1).
    func checkTPMRequirements(aaguid: AAGUID) throws(AttestationCertificateError) {
        guard fields.version == 3 else { throw .notVersion3 }
        guard fields.hasEmptySubject else { throw .subjectNotEmpty }
        try checkTPMName()
        guard keyUsages.contains([2, 23, 133, 8, 3]) else { throw .extendedKeyUsage }
        guard saysItIsNoAuthority else { throw .certificateAuthority }
        try checkAAGUID(aaguid)
    }

    /// Checks the manufacturer, the model and the firmware version of the TPM in the subject alternative name
    /// (TCG EK Credential Profile §3.2.9).
    private func checkTPMName() throws(AttestationCertificateError) {
        func attribute(_ number: UInt, _ name: String) throws(AttestationCertificateError) -> String {
            let type: ASN1ObjectIdentifier = [2, 23, 133, 2, number]
            guard let value = directoryNames.first(where: { $0.type == type })?.value, !value.isEmpty else {
                throw .tpmAttribute(name)
            }
            return String(decoding: value, as: UTF8.self)
        }
        let manufacturer = try attribute(1, "manufacturer")
        _ = try attribute(2, "model")
        _ = try attribute(3, "version")
        guard TPMManufacturers.identifiers.contains(manufacturer.uppercased()) else {
            throw .tpmManufacturer(manufacturer)
        }
    }

    /// The attributes of all directory names in the subject alternative name.
    private var directoryNames: [X509Fields.Attribute] {
        guard let value = fields.only([2, 5, 29, 17])?.value, let names = try? BER.parse(value).elements(.sequence)
        else {
            return []
        }
        return names.compactMap { $0.elements(.context(4))?.first }.flatMap(X509Fields.attributes(of:))
    }

    /// The purposes in the extended key usage.
    private var keyUsages: [ASN1ObjectIdentifier] {
        guard let value = fields.only([2, 5, 29, 37])?.value, let purposes = try? BER.parse(value).elements(.sequence)
        else { return [] }
        return purposes.compactMap { try? ASN1ObjectIdentifier(berEncoded: $0) }
    }
}
