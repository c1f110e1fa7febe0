import CTAP2
import CTAPHID
import Testing

@testable import Interaction
@testable import fidoctl

/// Messages about protocol violations: each kind has its own text.
@Suite struct ExplanationTests {
    private static let cbor: [CBORError] = [
        .truncated(offset: 1), .trailing(offset: 1), .forbidden(head: 0xC0, offset: 1), .tooDeep(limit: 4, offset: 1),
        .duplicateKey(offset: 1), .notShortest(offset: 1), .unsortedKeys(offset: 1), .invalidText(offset: 1),
        .missing(member: "fmt"), .unexpected(member: "fmt"),
    ]

    private static let authenticatorData: [AuthenticatorDataError] = [
        .truncated(member: "flags"), .credentialIDTooLong(byteCount: 1024), .credentialIDEmpty,
        .publicKey(.truncated(offset: 1)), .extensions(.truncated(offset: 1)), .trailing(offset: 1),
        .missingAttestedCredentialData,
    ]

    private static let responses: [ResponseError] =
        cbor.map(ResponseError.cbor) + authenticatorData.map(ResponseError.authenticatorData)
        + [
            .pinUVAuth(.keyAgreement), .pinUVAuth(.wrongLength(byteCount: 3)), .unrequestedExtension("credProtect"),
        ]

    private static let framing: [FramingError] = [
        .shortReport(byteCount: 3), .longReport(byteCount: 65, expected: 64),
        .unexpectedContinuation(sequence: 0), .wrongSequence(expected: 0, received: 1),
        .unexpectedInitialization(.cbor, during: .cbor), .wrongCommand(expected: .cbor, received: .msg),
        .tooLong(byteCount: 9000, maximum: 7609), .wrongLength(.`init`, byteCount: 3),
        .invalidChannel(.broadcast), .alteredEcho,
    ]

    @Test(arguments: responses) func `a broken response is explained in words, and with its place`(
        error: ResponseError
    ) {
        let failure = Failure(
            SessionError.malformed(error, .makeCredential),
            key: KeyDescription(name: "Example Key", path: "/dev/hidraw0")
        )
        #expect(failure.code == .protocol)
        for language in Language.allCases {
            let message = failure.message.string(in: language)
            #expect(message.contains("Example Key"))
            #expect(message.contains(error.explanation.string(in: language)))
        }
        expectWords(error.explanation.english)
    }

    @Test(arguments: framing) func `a broken packet is explained in words`(error: FramingError) {
        let failure = Failure(
            CTAPHIDError.framing(error, .cbor),
            key: KeyDescription(name: "Example Key", path: "/dev/hidraw0")
        )
        #expect(failure.code == .protocol)
        #expect(failure.message.english.contains(error.explanation.english))
        expectWords(error.explanation.english)
    }

    @Test func `no two ways to break the protocol are explained alike`() {
        let explanations = Self.responses.map(\.explanation) + Self.framing.map(\.explanation)
        #expect(Set(explanations).count == explanations.count)
    }

    /// Not Swift's description of an enum case.
    private func expectWords(_ text: String) {
        #expect(text.contains(" "))
        #expect(!text.contains("Error.") && !text.contains("byteCount:") && !text.contains("offset:"))
    }
}
