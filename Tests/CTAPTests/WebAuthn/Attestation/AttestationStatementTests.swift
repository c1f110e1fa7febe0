import CTAP2
import Crypto
import CryptoExtras
import Testing
@testable import WebAuthn

/// How `verify` and its verdict treat attestation statements.
@Suite struct AttestationStatementTests {
    let key = HandMadeKey()
    let signer = P256.Signing.PrivateKey()

    var expected: PendingRequest {
        PendingRequest(content: .webAuthn(challenge: key.challenge, origins: [key.origin]), rpId: key.rpId)
    }

    private func verdict(_ response: RegistrationResponse, requiresAttestation: Bool = false) -> Verdict {
        response.verdict(expected, requiresAttestation: requiresAttestation)
    }

    private func check(_ verdict: Verdict) -> VerificationCheck.Outcome? {
        verdict.checks.first { $0.name == .attestation }?.outcome
    }

    // MARK: - Certificates that are read tolerantly

    @Test func `a certificate in order makes the registration certified`() throws {
        let verdict = verdict(try key.registration(HandMadeCertificate(signer), signedBy: signer))
        guard case .certified = verdict.attestationType else { Issue.record("\(verdict)"); return }
        #expect(verdict.isGood)
    }

    /// OpenSSL reads all of these, and we verify none of these fields.
    @Test(arguments: [
        "negative serial", "empty serial", "unknown signature algorithm", "compressed point",
        "signature algorithm with NULL",
    ])
    func `an odd certificate is read where nothing of it is verified`(odd: String) throws {
        var certificate = HandMadeCertificate(signer)
        switch odd {
        case "negative serial": certificate.serial = [0x87]
        case "empty serial": certificate.serial = [0, 0, 1]
        case "unknown signature algorithm": certificate.signatureAlgorithm = hex("300506032a0304")
        case "compressed point": certificate.publicKey = HandMadeCertificate.compressed(signer.publicKey)
        default: certificate.signatureAlgorithm = hex("300d06092a864886f70d01010b0500")
        }
        let verdict = verdict(try key.registration(certificate, signedBy: signer))
        #expect(verdict.isGood, "\(verdict)")
        guard case .certified = verdict.attestationType else { Issue.record("\(verdict)"); return }
    }

    // MARK: - Requirements of §8.2.1

    @Test(
        arguments: [
            ("version 1", .notVersion3), ("no version", .notVersion3), ("no C", .subject(attribute: "C")),
            ("no O", .subject(attribute: "O")), ("no OU", .subject(attribute: "OU")),
            ("other OU", .subject(attribute: "OU")),
            ("no CN", .subject(attribute: "CN")), ("no BasicConstraints", .certificateAuthority),
            ("authority", .certificateAuthority), ("other AAGUID", .aaguidExtension),
            ("critical AAGUID", .aaguidExtension),
            ("second AAGUID", .aaguidExtension), ("short AAGUID", .aaguidExtension), ("not a certificate", .malformed),
        ] as [(String, AttestationCertificateError)]
    )
    func `a certificate that its format does not allow fails the check`(
        odd: String,
        error: AttestationCertificateError
    ) throws {
        var certificate = HandMadeCertificate(signer)
        let zero = [UInt8](repeating: 0, count: 16)
        switch odd {
        case "version 1": certificate.version = [0]
        case "no version": certificate.version = nil
        case "no C": certificate.subject.remove(at: 0)
        case "no O": certificate.subject.remove(at: 1)
        case "no OU": certificate.subject.remove(at: 2)
        case "other OU": certificate.subject[2].text = "Authenticator attestation"
        case "no CN": certificate.subject.remove(at: 3)
        case "no BasicConstraints": certificate.basicConstraints = nil
        case "authority": certificate.basicConstraints = hex("300f0603551d130101ff040530030101ff")
        case "other AAGUID": certificate.extensions = [HandMadeCertificate.aaguid([1] + zero.dropFirst())]
        case "critical AAGUID": certificate.extensions = [HandMadeCertificate.aaguid(zero, isCritical: true)]
        case "second AAGUID":
            certificate.extensions = [
                HandMadeCertificate.aaguid(zero), HandMadeCertificate.aaguid([1] + zero.dropFirst()),
            ]
        case "short AAGUID": certificate.extensions = [HandMadeCertificate.aaguid([0])]
        default: certificate.publicKey = []
        }
        let verdict = verdict(try key.registration(certificate, signedBy: signer))
        #expect(check(verdict) == .failed(.attestation(format: "packed", .certificate(error))))
        #expect(verdict.attestationType == .unverified(.invalid(.certificate(error))))
        #expect(!verdict.isGood)
        #expect(verdict.credential == nil)
    }

