import CTAP2
import CTAPHID
import Testing

private let hash = [UInt8](repeating: 0xCD, count: 32)
private let authData = CBORValue.bytes([UInt8](repeating: 7, count: 32) + [1, 0, 0, 0, 1])
private var operation: CTAP2.Operation { Operation(within: .seconds(60)) }

private func id(_ number: Int) -> PublicKeyCredentialDescriptor {
    PublicKeyCredentialDescriptor(id: [UInt8(number)] + [UInt8](repeating: 9, count: 31))
}

private func assertion(_ credential: PublicKeyCredentialDescriptor?, count: Int? = nil) -> [UInt8] {
    var members: CBORMap = [2: authData, 3: .bytes([1])]
    members[1] = credential.map { .map($0.cbor) }
    members[5] = count.map(CBORValue.int)
    return success(members)
}

private func session(
    log: RequestLog = RequestLog(),
    capabilities: Capabilities = .cbor,
    answer: @escaping @Sendable (CTAPCommand, CBORMap) -> [UInt8]
) -> Session {
    Session(Connection(AnsweringKey(capabilities: capabilities, log: log, answer: answer)))
}

@Suite("Sessions")
struct SessionTests {
    @Test("getInfo is asked once, and again on demand")
    func caching() async throws {
        let log = RequestLog()
        let session = session(log: log) { _, _ in info([5: 2048]) }
        #expect(try await session.getInfo(operation).maxMsgSize == 2048)
        _ = try await session.getInfo(operation)
        #expect(log.commands == [.getInfo])
        _ = try await session.getInfo(refresh: true, operation)
        #expect(log.commands == [.getInfo, .getInfo])
    }

    @Test("a status is an error that names its command; unknown ones are kept")
    func status() async {
        let session = session { _, _ in [0xE3] }
        await #expect(throws: SessionError.status(StatusCode(rawValue: 0xE3), .reset)) {
            try await session.send(RawRequest(.reset), operation)
        }
    }

    @Test(
        "a response that is not a status and a map is malformed",
        arguments: [
            ([], .truncated(offset: 0)), ([0, 0xA1], .truncated(offset: 0)), ([0, 0xA0, 0], .trailing(offset: 1)),
            ([0, 1], .unexpected(member: "response")),
        ] as [([UInt8], CBORError)]
    )
    func malformed(response: [UInt8], error: CBORError) async {
        let session = session { _, _ in response }
        await #expect(throws: SessionError.malformed(.cbor(error), .clientPIN)) {
            try await session.send(RawRequest(.clientPIN, [:]), operation)
        }
    }

    @Test("a response may have no body")
    func emptyBody() async throws {
        let session = session { _, _ in [0] }
        #expect(try await session.send(RawRequest(.clientPIN, [1: 2]), operation).isEmpty)
    }

    @Test("a request longer than the key takes is not sent")
    func tooLarge() async throws {
        let log = RequestLog()
        let session = session(log: log) { _, _ in info() }
        // Command, map of one, key, head of three bytes.
        let fitting: CBORMap = [1: .bytes([UInt8](repeating: 0, count: 1024 - 6))]
        _ = try await session.send(RawRequest(.largeBlobs, fitting), operation)
        let tooLong: CBORMap = [1: .bytes([UInt8](repeating: 0, count: 1024 - 5))]
        await #expect(throws: SessionError.refused(.requestTooLarge(byteCount: 1025, maximum: 1024), .largeBlobs)) {
            try await session.send(RawRequest(.largeBlobs, tooLong), operation)
        }
        #expect(log.commands == [.largeBlobs])
    }

    @Test("a key without CTAP2 is refused, not spoken to in U2F")
    func noCTAP2() async {
        let log = RequestLog()
        let session = session(log: log, capabilities: []) { _, _ in info() }
        await #expect(throws: SessionError.refused(.noCTAP2, .getInfo)) { try await session.getInfo(operation) }
        #expect(log.commands.isEmpty)
    }

    @Test("every account's response is fetched, one after another")
    func accounts() async throws {
        let log = RequestLog()
        let session = session(log: log) { command, _ in
            switch command {
            case .getInfo: info()
            case .getAssertion: assertion(id(1), count: 3)
            default: assertion(id(log.commands.count))
            }
        }
        let request = GetAssertionRequest(rpId: "a.b", clientDataHash: hash)
        let responses = try await session.getAssertion(request, operation)
        #expect(responses.map(\.credential) == [id(1), id(3), id(4)])
        #expect(log.commands == [.getInfo, .getAssertion, .getNextAssertion, .getNextAssertion])
    }

    @Test("a number of accounts beyond belief is not believed", arguments: [1_001, Int.max])
    func tooManyAccounts(count: Int) async {
        let log = RequestLog()
        let session = session(log: log) { command, _ in command == .getInfo ? info() : assertion(id(1), count: count) }
        let error = SessionError.malformed(.cbor(.unexpected(member: "numberOfCredentials")), .getAssertion)
        await #expect(throws: error) {
            try await session.getAssertion(GetAssertionRequest(rpId: "a.b", clientDataHash: hash), operation)
        }
        #expect(log.commands == [.getInfo, .getAssertion])
    }

    @Test("the only entry of an allow list stands for a credential that the key left out")
    func omittedCredential() async throws {
        let session = session { command, _ in command == .getInfo ? info() : assertion(nil, count: 0) }
        var request = GetAssertionRequest(rpId: "a.b", clientDataHash: hash, allowList: [id(5)])
        #expect(try await session.getAssertion(request, operation).map(\.credential) == [id(5)])
        request.allowList = []
        await #expect(throws: SessionError.malformed(.cbor(.missing(member: "credential")), .getAssertion)) {
            try await session.getAssertion(request, operation)
        }
    }

    @Test("a credential that was not asked for is refused")
    func foreignCredential() async {
        let session = session { command, _ in command == .getInfo ? info() : assertion(id(6)) }
        let request = GetAssertionRequest(rpId: "a.b", clientDataHash: hash, allowList: [id(5)])
        await #expect(throws: SessionError.malformed(.cbor(.unexpected(member: "credential")), .getAssertion)) {
            try await session.getAssertion(request, operation)
        }
    }
}

