import CTAP2
import CTAPHID
import Testing
import VirtualAuthenticator
import WebAuthn

private var operation: CTAP2.Operation { Operation(within: .seconds(60)) }
private let challenge: [UInt8] = Array(0..<16)

private func page() throws -> Caller {
    .page(origin: try Origin("https://login.example.com"))
}

private func client(_ answer: @escaping @Sendable (CTAPCommand, CBORMap) -> [UInt8], log: RequestLog) -> WebAuthnClient
{
    WebAuthnClient(Session(Connection(AnsweringKey(log: log, answer: answer))))
}

private func virtualClient() throws -> WebAuthnClient {
    let key = try VirtualKey(storage: MemoryStorage(), presence: TimedPresence(after: .zero))
    return WebAuthnClient(Session(Connection(VirtualHIDDevice(key))))
}

private func creation(user: String = "alice", rpId: String = "example.com") throws -> CreationOptions {
    CreationOptions(
        challenge: challenge,
        rp: PublicKeyCredentialRpEntity(id: rpId, name: "Example"),
        user: PublicKeyCredentialUserEntity(id: Array(user.utf8), name: user, displayName: user)
    )
}

private func request(rpId: String = "example.com", allow: [[UInt8]] = []) throws -> RequestOptions {
    RequestOptions(
        challenge: challenge,
        rpId: rpId,
        allowCredentials: allow.map { PublicKeyCredentialDescriptor(id: $0) }
    )
}

@Suite struct RegisterCeremonyTests {
    @Test(arguments: KeySettings().algorithms)
    func credentialLogsIn(algorithm: COSEAlgorithm) async throws {
        let client = try virtualClient()
        var options = try creation()
        options.algorithms = [algorithm]
        let made = try await client.register(options, for: page(), operation)
        #expect(made.credential.publicKey.algorithm == algorithm)
        #expect(made.response.transports == ["usb"])
        let login = try request(allow: [made.response.id])
        let answers = try await client.authenticate(login, for: page(), operation)
        #expect(answers.count == 1)
        _ = try answers[0].response.verify(login.pendingRequest(from: page()), credential: made.credential)
    }

    /// The AAGUID stays (WebAuthn L3 §5.1.3).
    @Test func `without attestation the statement goes and the AAGUID stays`() async throws {
        let client = try virtualClient()
        let made = try await client.register(try creation(), for: page(), operation)
        #expect(made.attestation.fmt == "none")
        #expect(made.attestation.attStmt == [:])
        #expect(made.attestation.authData.attestedCredentialData?.aaguid != .zero)
        #expect(made.attestationType == .none)
    }

    @Test func directAttestationIsPassedOn() async throws {
        let client = try virtualClient()
        var options = try creation()
        options.attestation = .direct
        let made = try await client.register(options, for: page(), operation)
        #expect(made.attestation.fmt == "packed")
        guard case .certified = made.attestationType else {
            Issue.record("\(made.attestationType)")
            return
        }
    }