    @Test func `the AAGUID that the certificate names may be the credential's`() throws {
        var certificate = HandMadeCertificate(signer)
        certificate.extensions = [HandMadeCertificate.aaguid([UInt8](repeating: 0, count: 16))]
        #expect(verdict(try key.registration(certificate, signedBy: signer)).isGood)
    }

    // MARK: - Algorithms

    /// The certificate's key is on P-256.
    @Test(arguments: [COSEAlgorithm.edDSA, .es384, .es512, .rs256, .esp384, .ed25519])
    func `a known algorithm that does not fit the certificate's key fails the check`(algorithm: COSEAlgorithm) throws {
        let response = try key.registration(HandMadeCertificate(signer), signedBy: signer, algorithm: algorithm)
        #expect(check(verdict(response)) == .failed(.attestation(format: "packed", .algorithmOfOtherKey(algorithm))))
    }

    @Test func `a certificate whose key is of another kind fails the check`() throws {
        for other in [
            "302a300506032b656e032100", "302a300506032b6570032100", "305630100607 2a8648ce3d0201 06052b8104000a 034200",
        ] {
            var certificate = HandMadeCertificate(signer)
            certificate.publicKey = hex(other) + [UInt8](repeating: 9, count: other.count > 30 ? 65 : 32)
            let verdict = verdict(try key.registration(certificate, signedBy: signer))
            #expect(check(verdict) == .failed(.attestation(format: "packed", .algorithmOfOtherKey(.es256))))
        }
    }

    @Test(arguments: [-65535, -47, -53, -265, 0, 7, -1_000_000])
    func `an unknown algorithm is unsupported, and never verified`(number: Int) throws {
        let algorithm = COSEAlgorithm(rawValue: number)
        let response = try key.registration(HandMadeCertificate(signer), signedBy: signer, algorithm: algorithm)
        let verdict = verdict(response)
        #expect(check(verdict) == .notMade(.algorithm(algorithm)))
        #expect(verdict.attestationType == .unverified(.algorithm(algorithm)))
        #expect(!verdict.isGood)
        #expect(verdict.decisiveCheck?.lacksAlgorithm == true)
        #expect(throws: VerificationError.publicKey(.unsupported(algorithm))) { try response.verify(expected) }
    }

