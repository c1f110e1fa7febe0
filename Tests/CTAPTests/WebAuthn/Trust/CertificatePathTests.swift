import Crypto
import FoundationEssentials
import SwiftASN1
import Testing
import X509
@testable import WebAuthn

/// Paths from attestation certificates to trust anchors.
@Suite struct CertificatePathTests {
    let key = P256.Signing.PrivateKey()
    let root: TestAuthority
    let intermediate: TestAuthority
    let leaf: [UInt8]
    let date = Date(timeIntervalSince1970: 1_800_000_000)

    init() throws {
        root = try TestAuthority("Root")
        intermediate = try TestAuthority("Intermediate", issuedBy: root)
        leaf = try intermediate.attestationCertificate(key.publicKey)
    }

    private func path(
        _ chain: [[UInt8]],
        to anchors: [[UInt8]],
        at date: Date? = nil
    ) async throws(CertificatePathError) -> CertificatePath {
        try await CertificatePath(from: chain, to: anchors, at: date ?? self.date)
    }

    @Test func `a chain leads to its root, whether or not it contains it`() async throws {
        for chain in [[leaf, intermediate.der], [leaf, intermediate.der, root.der]] {
            let path = try await path(chain, to: [root.der])
            #expect(path.certificates == [leaf, intermediate.der, root.der])
            #expect(
                path.subjects == [
                    "CN=Example Key,OU=Authenticator Attestation,O=Example,C=ZZ", "CN=Intermediate", "CN=Root",
                ]
            )
        }
    }

    @Test func `an intermediate certificate, or the first one itself, may be the anchor`() async throws {
        #expect(try await path([leaf], to: [intermediate.der]).certificates.count == 2)
        #expect(try await path([leaf, intermediate.der], to: [leaf]).certificates == [leaf])
        let odd: [UInt8] = [1, 2, 3]
        #expect(try await path([odd], to: [odd]).certificates == [odd])
    }

    @Test func `a chain to another root is not trusted`() async throws {
        let other = try TestAuthority("Root")
        await #expect(throws: CertificatePathError.untrusted) {
            try await path([leaf, intermediate.der], to: [other.der])
        }
        await #expect(throws: CertificatePathError.untrusted) { try await path([leaf], to: [root.der]) }
        await #expect(throws: CertificatePathError.untrusted) { try await path([leaf, intermediate.der], to: []) }
        let self1 = try TestAuthority("Key", TestAuthority.Terms(constraints: .notCertificateAuthority))
        await #expect(throws: CertificatePathError.untrusted) { try await path([self1.der], to: [root.der]) }
    }

    @Test func `every certificate of the path must be valid at the time`() async throws {
        let early = TestAuthority.Terms(notAfter: date - 60, constraints: .isCertificateAuthority(maxPathLength: nil))
        let late = TestAuthority.Terms(notBefore: date + 60, constraints: .isCertificateAuthority(maxPathLength: nil))
        for (terms, error) in [
            (early, CertificatePathError.expired(date - 60)), (late, CertificatePathError.notYetValid(date + 60)),
        ] {
            let odd = try TestAuthority("Odd", issuedBy: root, terms)
            let chain = [try odd.attestationCertificate(key.publicKey), odd.der]
            await #expect(throws: error) { try await path(chain, to: [root.der]) }
            let oddRoot = try TestAuthority("Odd Root", terms)
            await #expect(throws: error) {
                try await path([oddRoot.attestationCertificate(key.publicKey)], to: [oddRoot.der])
            }
            var own = terms
            own.constraints = .notCertificateAuthority
            let leaf = try root.attestationCertificate(key.publicKey, own)
            await #expect(throws: error) { try await path([leaf], to: [root.der]) }
        }
        #expect(try await path([leaf, intermediate.der], to: [root.der], at: date + 60).certificates.count == 3)
    }

    @Test func `a certificate may only issue others as its constraints allow`() async throws {
        let names = NameConstraints(permittedSubtrees: [.directoryName(try DistinguishedName { CommonName("Other") })])
        for terms in [
            TestAuthority.Terms(constraints: .notCertificateAuthority), TestAuthority.Terms(constraints: nil),
            TestAuthority.Terms(nameConstraints: names),
        ] {
            let odd = try TestAuthority("Odd", issuedBy: root, terms)
            let chain = [try odd.attestationCertificate(key.publicKey), odd.der]
            await #expect(throws: CertificatePathError.constraints) { try await path(chain, to: [root.der]) }
        }
        let short = try TestAuthority(
            "Short",
            TestAuthority.Terms(constraints: .isCertificateAuthority(maxPathLength: 0))
        )
        let below = try TestAuthority("Below", issuedBy: short)
        let chain = [try below.attestationCertificate(key.publicKey), below.der]
        await #expect(throws: CertificatePathError.constraints) { try await path(chain, to: [short.der]) }
    }

    @Test func `an unknown critical extension is refused by its number, those of TPM certificates are known`()
        async throws
    {
        var terms = TestAuthority.Terms(constraints: .notCertificateAuthority)
        for (identifier, isKnown) in [
            ([2, 5, 29, 17], true), ([2, 5, 29, 37], true), ([2, 5, 29, 32], true), ([1, 2, 3, 4], false),
            ([2, 5, 29, 36], false),
        ] as [(ASN1ObjectIdentifier, Bool)] {
            terms.criticalExtension = identifier
            let chain = [try root.attestationCertificate(key.publicKey, terms)]
            if isKnown {
                #expect(try await path(chain, to: [root.der]).certificates.count == 2)
            } else {
                await #expect(throws: CertificatePathError.criticalExtension(identifier.description)) {
                    try await path(chain, to: [root.der])
                }
            }
        }
    }

    @Test func `a signature that claims unused bits is verified as a whole`() async throws {
        var odd = leaf
        // If the three bits are zero, as in one of eight signatures, the claim is in order.
        while try #require(odd.last) & 0b111 == 0 { odd = try intermediate.attestationCertificate(key.publicKey) }
        let bits = try #require(X509Fields.signatureBits(in: odd))
        odd[odd.count - bits.count] = 3
        #expect(throws: (any Error).self) { try Certificate(derEncoded: odd) }
        #expect(try await path([odd, intermediate.der], to: [root.der]).certificates.count == 3)
        odd[odd.count - 1] ^= 1
        await #expect(throws: CertificatePathError.untrusted) {
            try await path([odd, intermediate.der], to: [root.der])
        }
    }

    @Test func `a certificate that breaks X509's rules is refused by its place`() async throws {
        var odd = HandMadeCertificate(key)
        odd.serial = [0x87]
        await #expect(throws: CertificatePathError.unreadable(index: 0)) { try await path([odd.der], to: [root.der]) }
        await #expect(throws: CertificatePathError.unreadable(index: 1)) {
            try await path([leaf, [1]], to: [root.der])
        }
        await #expect(throws: CertificatePathError.wrongCount(0)) { try await path([], to: [root.der]) }
    }

    /// All are called the same and issue each other, so that every order of them is a chain.
    @Test func `a hostile chain is bounded`() async throws {
        let chain = [leaf] + (try (0..<6).map { _ in try TestAuthority("Intermediate", issuedBy: intermediate).der })
        await #expect(throws: CertificatePathError.wrongCount(7)) { try await path(chain, to: [root.der]) }
        await #expect(throws: CertificatePathError.untrusted) {
            try await path(Array(chain.dropLast()), to: [root.der])
        }
    }

    // MARK: - Files

    @Test func `a file may have several certificates and text between them`() throws {
        let text = "Roots\n" + root.pem + "\n\n# next\n" + intermediate.pem + "\n"
        #expect(try CertificateFile.certificates(pem: Array(text.utf8)) == [root.der, intermediate.der])
    }

    @Test func `a file that is not a list of certificates is refused`() throws {
        let secret = try #require(try? Certificate.PrivateKey(key).serializeAsPEM().pemString)
        for (text, error) in [
            ("", CertificateFileError.empty), ("text", .empty), (secret, .notCertificate(index: 0)),
            (root.pem + "\n" + secret, .notCertificate(index: 1)),
            ("-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----\n", .notCertificate(index: 0)),
            ("-----BEGIN CERTIFICATE-----\nAQID\n", .notPEM),
            ("-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n", .notPEM),
        ] {
            #expect(throws: error, "\(text)") { try CertificateFile.certificates(pem: Array(text.utf8)) }
        }
        #expect(throws: CertificateFileError.notPEM) { try CertificateFile.certificates(pem: [0xFF, 0xFE]) }
    }
}
