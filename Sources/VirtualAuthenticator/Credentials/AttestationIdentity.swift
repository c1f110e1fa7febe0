import CTAP2
import Crypto
import FoundationEssentials
import SwiftASN1
import X509

/// The key's attestation key and certificate, issued at its creation by a temporary certificate authority.
struct AttestationIdentity: Hashable, Sendable {
    /// A P-256 scalar.
    var secret: [UInt8]
    /// DER certificates, from the leaf to the temporary authority's root.
    var certificates: [[UInt8]]

    /// The attestation statement in the format packed over `message` (WebAuthn §8.2).
    func packedStatement(over message: [UInt8]) throws -> CBORMap {
        let signature = try P256.Signing.PrivateKey(rawRepresentation: secret).signature(for: message)
        return [
            "alg": .int(COSEAlgorithm.es256.rawValue),
            "sig": .bytes(Array(signature.derRepresentation)),
            "x5c": .array(certificates.prefix(1).map { .bytes($0) }),
        ]
    }
}

extension AttestationIdentity {
    /// A new identity for keys of the model `aaguid`. Discards the authority's private key.
    static func generate(aaguid: [UInt8]) throws -> AttestationIdentity {
        let rootKey = P256.Signing.PrivateKey()
        let leafKey = P256.Signing.PrivateKey()
        let rootName = try DistinguishedName {
            CountryName("ZZ")
            OrganizationName("fidoctl virtual keys")
            CommonName("fidoctl virtual attestation root")
        }
        // Subject and extensions: WebAuthn §8.2.1.
        let leafName = try DistinguishedName {
            CountryName("ZZ")
            OrganizationName("fidoctl virtual keys")
            OrganizationalUnitName("Authenticator Attestation")
            CommonName("fidoctl virtual key, protects nothing")
        }
        let root = try certificate(
            for: rootKey.publicKey,
            named: rootName,
            by: rootName,
            signedWith: rootKey,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
            }
        )
        let leaf = try certificate(
            for: leafKey.publicKey,
            named: leafName,
            by: rootName,
            signedWith: rootKey,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Certificate.Extension(
                    oid: [1, 3, 6, 1, 4, 1, 45724, 1, 1, 4],  // id-fido-gen-ce-aaguid
                    critical: false,
                    value: ([0x04, UInt8(truncatingIfNeeded: aaguid.count)] + aaguid)[...]
                )
            }
        )
        return AttestationIdentity(
            secret: Array(leafKey.rawRepresentation),
            certificates: [try der(leaf), try der(root)]
        )
    }

    private static func certificate(
        for key: P256.Signing.PublicKey,
        named subject: DistinguishedName,
        by issuer: DistinguishedName,
        signedWith issuerKey: P256.Signing.PrivateKey,
        extensions: Certificate.Extensions
    ) throws -> Certificate {
        try Certificate(
            version: .v3,
            serialNumber: Certificate.SerialNumber(),
            publicKey: Certificate.PublicKey(key),
            notValidBefore: Date(timeIntervalSince1970: 1_704_067_200),  // 2024-01-01
            notValidAfter: Date(timeIntervalSince1970: 2_524_607_999),  // 2049-12-31
            issuer: issuer,
            subject: subject,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: extensions,
            issuerPrivateKey: Certificate.PrivateKey(issuerKey)
        )
    }

    private static func der(_ certificate: Certificate) throws -> [UInt8] {
        var serializer = DER.Serializer()
        try serializer.serialize(certificate)
        return serializer.serializedBytes
    }
}
