import CTAP2
import CTAPHID
import Crypto
import Synchronization
import Testing

private let hash = [UInt8](repeating: 0xCD, count: 32)
private let siteHash = Array(SHA256.hash(data: Array("a.b".utf8)))
private var operation: CTAP2.Operation { Operation(within: .seconds(60)) }
private let touchNeeded: [UInt8] = [0x69, 0x85]
private let notMine: [UInt8] = [0x6A, 0x80]
private let version = Array("U2F_V2".utf8) + [0x90, 0x00]
private let login: [UInt8] = [1, 0, 0, 0, 9, 0x30, 0x90, 0x00]
private let registration: [UInt8] =
    [5, 4] + [UInt8](repeating: 0x11, count: 64) + [2, 7, 7, 0x30, 0x01, 0xEE, 0x30, 0x90, 0x00]
private let mine = PublicKeyCredentialDescriptor(id: [7, 7])
private let others = [1, 2].map { PublicKeyCredentialDescriptor(id: [$0]) }

private func session(
    cbor: U2FKey.CBOR = .absent,
    noMSG: Bool = false,
    log: U2FLog = U2FLog(),
    _ answer: @escaping @Sendable ([UInt8]) -> [UInt8] = key
) -> Session {
    Session(Connection(U2FKey(cbor: cbor, noMSG: noMSG, log: log, answer: answer)))
}

/// A key that holds `mine` for a.b and that somebody touches all the time.
@Sendable private func key(_ apdu: [UInt8]) -> [UInt8] {
    switch (apdu[1], apdu[2]) {
    case (3, _): version
    case (1, _): registration
    case (2, let control):
        Array(apdu[39..<71]) != siteHash || Array(apdu[72..<(apdu.count - 2)]) != mine.id
            ? notMine : control == 7 ? touchNeeded : login
    default: [0x6D, 0x00]
    }
}

private func creation(_ change: (inout MakeCredentialRequest) -> Void = { _ in }) -> MakeCredentialRequest {
    var request = MakeCredentialRequest(
        clientDataHash: hash,
        rp: PublicKeyCredentialRpEntity(id: "a.b"),
        user: PublicKeyCredentialUserEntity(id: [1]),
        pubKeyCredParams: [PublicKeyCredentialParameters(alg: .edDSA), PublicKeyCredentialParameters(alg: .es256)]
    )
    change(&request)
    return request
}

private func assertion(
    allow list: [PublicKeyCredentialDescriptor],
    _ change: (inout GetAssertionRequest) -> Void = { _ in }
) -> GetAssertionRequest {
    var request = GetAssertionRequest(rpId: "a.b", clientDataHash: hash, allowList: list)
    change(&request)
    return request
}

@Suite struct U2FSessionTests {
    // MARK: When a key is U2F's

    @Test func `a key whose INIT has no CBOR is asked for its version of U2F, and nothing more is claimed of it`()
        async throws
    {
        let log = U2FLog()
        let info = try await session(log: log).getInfo(operation)
        #expect(info == AuthenticatorInfo(versions: ["U2F_V2"], aaguid: .zero))
        #expect(info.isU2FOnly && !info.options.isProtected)
        #expect(log.cborCount == 0)
        #expect(log.apdus.map(\.hex) == ["000300000000000000"])
    }

