import CTAP2
import Crypto
import Testing
@testable import WebAuthn

/// `android-key` statements (WebAuthn §8.4): one in order, and with each step of the procedure broken.
@Suite struct AndroidKeyStatementTests {
    let key = HandMadeKey()

    /// Android's KeyDescription, field by field.
    struct Description {
        /// Replaces the hash of the client data.
        var challenge: [UInt8]?
        /// origin: generated.
        var softwareEnforced = hex("bf853e03 020100")
        /// purpose: sign.
        var teeEnforced = hex("a105 3103020102")
        var isPresent = true
        var trailing: [UInt8] = []

        func certificateExtension(clientDataHash: [UInt8]) -> [UInt8] {
            let tlv = HandMadeCertificate.tlv
            let head = hex("02012c 0a0101 020100 0a0101") + tlv(0x04, challenge ?? clientDataHash) + hex("0400")
            let description = tlv(0x30, head + tlv(0x30, softwareEnforced) + tlv(0x30, teeEnforced)) + trailing
            return tlv(0x30, hex("060a2b06010401d679020111") + tlv(0x04, description))
        }
    }

    private func verdict(
        _ description: Description = Description(),
        certified: P256.Signing.PrivateKey? = nil,
        signer: P256.Signing.PrivateKey? = nil,
        algorithm: COSEAlgorithm = .es256
    ) throws -> Verdict {
        try key.verdict("android-key") { signed in
            var certificate = HandMadeCertificate(certified ?? key.privateKey)
            if description.isPresent {
                certificate.extensions = [description.certificateExtension(clientDataHash: Array(signed.suffix(32)))]
            }
            let signature = try (signer ?? key.privateKey).signature(for: signed).derRepresentation
            return [
                "alg": .int(algorithm.rawValue), "sig": .bytes(Array(signature)), "x5c": [.bytes(certificate.der)],
            ]
        }
    }

    @Test func `a statement in order makes the registration certified`() throws {
        let verdict = try verdict()
        #expect(verdict.isGood, "\(verdict)")
        guard case .certified = verdict.attestationType else { Issue.record("\(verdict)"); return }
    }

    @Test func `origin and purpose may be in either list, or in neither`() throws {
        for (software, tee) in [
            ("", "a105 3103020102 bf853e03 020100"), ("a105 3103020102 bf853e03 020100", ""), ("", ""),
        ] {
            var description = Description()
            (description.softwareEnforced, description.teeEnforced) = (hex(software), hex(tee))
            #expect(try verdict(description).isGood)
        }
    }

    @Test func `the description must be of this registration, of a key made on the device for one app to sign`() throws
    {
        let steps: [(AndroidKeyError, (inout Description) -> Void)] = [
            (.challenge, { $0.challenge = [UInt8](repeating: 1, count: 32) }),
            (.challenge, { $0.challenge = [] }),
            (.allApplications, { $0.softwareEnforced += hex("bf8458020500") }),
            (.allApplications, { $0.teeEnforced += hex("bf8458020500") }),
            (.origin, { $0.softwareEnforced = hex("bf853e03 020102") }),
            (.origin, { $0.teeEnforced += hex("bf853e03 020101") }),
            (.purpose, { $0.teeEnforced = hex("a105 3103020103") }),
            (.purpose, { $0.teeEnforced = hex("a108 3106020102020103") }),
            (.purpose, { $0.softwareEnforced += hex("a102 3100") }),
            (.malformed, { $0.isPresent = false }),
            (.malformed, { $0.trailing = [5, 0] }),
        ]
        for (error, change) in steps {
            var description = Description()
            change(&description)
            let verdict = try verdict(description)
            #expect(verdict.attestationError == .androidKey(error), "\(error): \(verdict)")
            #expect(verdict.decisiveCheck?.name == .attestation)
        }
    }

    @Test func `the certificate must be for the credential's key, and that key must have signed`() throws {
        let other = P256.Signing.PrivateKey()
        #expect(try verdict(certified: other, signer: other).attestationError == .otherKey)
        #expect(try verdict(signer: other).attestationError == .wrongSignature)
        #expect(try verdict(algorithm: .rs256).attestationError == .algorithmOfOtherKey(.rs256))
        #expect(try verdict(algorithm: .es256K).attestationType == .unverified(.algorithm(.es256K)))
    }

    @Test(arguments: ["alg", "sig", "x5c"])
    func `every member is required`(member: String) throws {
        let verdict = key.verdict("android-key") { _ in
            var statement: CBORMap = ["alg": -7, "sig": .bytes([1]), "x5c": [.bytes([2])]]
            statement[.text(member)] = nil
            return .map(statement)
        }
        #expect(verdict.attestationError == .statement(.missing(member: "attStmt." + member)))
        let empty = key.verdict("android-key") { _ in ["alg": -7, "sig": .bytes([1]), "x5c": []] }
        #expect(empty.attestationError == .certificate(.wrongCount(0)))
    }
}