    @Test func foreignRPIDIsRefusedBeforeTheKeyIsAsked() async throws {
        let log = RequestLog()
        let client = client({ _, _ in info() }, log: log)
        let options = try creation(rpId: "example.org")
        let error = await #expect(throws: CeremonyError.self) {
            try await client.register(options, for: page(), operation)
        }
        guard case .relyingPartyID(.notOfOrigin) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(log.commands.isEmpty)
    }

    @Test func bareHashMayBeForAnyRPID() async throws {
        let client = try virtualClient()
        let caller = Caller.clientDataHash(Array(repeating: 7, count: 32))
        let made = try await client.register(try creation(rpId: "ssh:"), for: caller, operation)
        #expect(made.response.clientData == .hash(Array(repeating: 7, count: 32)))
    }

    @Test func excludedCredentialIsNotMadeAgain() async throws {
        let client = try virtualClient()
        let made = try await client.register(try creation(), for: page(), operation)
        var again = try creation()
        again.excludeCredentials = [PublicKeyCredentialDescriptor(id: made.response.id)]
        let excluding = again
        await expectError(.session(.status(.credentialExcluded, .makeCredential))) {
            try await client.register(excluding, for: page(), operation)
        }
    }

    /// The request's members depend on the key's getInfo.
    @Test(
        arguments: [
            (["rk": true], .required, .discouraged, .none, ["rk": true], nil),
            (["rk": true], .preferred, .discouraged, .none, ["rk": true], nil),
            (["rk": true], .discouraged, .discouraged, .none, nil, nil),
            ([:], .preferred, .discouraged, .none, nil, nil),
            (["uv": true], .discouraged, .preferred, .none, ["uv": true], nil),
            (["uv": true], .discouraged, .required, .none, ["uv": true], nil),
            (["uv": false], .discouraged, .preferred, .none, nil, nil),
            (["clientPin": true, "makeCredUvNotRqd": true], .discouraged, .preferred, .none, nil, nil),
            (["ep": true], .discouraged, .discouraged, .enterprise, nil, 1),
            (["ep": false], .discouraged, .discouraged, .enterprise, nil, nil),
            (["ep": true], .discouraged, .discouraged, .direct, nil, nil),
        ] as [RequestCase]
    )
    func requestFollowsTheKey(
        has: [String: Bool],
        residentKey: CreationOptions.ResidentKey,
        userVerification: UserVerificationRequirement,
        attestation: CreationOptions.Attestation,
        sends: [String: Bool]?,
        enterprise: Int?
    ) async throws {
        let log = RequestLog()
        let client = client({ command, _ in command == .getInfo ? info([4: optionMap(has)]) : [0x27] }, log: log)
        var options = try creation()
        options.residentKey = residentKey
        options.userVerification = userVerification
        options.attestation = attestation
        let asked = options
        await expectError(.session(.status(.operationDenied, .makeCredential))) {
            try await client.register(asked, for: page(), operation)
        }
        let parameters = try #require(log.parameters.last)
        #expect(parameters[7] == sends.map(optionMap))
        #expect(parameters[0x0A]?.int == enterprise)
    }

    typealias RequestCase = (
        [String: Bool], CreationOptions.ResidentKey, UserVerificationRequirement, CreationOptions.Attestation,
        [String: Bool]?, Int?
    )

    @Test(
        arguments: [
            ([:], .impossible(.notSupported)),
            (["uv": false], .impossible(.builtInNotConfigured)),
            (["clientPin": false], .impossible(.pinNotSet)),
            (["clientPin": true], .pinNeeded),
        ] as [([String: Bool], UserVerificationError)]
    )
    func whatTheKeyCannotDoIsNotAsked(has: [String: Bool], error: UserVerificationError) async throws {
        let log = RequestLog()
        let client = client({ _, _ in info([4: optionMap(has)]) }, log: log)
        var options = try creation()
        options.userVerification = .required
        let asked = options
        await expectError(.userVerification(error)) { try await client.register(asked, for: page(), operation) }
        #expect(log.commands == [.getInfo])
    }

    @Test func keyWithoutRoomForDiscoverableCredentialsIsNotAskedForOne() async throws {
        let log = RequestLog()
        let client = client({ _, _ in info() }, log: log)
        var options = try creation()
        options.residentKey = .required
        let asked = options
        await expectError(.noDiscoverableCredentials) {
            try await client.register(asked, for: page(), operation)
        }
        #expect(log.commands == [.getInfo])
    }
}

@Suite struct AuthenticateCeremonyTests {
    @Test func everyAccountComesNewestFirst() async throws {
        let client = try virtualClient()
        var records: [CredentialRecord] = []
        for user in ["alice", "bob", "carol"] {
            var options = try creation(user: user)
            options.residentKey = .required
            records.append(try await client.register(options, for: page(), operation).credential)
        }
        let login = try request()
        let answers = try await client.authenticate(login, for: page(), operation)
        #expect(answers.map(\.response.userHandle) == ["carol", "bob", "alice"].map { Array($0.utf8) })
        #expect(answers.map(\.response.id) == records.reversed().map(\.id))
        for (answer, record) in zip(answers, records.reversed()) {
            _ = try answer.response.verify(login.pendingRequest(from: page()), credential: record)
        }
    }

    @Test func unknownSiteHasNoCredential() async throws {
        let client = try virtualClient()
        let login = try request()
        await expectError(.session(.status(.noCredentials, .getAssertion))) {
            try await client.authenticate(login, for: page(), operation)
        }
    }

    @Test func foreignRPIDIsRefused() async throws {
        let client = client({ _, _ in info() }, log: RequestLog())
        let login = try request(rpId: "com")
        await #expect(throws: CeremonyError.self) { try await client.authenticate(login, for: page(), operation) }
    }

    /// A response for another site, or without a touch, is rejected.
    @Test(arguments: [
        ("example.org", 0x01 as UInt8, VerificationError.relyingPartyID(expected: "example.com")),
        ("example.com", 0x00, .userPresence),
        ("example.com", 0x11, .backupState),
    ])
    func answerMustFitTheRequest(rpId: String, flags: UInt8, error: VerificationError) async throws {
        let data = RelyingPartyID.hash(of: rpId) + [flags, 0, 0, 0, 1]
        let client = client(
            { command, _ in command == .getInfo ? info() : success([2: .bytes(data), 3: .bytes([1])]) },
            log: RequestLog()
        )
        let login = try request(allow: [[1]])
        await expectError(.notVerified(error)) { try await client.authenticate(login, for: page(), operation) }
    }
}

/// A user interaction may throw any error, so errors are compared by their descriptions.
private func expectError(
    _ expected: CeremonyError,
    sourceLocation: SourceLocation = #_sourceLocation,
    of body: () async throws -> some Any
) async {
    let error = await #expect(throws: CeremonyError.self, sourceLocation: sourceLocation) { _ = try await body() }
    #expect(error.map { "\($0)" } == "\(expected)", sourceLocation: sourceLocation)
}