    @Test func `so is a key that promises CBOR and answers that the command is not there`() async throws {
        let log = U2FLog()
        let session = session(cbor: .error(.invalidCommand), log: log)
        #expect(try await session.getInfo(operation).versions == ["U2F_V2"])
        await #expect(throws: SessionError.refused(.noCTAP2, .clientPIN)) {
            try await session.send(RawRequest(.clientPIN), operation)
        }
        #expect(log.cborCount == 1)
    }

    @Test(
        arguments: [
            .answer([0x00, 0xFF]), .answer([0x00]), .answer([]), .answer([0x01]), .answer([0x7F]),
            .error(.other), .error(.invalidLength),
        ] as [U2FKey.CBOR]
    )
    func `a getInfo that fails in another way never makes a key one of U2F`(cbor: U2FKey.CBOR) async {
        let log = U2FLog()
        let session = session(cbor: cbor, log: log)
        await #expect(throws: SessionError.self) { try await session.makeCredential(creation(), operation) }
        #expect(log.apdus.isEmpty)
    }

    @Test func `a key that says it has only U2F in its getInfo is spoken to in CTAP2`() async {
        let log = U2FLog()
        let session = session(cbor: .answer(info(versions: ["U2F_V2"])), log: log)
        await #expect(throws: SessionError.self) { try await session.makeCredential(creation(), operation) }
        #expect(log.apdus.isEmpty && log.cborCount == 2)
    }

    @Test(arguments: [[0x6D, 0x00], [0x6E, 0x00], Array("U2F_V9".utf8) + [0x90, 0x00]] as [[UInt8]])
    func `a key without a known version of U2F is refused`(version: [UInt8]) async {
        let session = session { _ in version }
        await #expect(throws: SessionError.refused(.noKnownProtocol, .getInfo)) { try await session.getInfo(operation) }
    }

    @Test func `a key with neither protocol is refused`() async {
        let session = session(noMSG: true)
        await #expect(throws: SessionError.refused(.noKnownProtocol, .getInfo)) { try await session.getInfo(operation) }
    }

    // MARK: Registrations

    @Test func `a registration is REGISTER, and its response that of a CTAP2 key`() async throws {
        let log = U2FLog()
        let made = try await session(log: log).makeCredential(creation(), operation)
        #expect(made.fmt == "fido-u2f")
        #expect(made.authData.rpIdHash == siteHash)
        #expect(made.authData.flags == [.userPresent, .attestedCredentialData])
        #expect(made.authData.attestedCredentialData?.credentialID == [7, 7])
        #expect(made.authData.attestedCredentialData?.publicKey.algorithm == .es256)
        #expect(log.apdus.last == hex("00010000000040") + hash + siteHash + [0, 0])
    }

    @Test func `what U2F lacks is refused before anything is sent`() async {
        let limits: [(U2FLimit, MakeCredentialRequest)] = [
            (.algorithm, creation { $0.pubKeyCredParams.removeLast() }),
            (.discoverableCredential, creation { $0.options.rk = true }),
            (.userVerification, creation { $0.options.uv = true }),
            (.enterpriseAttestation, creation { $0.enterpriseAttestation = 2 }),
        ]
        for (limit, request) in limits {
            let log = U2FLog()
            let session = session(log: log)
            await #expect(throws: SessionError.refused(.beyondU2F(limit), .makeCredential)) {
                try await session.makeCredential(request, operation)
            }
            #expect(log.steps == [[3, 0]])
        }
    }

    @Test func `an excluded credential is found without a touch and reported after one`() async {
        let log = U2FLog()
        let session = session(log: log)
        let tooLong = PublicKeyCredentialDescriptor(id: [UInt8](repeating: 7, count: 256))
        let request = creation { $0.excludeList = [tooLong] + others + [mine] }
        await #expect(throws: SessionError.status(.credentialExcluded, .makeCredential)) {
            try await session.makeCredential(request, operation)
        }
        #expect(log.steps == [[3, 0], [2, 7], [2, 7], [2, 7], [1, 0]])
        let touch = log.apdus.last ?? []
        #expect(!touch.contains(0xCD), "the registration for the touch is not the real one")
    }

    @Test(arguments: [notMine, [0x67, 0x00]] as [[UInt8]])
    func `a list that excludes nothing is searched once`(answer: [UInt8]) async throws {
        let log = U2FLog()
        let session = session(log: log) { apdu in apdu[1] == 2 ? answer : key(apdu) }
        _ = try await session.makeCredential(creation { $0.excludeList = others }, operation)
        #expect(log.steps == [[3, 0], [2, 7], [2, 7], [1, 0]])
    }

    @Test func `a status that U2F does not define is passed on`() async {
        let status = U2FStatusWord(rawValue: 0x6F00)
        let session = session { apdu in apdu[1] == 3 ? version : [0x6F, 0x00] }
        await #expect(throws: SessionError.u2f(.status(status), .makeCredential)) {
            try await session.makeCredential(creation { $0.excludeList = others }, operation)
        }
        await #expect(throws: SessionError.u2f(.status(status), .makeCredential)) {
            try await session.makeCredential(creation(), operation)
        }
    }

    // MARK: Logins

    @Test func `a login finds its credential without a touch, and signs after one`() async throws {
        let log = U2FLog()
        let responses = try await session(log: log).getAssertion(assertion(allow: others + [mine]), operation)
        #expect(responses.map(\.credential) == [mine])
        #expect(responses.first?.authData.bytes == siteHash + [1, 0, 0, 0, 9])
        #expect(log.steps == [[3, 0], [2, 7], [2, 7], [2, 7], [2, 3]])
        #expect(log.apdus.last?[7..<39] == hash[...])
        #expect(log.apdus[1..<4].allSatisfy { $0[7..<39].allSatisfy { $0 == 0 } })
    }

    @Test func `without a known credential the user touches first`() async {
        let log = U2FLog()
        let session = session(log: log)
        await #expect(throws: SessionError.status(.noCredentials, .getAssertion)) {
            try await session.getAssertion(assertion(allow: others), operation)
        }
        #expect(log.steps == [[3, 0], [2, 7], [2, 7], [1, 0]])
    }

    @Test func `a login without a list or with verification is refused`() async {
        let session = session()
        await #expect(throws: SessionError.refused(.beyondU2F(.anyCredential), .getAssertion)) {
            try await session.getAssertion(assertion(allow: []), operation)
        }
        await #expect(throws: SessionError.refused(.beyondU2F(.userVerification), .getAssertion)) {
            try await session.getAssertion(assertion(allow: [mine]) { $0.options.uv = true }, operation)
        }
    }

    @Test(
        arguments: [(login, nil), (touchNeeded, .userPresenceRequired), (notMine, .userPresenceRequired)]
            as [([UInt8], StatusCode?)]
    )
    func `without a touch the key signs at once, or it is only known that it holds the credential`(
        answer: [UInt8],
        status: StatusCode?
    ) async throws {
        let log = U2FLog()
        let session = session(log: log) { apdu in apdu[2] == 8 ? answer : key(apdu) }
        let request = assertion(allow: [mine]) { $0.options.up = false }
        do throws(SessionError) {
            let responses = try await session.getAssertion(request, operation)
            #expect(responses.count == 1 && status == nil)
        } catch {
            #expect(error.status == status)
        }
        #expect(log.steps == [[3, 0], [2, 7], [2, 8]])
    }

    @Test func `the credential that a key holds is found without a signature`() async throws {
        let log = U2FLog()
        let session = session(log: log)
        #expect(try await session.knownCredential(for: assertion(allow: others + [mine]), operation) == mine)
        #expect(try await session.knownCredential(for: assertion(allow: others), operation) == nil)
        #expect(log.steps.dropFirst().allSatisfy { $0 == [2, 7] })
    }

    // MARK: Touch

    @Test func `the key is asked again until it is touched, and each request for a touch is reported`() async throws {
        let polls = Mutex(0)
        let reports = Mutex(0)
        let session = session { apdu in
            guard apdu[1] == 2, apdu[2] == 3 else { return key(apdu) }
            return polls.withLock {
                $0 += 1; return $0
            } < 4 ? touchNeeded : login
        }
        let reporting = Operation(within: .seconds(60)) { activity in
            if activity == .touchNeeded { reports.withLock { $0 += 1 } }
        }
        _ = try await session.getAssertion(assertion(allow: [mine]), reporting)
        #expect(polls.withLock { $0 } == 4 && reports.withLock { $0 } == 3)
    }

    @Test func `selection waits for a touch and makes nothing for any site`() async throws {
        let log = U2FLog()
        try await session(log: log).selection(operation)
        #expect(log.steps == [[3, 0], [1, 0]])
        #expect(log.apdus.last == hex("00010000000040") + [UInt8](repeating: 0, count: 66))
    }

    @Test func `when the task is cancelled the key is asked no more`() async throws {
        let log = U2FLog()
        let session = session(log: log) { apdu in apdu[1] == 3 ? version : touchNeeded }
        let (asked, ask) = AsyncStream.makeStream(of: Void.self)
        let waiting = Operation(within: .seconds(60)) { if $0 == .touchNeeded { ask.yield() } }
        let task = Task { try await session.makeCredential(creation(), waiting) }
        for await _ in asked { break }
        task.cancel()
        await #expect(throws: SessionError.transport(.cancelled(.msg, response: nil), .makeCredential)) {
            try await task.value
        }
        let count = log.apdus.count
        #expect(try await session.getInfo(operation).isU2FOnly)
        #expect(log.apdus.count == count)
    }

    @Test func `the deadline ends the wait`() async throws {
        let session = session { apdu in apdu[1] == 3 ? version : touchNeeded }
        // On a busy machine the deadline could otherwise pass before the key is asked for a touch.
        _ = try await session.getInfo(operation)
        await #expect(throws: SessionError.transport(.timedOut(.msg), .selection)) {
            try await session.selection(Operation(within: .milliseconds(50)))
        }
    }

    @Test func `a registration that beat the cancel is known, one for the touch is not`() {
        let response = SessionError.transport(.cancelled(.msg, response: registration), .makeCredential)
        #expect(response.succeededOnKey)
        #expect(!SessionError.transport(.cancelled(.msg, response: touchNeeded), .makeCredential).succeededOnKey)
        #expect(!SessionError.transport(.cancelled(.msg, response: nil), .makeCredential).succeededOnKey)
    }
}
