import CTAP2
import CTAPHID
import Testing

private let hash = [UInt8](repeating: 0xCD, count: 32)
private var operation: CTAP2.Operation { Operation(within: .seconds(60)) }

private func id(_ number: Int) -> PublicKeyCredentialDescriptor {
    PublicKeyCredentialDescriptor(id: [UInt8(number)] + [UInt8](repeating: 9, count: 31))
}

@Suite("Sessions")
struct SessionTests {
    @Test("getInfo is asked once, and again on demand")
    func caching() async throws {
        let log = RequestLog()
        let session = Session(log: log) { _, _ in info([5: 2048]) }
        #expect(try await session.getInfo(operation).maxMsgSize == 2048)
        _ = try await session.getInfo(operation)
        #expect(log.commands == [.getInfo])
        _ = try await session.getInfo(refresh: true, operation)
        #expect(log.commands == [.getInfo, .getInfo])
    }

    @Test("a status is an error that names its command; unknown ones are kept")
    func status() async {
        let session = Session { _, _ in [0xE3] }
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
        let session = Session { _, _ in response }
        await #expect(throws: SessionError.malformed(.cbor(error), .clientPIN)) {
            try await session.send(RawRequest(.clientPIN, [:]), operation)
        }
    }

    @Test("a response may have no body")
    func emptyBody() async throws {
        let session = Session { _, _ in [0] }
        #expect(try await session.send(RawRequest(.clientPIN, [1: 2]), operation).isEmpty)
    }

    @Test("a request longer than the key takes is not sent")
    func tooLarge() async throws {
        let log = RequestLog()
        let session = Session(log: log) { _, _ in info() }
        // Command, map of one, key, head of three bytes.
        let fitting: CBORMap = [1: .bytes([UInt8](repeating: 0, count: 1024 - 6))]
        _ = try await session.send(RawRequest(.largeBlobs, fitting), operation)
        let tooLong: CBORMap = [1: .bytes([UInt8](repeating: 0, count: 1024 - 5))]
        await #expect(throws: SessionError.refused(.requestTooLarge(byteCount: 1025, maximum: 1024), .largeBlobs)) {
            try await session.send(RawRequest(.largeBlobs, tooLong), operation)
        }
        #expect(log.commands == [.largeBlobs])
    }

    @Test("every account's response is fetched, one after another")
    func accounts() async throws {
        let log = RequestLog()
        let session = Session(log: log) { command, _ in
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
        let session = Session(log: log) { command, _ in command == .getInfo ? info() : assertion(id(1), count: count) }
        let error = SessionError.malformed(.cbor(.unexpected(member: "numberOfCredentials")), .getAssertion)
        await #expect(throws: error) {
            try await session.getAssertion(GetAssertionRequest(rpId: "a.b", clientDataHash: hash), operation)
        }
        #expect(log.commands == [.getInfo, .getAssertion])
    }

    @Test("the only entry of an allow list stands for a credential that the key left out")
    func omittedCredential() async throws {
        let session = Session { command, _ in command == .getInfo ? info() : assertion(nil, count: 0) }
        var request = GetAssertionRequest(rpId: "a.b", clientDataHash: hash, allowList: [id(5)])
        #expect(try await session.getAssertion(request, operation).map(\.credential) == [id(5)])
        request.allowList = []
        await #expect(throws: SessionError.malformed(.cbor(.missing(member: "credential")), .getAssertion)) {
            try await session.getAssertion(request, operation)
        }
    }

    @Test("a credential that was not asked for is refused")
    func foreignCredential() async {
        let session = Session { command, _ in command == .getInfo ? info() : assertion(id(6)) }
        let request = GetAssertionRequest(rpId: "a.b", clientDataHash: hash, allowList: [id(5)])
        await #expect(throws: SessionError.malformed(.cbor(.unexpected(member: "credential")), .getAssertion)) {
            try await session.getAssertion(request, operation)
        }
    }
}

@Suite("Waiting for a touch alone")
struct SelectionTests {
    @Test("a key of CTAP 2.1 or later has a command for it", arguments: ["FIDO_2_1", "FIDO_2_3"])
    func command(version: String) async throws {
        let log = RequestLog()
        let session = Session(log: log) { command, _ in
            command == .getInfo ? info(versions: [.text(version)]) : [0]
        }
        try await session.selection(operation)
        #expect(log.commands == [.getInfo, .selection])
    }

    @Test("an older key is asked to register nothing", arguments: [0x31, 0x33, 0x35, 0x27, 0x2F] as [UInt8])
    func registration(status: UInt8) async {
        let log = RequestLog()
        let session = Session(log: log) { command, _ in
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
        let session = Session(log: log) { command, _ in
            command == .getInfo ? info(versions: ["FIDO_2_0"]) : success([1: "none", 2: .bytes([]), 3: .map([:])])
        }
        try await session.selection(operation)
        #expect(log.parameters.last?[8] == nil && log.parameters.last?[9] == nil)
        #expect(log.parameters.last?[7] == nil)
    }
}
