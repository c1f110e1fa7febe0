import CTAP2
import CTAPHID
import Crypto
import Testing

private var operation: CTAP2.Operation { Operation(within: .seconds(60)) }

private func pin(_ text: String) throws -> PIN { try PIN(Secret(copying: Array(text.utf8))) }

@Suite("PINs over a session")
struct SessionPINTests {
    private func session(
        _ device: DeviceHalf,
        log: RequestLog,
        options: CBORValue = ["clientPin": true, "pinUvAuthToken": true],
        answer: @escaping @Sendable (Int, CBORMap) -> [UInt8] = { _, _ in [0] }
    ) -> Session {
        let key = AnsweringKey(log: log) { command, parameters in
            guard command == .clientPIN else { return info([4: options, 6: [.int(device.number)]]) }
            let subCommand = parameters[2]?.int ?? 0
            return subCommand == 2 ? success([1: device.keyAgreement]) : answer(subCommand, parameters)
        }
        return Session(Connection(key))
    }

    private func tokenAnswer(_ device: DeviceHalf) -> @Sendable (Int, CBORMap) -> [UInt8] {
        { _, parameters in
            (try? device.encryptedToken(for: parameters[3])).map { success([2: .bytes($0)]) } ?? [0x7F]
        }
    }

    @Test("a first PIN is set, padded and authenticated; the key is then asked anew what it is", arguments: [1, 2])
    func setPIN(number: Int) async throws {
        let device = DeviceHalf(protocolNumber: number)
        let log = RequestLog()
        let session = session(device, log: log)
        try await session.setPIN(pin("päss1234"), operation)
        let request = try #require(log.parameters.last)
        #expect(request.entries.map(\.key) == [1, 2, 3, 4, 5])
        #expect(request[1]?.int == number && request[2] == 3)
        let text = Array("päss1234".utf8)
        #expect(
            try device.decrypt(request[5]?.bytes, with: request[3]) == text
                + [UInt8](repeating: 0, count: 64 - text.count)
        )
        #expect(try device.authenticate(request[5]?.bytes ?? [], request[3]) == request[4]?.bytes)
        _ = try await session.getInfo(operation)
        #expect(log.commands == [.getInfo, .clientPIN, .clientPIN, .getInfo])
    }

    @Test("a PIN is changed with proof of the old one", arguments: [1, 2])
    func changePIN(number: Int) async throws {
        let device = DeviceHalf(protocolNumber: number)
        let log = RequestLog()
        try await session(device, log: log).changePIN(from: pin("1234"), to: pin("567890"), operation)
        let request = try #require(log.parameters.last)
        #expect(request.entries.map(\.key) == [1, 2, 3, 4, 5, 6])
        let new = try #require(request[5]?.bytes)
        let hash = try #require(request[6]?.bytes)
        #expect(try device.decrypt(new, with: request[3]).prefix(7) == Array("567890".utf8) + [0])
        #expect(try device.decrypt(hash, with: request[3]) == Array(SHA256.hash(data: Array("1234".utf8)).prefix(16)))
        #expect(try device.authenticate(new + hash, request[3]) == request[4]?.bytes)
    }

    @Test("a token for a PIN names its permissions and relying party", arguments: [1, 2])
    func token(number: Int) async throws {
        let device = DeviceHalf(protocolNumber: number)
        let log = RequestLog()
        let session = session(device, log: log, answer: tokenAnswer(device))
        let token = try await session.getToken(
            usingPIN: pin("1234"),
            permissions: [.makeCredential, .getAssertion],
            rpId: "a.b",
            operation
        )
        let request = try #require(log.parameters.last)
        #expect(request.entries.map(\.key) == [1, 2, 3, 6, 9, 10])
        #expect(request[2] == 9 && request[9] == 3 && request[10] == "a.b")
        let hash = Array(SHA256.hash(data: Array("1234".utf8)).prefix(16))
        #expect(try device.decrypt(request[6]?.bytes, with: request[3]) == hash)
        let code = HMAC<SHA256>.authenticationCode(for: [1, 2], using: SymmetricKey(data: device.token))
        #expect(token.authenticate([1, 2]) == Array(code.prefix(number == 2 ? 32 : 16)))
    }

    @Test("a key without permissions gets a request without them")
    func legacyToken() async throws {
        let device = DeviceHalf(protocolNumber: 1)
        let log = RequestLog()
        let session = session(device, log: log, options: ["clientPin": true], answer: tokenAnswer(device))
        _ = try await session.getToken(usingPIN: pin("1234"), permissions: .getAssertion, rpId: "a.b", operation)
        #expect(log.parameters.last?.entries.map(\.key) == [1, 2, 3, 6])
        #expect(log.parameters.last?[2] == 5)
    }

    @Test("a token by built-in verification sends no PIN")
    func builtIn() async throws {
        let device = DeviceHalf(protocolNumber: 2)
        let log = RequestLog()
        let session = session(device, log: log, answer: tokenAnswer(device))
        let token = try await session.getTokenUsingBuiltInVerification(
            permissions: .credentialManagement,
            operation
        )
        #expect(token.permissions == .credentialManagement)
        #expect(log.parameters.last?.entries.map(\.key) == [1, 2, 3, 9])
        #expect(log.parameters.last?[2] == 6)
    }

    @Test("a wrong PIN is sent once, and the next try agrees on a secret anew")
    func wrongPIN() async throws {
        let device = DeviceHalf(protocolNumber: 2)
        let log = RequestLog()
        let session = session(device, log: log) { _, _ in [StatusCode.pinInvalid.rawValue] }
        for tries in 1...2 {
            await #expect(throws: SessionError.status(.pinInvalid, .clientPIN)) {
                try await session.getToken(usingPIN: try pin("0000"), permissions: .getAssertion, operation)
            }
            #expect(log.parameters.compactMap { $0[2]?.int } == Array([2, 9, 2, 9].prefix(2 * tries)))
        }
        #expect(log.parameters[2][3] != log.parameters[4][3])
    }

    @Test("a new PIN that is too short for the key is not sent")
    func tooShort() async {
        let log = RequestLog()
        let session = session(DeviceHalf(protocolNumber: 2), log: log)
        let error = SessionError.refused(.pin(.tooShort(codePoints: 3, minimum: 4)), .clientPIN)
        await #expect(throws: error) { try await session.setPIN(try pin("123"), operation) }
        #expect(log.commands == [.getInfo])
    }

    @Test("retries are read, and whether the key must be unplugged first")
    func retries() async throws {
        let log = RequestLog()
        let session = session(DeviceHalf(protocolNumber: 1), log: log) { subCommand, _ in
            subCommand == 1 ? success([3: 5, 4: true]) : success([5: 2])
        }
        let pin = try await session.getPINRetries(operation)
        #expect(pin.retries == 5 && pin.needsPowerCycle == true)
        #expect(try await session.getUVRetries(operation) == 2)
    }

    @Test("nonsense from the key is malformed: no retries, no key, a point off its curve, a token of odd length")
    func nonsense() async throws {
        let empty = session(DeviceHalf(protocolNumber: 2), log: RequestLog())
        await #expect(throws: SessionError.malformed(.cbor(.missing(member: "pinRetries")), .clientPIN)) {
            try await empty.getPINRetries(operation)
        }
        await #expect(throws: SessionError.malformed(.cbor(.missing(member: "pinUvAuthToken")), .clientPIN)) {
            try await empty.getToken(usingPIN: try pin("1234"), permissions: .getAssertion, operation)
        }
        for (token, error) in [(16, PINUVAuthError.wrongLength(byteCount: 16)), (31, .wrongLength(byteCount: 31))] {
            let session = session(DeviceHalf(protocolNumber: 2), log: RequestLog()) { _, _ in
                success([2: .bytes([UInt8](repeating: 1, count: token))])
            }
            await #expect(throws: SessionError.malformed(.pinUVAuth(error), .clientPIN)) {
                try await session.getToken(usingPIN: try pin("1234"), permissions: .getAssertion, operation)
            }
        }
        let zeros = CBORValue.bytes([UInt8](repeating: 0, count: 32))
        let key = AnsweringKey { command, _ in
            command == .getInfo ? info() : success([1: [1: 2, 3: -25, -1: 1, -2: zeros, -3: zeros]])
        }
        let offCurve = Session(Connection(key))
        await #expect(throws: SessionError.malformed(.pinUVAuth(.keyAgreement), .clientPIN)) {
            try await offCurve.setPIN(try pin("1234"), operation)
        }
    }
}
