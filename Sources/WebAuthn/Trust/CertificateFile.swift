internal import SwiftASN1
internal import X509

/// A file with certificates in PEM (RFC 7468).
public enum CertificateFile {
    /// The certificates in DER; text between them is skipped, and other PEM documents are refused.
    public static func certificates(pem: [UInt8]) throws(CertificateFileError) -> [[UInt8]] {
        guard let text = String(validating: pem, as: UTF8.self),
            let documents = try? PEMDocument.parseMultiple(pemString: text)
        else { throw .notPEM }
        guard !documents.isEmpty else { throw .empty }
        var certificates: [[UInt8]] = []
        for (index, document) in documents.enumerated() {
            guard document.discriminator == Certificate.defaultPEMDiscriminator else {
                throw .notCertificate(index: index)
            }
            guard X509Fields(document.derBytes) != nil else { throw .notCertificate(index: index) }
            certificates.append(document.derBytes)
        }
        return certificates
    }
}

/// Why a file is not a list of certificates.
public enum CertificateFileError: Error, Hashable, Sendable {
    /// The bytes are not PEM.
    case notPEM
    /// There is no PEM document.
    case empty
    /// The document at `index` is not a certificate, but for example a private key.
    case notCertificate(index: Int)
}