@Suite("Lists of credentials that a key does not take whole")
struct PreflightTests {
    private static let threeAtOnce: CBORMap = [7: 3, 8: 32]

    /// A key with one credential that accepts at most three in a list.
    private func key(holding held: Int, log: RequestLog, refusal: StatusCode = .noCredentials) -> Session {
        session(log: log) { command, parameters in
            guard command != .getInfo else { return info(Self.threeAtOnce) }
            guard command == .getAssertion else { return [StatusCode.credentialExcluded.rawValue] }
            guard let list = parameters[3]?.array, list.count <= 3 else { return [StatusCode.limitExceeded.rawValue] }
            return list.contains(.map(id(held).cbor)) ? assertion(id(held)) : [refusal.rawValue]
        }
    }

    @Test(
        "a login searches its allow list without a touch and then asks for the one that was found",
        arguments: [.noCredentials, .invalidCredential, .pinUVAuthTokenRequired] as [StatusCode]
    )
    func allowList(refusal: StatusCode) async throws {
        let log = RequestLog()
        let session = key(holding: 5, log: log, refusal: refusal)
        let request = GetAssertionRequest(rpId: "a.b", clientDataHash: hash, allowList: (1...7).map(id))
        #expect(try await session.getAssertion(request, operation).map(\.credential) == [id(5)])
        #expect(log.commands == [.getInfo, .getAssertion, .getAssertion, .getAssertion])
        let probes = log.parameters[1...2]
        #expect(probes.allSatisfy { $0[5] == ["up": false] && $0[2] == .bytes([UInt8](repeating: 0, count: 32)) })
        #expect(log.parameters[3][3] == [.map(id(5).cbor)])
        #expect(log.parameters[3][2] == .bytes(hash))
        #expect(log.parameters[3][5] == nil)
    }