    /// A requested check that could not be made fails the verdict, even if the algorithm is unknown.
    @Test func `a demand for attestation is not met by a statement of an unknown algorithm`() throws {
        let response = try key.registration(HandMadeCertificate(signer), signedBy: signer, algorithm: .es256K)
        let verdict = verdict(response, requiresAttestation: true)
        #expect(verdict.decisiveCheck?.lacksAlgorithm == false)
        #expect(throws: VerificationError.notMade(.attestation, .algorithm(.es256K))) {
            try response.verify(expected, requiresAttestation: true)
        }
    }

    @Test func `a certificate's key may be of any kind that is known`() throws {
        let p384 = P384.Signing.PrivateKey()
        let p521 = P521.Signing.PrivateKey()
        let ed25519 = Curve25519.Signing.PrivateKey()
        let rsa = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        let signers: [(COSEAlgorithm, [UInt8], ([UInt8]) throws -> [UInt8])] = [
            (.es384, Array(p384.publicKey.derRepresentation), { Array(try p384.signature(for: $0).derRepresentation) }),
            (.es512, Array(p521.publicKey.derRepresentation), { Array(try p521.signature(for: $0).derRepresentation) }),
            (
                .edDSA, hex("302a300506032b6570032100") + Array(ed25519.publicKey.rawRepresentation),
                { Array(try ed25519.signature(for: $0)) }
            ),
            (
                .rs256, Array(rsa.publicKey.derRepresentation),
                {
                    let digest = SHA256.hash(data: $0)
                    return Array(try rsa.signature(for: digest, padding: .insecurePKCS1v1_5).rawRepresentation)
                }
            ),
        ]
        for (algorithm, publicKey, sign) in signers {
            var certificate = HandMadeCertificate(signer)
            certificate.publicKey = publicKey
            let response = try key.registration(format: "packed") { signed in
                [
                    "alg": .int(algorithm.rawValue), "sig": .bytes(try sign(signed)),
                    "x5c": .array([.bytes(certificate.der), .bytes([0])]),
                ]
            }
            let verdict = verdict(response)
            #expect(verdict.isGood, "\(algorithm): \(verdict)")
        }
    }

    /// Parsing a certificate always ends, whatever its contents.
    @Test func `damaged certificates end with a verdict`() throws {
        var generator = SeededGenerator(seed: 9)
        let certificate = HandMadeCertificate(signer).der
        for _ in 0..<500 {
            let damaged = certificate.mutated(using: &generator)
            let response = key.registration(format: "packed") { _ in
                ["alg": -7, "sig": .bytes([1]), "x5c": .array([.bytes(damaged)])]
            }
            #expect(!verdict(response).isGood)
        }
    }

    @Test func `self attestation must be by the credential's own algorithm`() throws {
        let response = key.registration(format: "packed") { _ in ["alg": -47, "sig": .bytes([1])] }
        #expect(
            check(verdict(response))
                == .failed(.attestation(format: "packed", .wrongAlgorithm(.es256K, credential: .es256)))
        )
    }

    @Test func `another registration's statement does not attest this credential`() throws {
        let other = HandMadeKey()
        let foreign = try other.registration(HandMadeCertificate(signer), signedBy: signer)
        var object = try AttestationObject(foreign.attestationObject)
        object.authData = try AttestationObject(
            try key.registration(HandMadeCertificate(signer), signedBy: signer).attestationObject
        ).authData
        for algorithm in [-7, -8, -257, -47] {
            var statement = try #require(object.attStmt.map)
            statement["alg"] = .int(algorithm)
            object.attStmt = .map(statement)
            var response = try key.registration(HandMadeCertificate(signer), signedBy: signer)
            response.attestationObject = object.bytes
            let verdict = verdict(response)
            #expect(!verdict.isGood, "\(algorithm)")
            guard case .unverified = verdict.attestationType else { Issue.record("\(verdict)"); continue }
        }
    }

    // MARK: - Formats

    static let shapes: [CBORValue] = [
        [:], ["alg": -7, "sig": "text"], [], [["fmt": "none", "attStmt": [:]], ["fmt": "none", "attStmt": [:]]], 7,
        "text",
        .null, .bytes([1]), .simple(27, 0),
        [["fmt": "packed", "attStmt": ["alg": -7, "sig": .bytes([1]), "x5c": [.bytes([2])]]]],
    ]

    @Test(arguments: ["tpm2", "Apple", "Packed", "", "packed\u{0}"], shapes)
    func `a statement of an unknown format is kept, of any shape, and not made`(fmt: String, statement: CBORValue)
        throws
    {
        let response = key.registration(format: fmt) { _ in statement }
        let verdict = verdict(response)
        #expect(check(verdict) == .notMade(.format(fmt)))
        #expect(verdict.attestationType == .unverified(.format(fmt)))
        #expect(verdict.isGood, "\(verdict)")
        let verified = try response.verify(expected)
        #expect(verified.attestation.attStmt == statement)
        #expect(verified.attestation.bytes == response.attestationObject)
        #expect(!self.verdict(response, requiresAttestation: true).isGood)
    }

    @Test(arguments: shapes.dropFirst())
    func `a statement of a known format must have its shape`(statement: CBORValue) {
        for fmt in ["none", "packed", "fido-u2f", "tpm", "android-key", "android-safetynet", "apple"] {
            let verdict = verdict(key.registration(format: fmt) { _ in statement })
            #expect(verdict.decisiveCheck?.name == .attestation, "\(fmt)")
            #expect(verdict.decisiveCheck?.hasFailed == true, "\(fmt)")
        }
    }

    @Test func `a demand for attestation is met by self attestation and certificates only`() throws {
        let none = key.registration(format: "none") { _ in [:] }
        #expect(verdict(none).isGood)
        #expect(check(verdict(none, requiresAttestation: true)) == .notMade(.noStatement))
        #expect(throws: VerificationError.notMade(.attestation, .noStatement)) {
            try none.verify(expected, requiresAttestation: true)
        }
        let certified = try key.registration(HandMadeCertificate(signer), signedBy: signer)
        #expect(verdict(certified, requiresAttestation: true).isGood)
        let own = try RegistrationResponse(json: Array(key.registration().utf8))
        #expect(verdict(own, requiresAttestation: true).isGood)
        #expect(verdict(own, requiresAttestation: true).attestationType == .selfAttestation)
    }

    // MARK: - Credential keys (WebAuthn §5.8.5)

    /// COSE_Keys in hexadecimal, whose algorithm and parameters contradict each other.
    @Test(arguments: [
        "a5010203262002 215820 X 225820 Y", "a5010203262008 215820 X 225820 Y", "a5010203382220 01 215820 X 225820 Y",
        "a5010203282002 215820 X 225820 Y", "a401010326 2006 215820 X", "a40103 03 26 2043010203 2143010001",
        "a40101 0327 2001 215820 X", "a5010203272006 215820 X 225820 Y", "a4010103 32 2007 215820 X",
    ])
    func `a public key that contradicts its algorithm fails the check`(key text: String) throws {
        let point = Array(key.privateKey.publicKey.rawRepresentation)
        let coseKey = hex(
            text.replacing("X", with: Hex.text(point.prefix(32))).replacing("Y", with: Hex.text(point.suffix(32)))
        )
        let verdict = verdict(key.registration(format: "none", coseKey: coseKey) { _ in [:] })
        #expect(verdict.decisiveCheck?.name == .publicKey, "\(verdict)")
        #expect(verdict.decisiveCheck?.hasFailed == true, "\(verdict)")
    }

    @Test func `a point in compressed form fails the check`() throws {
        let x = Array(key.privateKey.publicKey.rawRepresentation.prefix(32))
        let verdict = verdict(
            key.registration(format: "none", coseKey: hex("a5010203262001215820") + x + hex("22f5")) { _ in [:] }
        )
        #expect(verdict.decisiveCheck?.name == .authenticatorData)
        #expect(verdict.decisiveCheck?.hasFailed == true)
    }

    /// A browser may support a key type that this library does not.
    @Test func `a copy of a key of an unknown algorithm is no contradiction`() throws {
        let point = Array(key.privateKey.publicKey.rawRepresentation)
        let coseKey = hex("a5010203382e2008215820") + point.prefix(32) + hex("225820") + point.suffix(32)
        var response = key.registration(format: "none", coseKey: coseKey) { _ in [:] }
        response.copies.publicKey = [1]
        response.copies.publicKeyAlgorithm = .es256K
        let verdict = verdict(response)
        #expect(verdict.decisiveCheck?.name == .publicKey)
        #expect(verdict.decisiveCheck?.outcome == .notMade(.algorithm(.es256K)))
    }

    @Test func `a key of an unknown algorithm is unsupported`() throws {
        let response = key.registration(format: "none", coseKey: hex("a30107033838 2041aa")) { _ in [:] }
        let verdict = verdict(response)
        #expect(verdict.decisiveCheck?.name == .publicKey)
        #expect(verdict.decisiveCheck?.lacksAlgorithm == true)
    }
}

/// Bytes as hexadecimal digits.
private enum Hex {
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
