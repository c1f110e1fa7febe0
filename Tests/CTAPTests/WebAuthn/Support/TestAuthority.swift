import Crypto
import FoundationEssentials
import SwiftASN1
import X509

/// A certificate authority for tests, made with swift-certificates.
struct TestAuthority {
    /// What the certificates of a test say besides their names.
    struct Terms {
        var notBefore = Date(timeIntervalSince1970: 1_700_000_000)
        var notAfter = Date(timeIntervalSince1970: 4_000_000_000)
        var constraints: BasicConstraints? = .isCertificateAuthority(maxPathLength: nil)
        /// Critical, with an empty value.
        var criticalExtension: ASN1ObjectIdentifier?
        var nameConstraints: NameConstraints?
    }

    let privateKey = P256.Signing.PrivateKey()
    let certificate: Certificate

    var der: [UInt8] { Self.der(certificate) }
    var pem: String { (try? certificate.serializeAsPEM().pemString) ?? "" }

    init(_ name: String, issuedBy issuer: TestAuthority? = nil, _ terms: Terms = Terms()) throws {
        let subject = try DistinguishedName { CommonName(name) }
        certificate = try Self.certificate(
            subject,
            publicKey: privateKey.publicKey,
            issuer: issuer?.certificate.subject ?? subject,
            signer: issuer?.privateKey ?? privateKey,
            terms
        )
    }

    /// A certificate for an authenticator's attestation key, which meets the requirements of `packed`.
    func attestationCertificate(
        _ key: P256.Signing.PublicKey,
        _ terms: Terms = Terms(constraints: .notCertificateAuthority)
    ) throws -> [UInt8] {
        let subject = try DistinguishedName {
            CountryName("ZZ")
            OrganizationName("Example")
            OrganizationalUnitName("Authenticator Attestation")
            CommonName("Example Key")
        }
        return Self.der(
            try Self.certificate(
                subject,
                publicKey: key,
                issuer: certificate.subject,
                signer: privateKey,
                terms
            )
        )
    }

    /// A certificate for a server's name.
    func serverCertificate(_ key: Certificate.PublicKey, name: String, _ terms: Terms = Terms(constraints: nil)) throws
        -> [UInt8]
    {
        Self.der(
            try Certificate(
                version: .v3,
                serialNumber: Certificate.SerialNumber(),
                publicKey: key,
                notValidBefore: terms.notBefore,
                notValidAfter: terms.notAfter,
                issuer: certificate.subject,
                subject: DistinguishedName { CommonName(name) },
                signatureAlgorithm: .ecdsaWithSHA256,
                extensions: Certificate.Extensions { SubjectAlternativeNames([.dnsName(name)]) },
                issuerPrivateKey: Certificate.PrivateKey(privateKey)
            )
        )
    }

    private static func certificate(
        _ subject: DistinguishedName,
        publicKey: P256.Signing.PublicKey,
        issuer: DistinguishedName,
        signer: P256.Signing.PrivateKey,
        _ terms: Terms
    ) throws -> Certificate {
        try Certificate(
            version: .v3,
            serialNumber: Certificate.SerialNumber(),
            publicKey: Certificate.PublicKey(publicKey),
            notValidBefore: terms.notBefore,
            notValidAfter: terms.notAfter,
            issuer: issuer,
            subject: subject,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                if let constraints = terms.constraints { Critical(constraints) }
                if let names = terms.nameConstraints { Critical(names) }
                if let identifier = terms.criticalExtension {
                    try Certificate.Extensions([Certificate.Extension(oid: identifier, critical: true, value: [5, 0])])
                }
            },
            issuerPrivateKey: Certificate.PrivateKey(signer)
        )
    }

    static func der(_ certificate: Certificate) -> [UInt8] {
        var serializer = DER.Serializer()
        try? serializer.serialize(certificate)
        return serializer.serializedBytes
    }
}
