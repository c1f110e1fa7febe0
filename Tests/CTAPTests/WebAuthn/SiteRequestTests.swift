import CTAP2
import CTAPHID
import Testing
import WebAuthn

/// What of a site's options reaches the key, and what the client decides.
@Suite struct SiteRequestTests {
    private static let origin = "https://login.example.com"

    private func options(rpId: String = "example.com") -> CreationOptions {
        CreationOptions(
            challenge: [1],
            rp: PublicKeyCredentialRpEntity(id: rpId),
            user: PublicKeyCredentialUserEntity(id: [1])
        )
    }

    /// The parameters of makeCredential for a key with this getInfo.
    private func parameters(_ options: CreationOptions, _ members: CBORMap = [:]) async throws -> CBORMap {
        let log = RequestLog()
        let key = AnsweringKey(log: log) { command, _ in command == .getInfo ? info(members) : [0x27] }
        let client = WebAuthnClient(Session(Connection(key)))
        await #expect(throws: CeremonyError.self) {
            try await client.register(options, for: .page(origin: Origin(Self.origin)), Operation(within: .seconds(60)))
        }
        return try #require(log.parameters.last)
    }

    @Test(arguments: [
        (CreationOptions.EnterpriseAttestation.vendorFacilitated, 1), (.platformManaged, 2),
    ])
    func `enterprise attestation is as the client decides`(
        kind: CreationOptions.EnterpriseAttestation,
        value: Int
    ) async throws {
        var options = options()
        options.enterpriseAttestation = kind
        #expect(try await parameters(options, [4: optionMap(["ep": true])])[0x0A] == nil)
        options.attestation = .enterprise
        #expect(try await parameters(options, [4: optionMap(["ep": true])])[0x0A]?.int == value)
        #expect(try await parameters(options, [4: optionMap(["ep": false])])[0x0A] == nil)
        #expect(try await parameters(options)[0x0A] == nil)
    }

    @Test(
        arguments: [
            ([1: ["FIDO_2_1"]], .direct, ["tpm", "packed"], nil), ([1: ["FIDO_2_1"]], .none, [], nil),
            ([1: ["FIDO_2_1", "FIDO_2_2"]], .direct, ["tpm", "packed"], ["tpm", "packed"]),
            ([1: ["FIDO_2_3"]], .direct, [], nil), ([1: ["FIDO_2_3"]], .none, ["packed"], ["none"]),
            ([0x16: ["packed", "none"]], .indirect, ["none"], ["none"]),
        ] as [(CBORMap, CreationOptions.Attestation, [String], [String]?)]
    )
    func `formats are asked of keys that know the member`(
        members: CBORMap,
        attestation: CreationOptions.Attestation,
        formats: [String],
        asked: [String]?
    ) async throws {
        var options = options()
        options.attestation = attestation
        options.attestationFormats = formats
        #expect(try await parameters(options, members)[0x0B]?.texts == asked)
    }

    @Test func `hints and cross-platform change nothing`() async throws {
        var asked = options()
        asked.hints = [.clientDevice, .securityKey]
        asked.authenticatorAttachment = .crossPlatform
        asked.timeout = .zero
        #expect(try await parameters(asked) == parameters(options()))
    }

    @Test func `what no key could change is refused without one`() throws {
        let page = Caller.page(origin: try Origin(Self.origin))
        try options().check(for: page)
        var platform = options()
        platform.authenticatorAttachment = .platform
        let error = #expect(throws: CeremonyError.self) { try platform.check(for: page) }
        guard case .platformAuthenticator = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(throws: CeremonyError.self) { try options(rpId: "com").check(for: page) }
        #expect(throws: CeremonyError.self) { try RequestOptions(challenge: [1], rpId: "a.example").check(for: page) }
        try RequestOptions(challenge: [1], rpId: "example.com").check(for: page)
        try RequestOptions(challenge: [1], rpId: "any text").check(for: .clientDataHash([]))
    }

    @Test func `a related origin may use the RP ID of another site`() throws {
        let json = Array(#"{"origins":["\#(Self.origin)"]}"#.utf8)
        let page = Caller.page(origin: try Origin(Self.origin), relatedOrigins: try RelatedOrigins(json: json))
        try options(rpId: "example.org").check(for: page)
        try options(rpId: "example.com").check(for: page)
        #expect(throws: CeremonyError.self) { try options(rpId: "not a domain").check(for: page) }
        let other = Caller.page(
            origin: try Origin("https://example.net"),
            relatedOrigins: try RelatedOrigins(json: json)
        )
        #expect(throws: CeremonyError.self) { try options(rpId: "example.org").check(for: other) }
    }
}
