import CTAP2
import Testing
import WebAuthn

/// The verdict's list of checks with results and reasons.
@Suite struct VerdictTests {
    let key = HandMadeKey()

    private func expected(_ content: PendingRequest.Content? = nil, hash: [UInt8]? = nil) -> PendingRequest {
        var expected = PendingRequest(
            content: content ?? .webAuthn(challenge: key.challenge, origins: [key.origin]),
            rpId: key.rpId
        )
        expected.clientDataHash = hash
        return expected
    }

    private func registration() throws -> RegistrationResponse {
        try RegistrationResponse(json: Array(key.registration().utf8))
    }

    private func login() throws -> AuthenticationResponse {
        try AuthenticationResponse(json: Array(key.login().utf8))
    }

    private func outcome(_ name: VerificationCheck.Name, _ verdict: Verdict) -> VerificationCheck.Outcome? {
        verdict.checks.first { $0.name == name }?.outcome
    }

    @Test func `every check of a registration is listed once`() throws {
        let verdict = try registration().verdict(expected())
        #expect(
            verdict.checks.map(\.name) == [
                .clientData, .clientDataHash, .type, .challenge, .origin, .crossOrigin, .topOrigin, .authenticatorData,
                .rpIdHash, .userPresent, .userVerified, .backupState, .algorithm, .publicKey, .credentialId, .copies,
                .attestation, .attestationChain, .metadata, .authenticatorStatus,
            ]
        )
        let notMade = verdict.checks.filter { $0.outcome != .passed }
        #expect(
            notMade.map(\.name) == [
                .clientDataHash, .topOrigin, .userVerified, .algorithm, .attestationChain, .metadata,
                .authenticatorStatus,
            ]
        )
        #expect(notMade.allSatisfy { $0.outcome == .notMade(.notAsked) })
    }

    @Test func `every check of a login is listed once`() throws {
        let verdict = try login().verdict(expected(), credential: key.record())
        #expect(
            verdict.checks.map(\.name) == [
                .allowCredentials, .credentialId, .copies, .clientData, .clientDataHash, .type, .challenge, .origin,
                .crossOrigin, .topOrigin, .authenticatorData, .rpIdHash, .userPresent, .userVerified, .backupState,
                .signature, .signCount,
            ]
        )
        #expect(verdict.isGood)
    }

    @Test func `a list is as long when nothing can be read`() throws {
        var broken = try registration()
        broken.attestationObject = [0]
        broken.clientData = .json([0])
        let whole = try registration().verdict(expected()).checks.map(\.name)
        #expect(Set(broken.verdict(expected()).checks.map(\.name)) == Set(whole))
        var login = try login()
        login.authenticatorData = []
        let record = try key.record()
        #expect(login.verdict(expected(), credential: record).checks.count == 17)
        #expect(!login.verdict(expected(), credential: record).isGood)
    }

    @Test func `what is not known of the request is listed as not made`() throws {
        let verdict = try login().verdict(expected(.webAuthn(challenge: nil, origins: [])), credential: key.record())
        #expect(outcome(.challenge, verdict) == .notMade(.notAsked))
        #expect(outcome(.origin, verdict) == .notMade(.notAsked))
        #expect(outcome(.type, verdict) == .passed)
        #expect(verdict.isGood)
    }

    @Test func `an unknown origin must still be one that may use the RP ID`() throws {
        for (origin, error) in [
            (
                "https://evil.example",
                VerificationError.origin(expected: ["https://example.com"], found: "https://evil.example")
            ),
            ("https://192.0.2.1", .unsupportedOrigin("https://192.0.2.1")),
            ("http://example.com", .unsupportedOrigin("http://example.com")),
        ] {
            var other = key
            other.origin = origin
            let response = try AuthenticationResponse(json: Array(other.login().utf8))
            let verdict = response.verdict(
                expected(.webAuthn(challenge: nil, origins: [])),
                credential: try key.record()
            )
            #expect(outcome(.origin, verdict) == .failed(error))
        }
    }

    // MARK: - A hash in place of client data

    @Test func `a challenge or an origin beside a bare hash cannot be checked`() throws {
        var response = try login()
        let hash = response.clientData.hash
        response.clientData = .hash(hash)
        let record = try key.record()
        for content in [
            PendingRequest.Content.webAuthn(challenge: [1], origins: []),
            .webAuthn(challenge: nil, origins: ["https://any.example"]),
        ] {
            let verdict = response.verdict(expected(content, hash: hash), credential: record)
            #expect(outcome(.clientDataHash, verdict) == .passed)
            #expect(verdict.decisiveCheck?.outcome == .notMade(.noClientData))
            #expect(!verdict.isGood)
            #expect(throws: VerificationError.self) {
                try response.verify(expected(content, hash: hash), credential: record)
            }
        }
    }

    @Test func `a bare hash is good only with the hash that was to be signed`() throws {
        var response = try login()
        let hash = response.clientData.hash
        response.clientData = .hash(hash)
        let record = try key.record()
        let unknown = PendingRequest.Content.webAuthn(challenge: nil, origins: [])
        #expect(response.verdict(expected(unknown), credential: record).decisiveCheck?.name == .clientDataHash)
        #expect(response.verdict(expected(unknown, hash: hash), credential: record).isGood)
        #expect(response.verdict(expected(.clientDataHash(hash)), credential: record).isGood)
        let other = response.verdict(expected(.clientDataHash(hash.reversed())), credential: record)
        #expect(outcome(.clientDataHash, other) == .failed(.clientDataHash))
    }

    @Test func `a hash that contradicts the client data beside it is a failed check`() throws {
        func beside(_ json: String, _ hash: [UInt8]) -> [UInt8] {
            let member = "\"clientDataHash\":\"\(Base64URL.encode(hash))\",\"clientDataJSON\":"
            return Array(json.replacing("\"clientDataJSON\":", with: member).utf8)
        }
        let hash = try login().clientData.hash
        let good = try AuthenticationResponse(json: beside(key.login(), hash))
        #expect(good.clientDataHash == hash)
        #expect(good.verdict(expected(), credential: try key.record()).isGood)
        #expect(try AuthenticationResponse(json: JSON.encode(good)) == good)
        for wrong in [hash.reversed(), [], hash + [0]] as [[UInt8]] {
            let login = try AuthenticationResponse(json: beside(key.login(), wrong))
            let verdict = login.verdict(expected(), credential: try key.record())
            #expect(outcome(.clientDataHash, verdict) == .failed(.clientDataHash))
            #expect(!verdict.isGood)
            let registration = try RegistrationResponse(json: beside(key.registration(), wrong))
            #expect(outcome(.clientDataHash, registration.verdict(expected())) == .failed(.clientDataHash))
        }
    }

    @Test func `client data whose member is there twice fail the check`() throws {
        var response = try login()
        let json = String(decoding: key.clientDataJSON(type: "webauthn.get"), as: UTF8.self)
        response.clientData = .json(Array(json.replacing("{\"type\"", with: "{\"challenge\":\"AA\",\"type\"").utf8))
        let verdict = response.verdict(expected(), credential: try key.record())
        #expect(outcome(.clientData, verdict) == .failed(.clientDataJSON(.duplicate(path: "challenge"))))
        #expect(outcome(.challenge, verdict) == .notMade(.unreadable))
    }
}