    @Test("with none of them on the key the login still reaches it, with an ID that is no key's")
    func noneAllowed() async throws {
        let log = RequestLog()
        let session = key(holding: 99, log: log)
        let request = GetAssertionRequest(rpId: "a.b", clientDataHash: hash, allowList: (1...4).map(id))
        await #expect(throws: SessionError.status(.noCredentials, .getAssertion)) {
            try await session.getAssertion(request, operation)
        }
        #expect(log.parameters.last?[3] == [["id": .bytes([0]), "type": "public-key"]])
    }

    @Test("a list that fits is sent as it is; IDs that are too long to be this key's are left out")
    func fitting() async throws {
        let log = RequestLog()
        let session = key(holding: 2, log: log)
        let long = PublicKeyCredentialDescriptor(id: [UInt8](repeating: 1, count: 33))
        let request = GetAssertionRequest(rpId: "a.b", clientDataHash: hash, allowList: [id(1), long, id(2), id(3)])
        _ = try await session.getAssertion(request, operation)
        #expect(log.commands == [.getInfo, .getAssertion])
        #expect(log.parameters[1][3] == .array([id(1), id(2), id(3)].map { .map($0.cbor) }))
    }

    @Test("a registration names only the excluded credential that the key holds, or none")
    func excludeList() async throws {
        var request = MakeCredentialRequest(
            clientDataHash: hash,
            rp: PublicKeyCredentialRpEntity(id: "a.b"),
            user: PublicKeyCredentialUserEntity(id: [1]),
            pubKeyCredParams: [PublicKeyCredentialParameters(alg: .es256)]
        )
        request.excludeList = (1...7).map(id)
        for (held, expected) in [(5, [CBORValue.map(id(5).cbor)]), (99, nil)] as [(Int, [CBORValue]?)] {
            let log = RequestLog()
            let session = key(holding: held, log: log)
            await #expect(throws: SessionError.status(.credentialExcluded, .makeCredential)) {
                try await session.makeCredential(request, operation)
            }
            #expect(log.parameters.last?[5] == expected.map(CBORValue.array))
        }
    }

    @Test("a key that finds a probe too large is asked for half as many")
    func shrinking() async throws {
        let log = RequestLog()
        let session = session(log: log) { command, parameters in
            guard command != .getInfo else { return info([7: 4, 8: 32]) }
            guard let list = parameters[3]?.array, list.count < 2 else { return [StatusCode.requestTooLarge.rawValue] }
            return list == [.map(id(3).cbor)] ? assertion(id(3)) : [StatusCode.noCredentials.rawValue]
        }
        let request = GetAssertionRequest(rpId: "a.b", clientDataHash: hash, allowList: (1...5).map(id))
        #expect(try await session.getAssertion(request, operation).map(\.credential) == [id(3)])
    }

    @Test("a probe answered with UP_REQUIRED found what it looked for")
    func presenceRequired() async throws {
        let log = RequestLog()
        let session = session(log: log) { command, parameters in
            guard command != .getInfo else { return info(Self.threeAtOnce) }
            let list = parameters[3]?.array ?? []
            guard list.contains(.map(id(4).cbor)) else { return [StatusCode.noCredentials.rawValue] }
            return parameters[5] == nil ? assertion(id(4)) : [StatusCode.userPresenceRequired.rawValue]
        }
        let request = GetAssertionRequest(rpId: "a.b", clientDataHash: hash, allowList: (1...6).map(id))
        #expect(try await session.getAssertion(request, operation).map(\.credential) == [id(4)])
        #expect(log.parameters.last?[3] == [.map(id(4).cbor)])
    }

    @Test("a key that cannot be probed gets the whole list")
    func noProbing() async {
        let log = RequestLog()
        let session = session(log: log) { command, parameters in
            guard command != .getInfo else { return info(Self.threeAtOnce) }
            return [(parameters[5] == nil ? StatusCode.limitExceeded : .unsupportedOption).rawValue]
        }
        let request = GetAssertionRequest(rpId: "a.b", clientDataHash: hash, allowList: (1...6).map(id))
        await #expect(throws: SessionError.status(.limitExceeded, .getAssertion)) {
            try await session.getAssertion(request, operation)
        }
        #expect(log.parameters.last?[3]?.array?.count == 6)
    }

    @Test("lists are cut to the length of the key's messages")
    func messageLength() async throws {
        let log = RequestLog()
        let session = session(log: log) { command, _ in
            command == .getInfo ? info([7: 100, 8: 64]) : [StatusCode.noCredentials.rawValue]
        }
        let list = (1...40).map { PublicKeyCredentialDescriptor(id: [UInt8](repeating: UInt8($0), count: 64)) }
        let request = GetAssertionRequest(rpId: "a.b", clientDataHash: hash, allowList: list)
        await #expect(throws: SessionError.status(.noCredentials, .getAssertion)) {
            try await session.getAssertion(request, operation)
        }
        let probed = log.parameters.dropFirst().dropLast().flatMap { $0[3]?.array ?? [] }
        #expect(probed == list.map { .map($0.cbor) })
    }
}

@Suite("Waiting for a touch alone")
struct SelectionTests {
    @Test("a key of CTAP 2.1 or later has a command for it", arguments: ["FIDO_2_1", "FIDO_2_3"])
    func command(version: String) async throws {
        let log = RequestLog()
        let session = session(log: log) { command, _ in
            command == .getInfo ? info(versions: [.text(version)]) : [0]
        }
        try await session.selection(operation)
        #expect(log.commands == [.getInfo, .selection])
    }

    @Test("an older key is asked to register nothing", arguments: [0x31, 0x33, 0x35, 0x27, 0x2F] as [UInt8])
    func registration(status: UInt8) async {
        let log = RequestLog()
        let session = session(log: log) { command, _ in
            command == .getInfo ? info([4: .map(["clientPin": false])], versions: ["FIDO_2_0"]) : [status]
        }
        let refusals: [UInt8] = [0x27, 0x2F]
        do {
            try await session.selection(operation)
            #expect(!refusals.contains(status))
        } catch {
            #expect(refusals.contains(status))
        }
        #expect(log.commands == [.getInfo, .makeCredential])
        #expect(log.parameters.last?[8] == .bytes([]))
    }

    @Test("an older key that knows no PIN is not given a parameter of it")
    func registrationWithoutPIN() async throws {
        let log = RequestLog()
        let session = session(log: log) { command, _ in
            command == .getInfo ? info(versions: ["FIDO_2_0"]) : success([1: "none", 2: .bytes([]), 3: .map([:])])
        }
        try await session.selection(operation)
        #expect(log.parameters.last?[8] == nil && log.parameters.last?[9] == nil)
        #expect(log.parameters.last?[7] == nil)
    }
}
