import CTAP2
import Testing
import WebAuthn
@testable import Interaction
@testable import fidoctl

/// Texts about a verdict are in the user's language, not Swift descriptions.
@Suite struct VerificationTextTests {
    static let certificateErrors: [AttestationCertificateError] = [
        .wrongCount(0), .malformed, .notVersion3, .subject(attribute: "C"), .subject(attribute: "OU"),
        .certificateAuthority,
        .aaguidExtension, .notP256, .subjectNotEmpty, .tpmAttribute("model"), .tpmManufacturer("id:0"),
        .extendedKeyUsage,
    ]

    static let statementErrors: [AttestationError] =
        ([
            .version("1.2"), .malformed(member: "certInfo"), .unknown(value: 9), .otherKey, .magic, .type, .extraData,
            .name,
        ] as [TPMStatementError]).map(AttestationError.tpm)
        + ([.malformed, .challenge, .allApplications, .origin, .purpose] as [AndroidKeyError])
        .map(AttestationError.androidKey)

    static let attestationErrors: [AttestationError] =
        certificateErrors.map(AttestationError.certificate) + statementErrors + [
            .credentialKey(.invalid(.es256)), .credentialKey(.unsupported(.es256K)),
            .statement(.missing(member: "attStmt.sig")),
            .unexpectedStatement, .wrongAlgorithm(.es256K, credential: .es256), .algorithmOfOtherKey(.edDSA),
            .wrongSignature, .ecdaa, .otherKey, .nonce, .tooFewStatements(1), .nestedStatement,
            .part(format: "packed", .wrongSignature),
        ]

    @Test(arguments: attestationErrors)
    func `an attestation error is explained in both languages`(error: AttestationError) {
        let text = Text.notVerified(.attestation(format: "packed", error))
        #expect(text.english != text.japanese)
        for name in [
            "certificateAuthority", "subject(", "attribute:", "aaguidExtension", "wrongCount", "notP256", "COSEKey",
        ] {
            #expect(!text.english.contains(name) && !text.japanese.contains(name))
        }
    }

    @Test(arguments: VerificationCheck.Name.allCases)
    func `every check has a name and reasons for not being made`(name: VerificationCheck.Name) {
        #expect(!Text.check(name).english.isEmpty)
        for reason in [
            VerificationCheck.Reason.notAsked, .noClientData, .unreadable, .algorithm(.es256K), .format("tpm"),
            .retiredFormat("android-safetynet"), .noStatement, .noCertificate, .noRoots, .staleMetadata,
        ] {
            let text = Text.couldNotCheck(name, reason)
            #expect(text.english != text.japanese)
            #expect(!text.english.contains(name.rawValue) || !name.rawValue.contains(where: \.isUppercase))
        }
    }

    @Test func `a format's name cannot reach the terminal raw`() throws {
        let text = try #require(Text.notAttested(.unverified(.format("a\u{1B}[31m\u{202E}"))))
        #expect(text.english.hasPrefix("not attested: "))
        #expect(!text.english.contains("\u{1B}") && !text.japanese.contains("\u{202E}"))
    }
}
