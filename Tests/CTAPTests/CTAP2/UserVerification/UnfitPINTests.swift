import CTAP2
import CTAPHID
import Synchronization
import Testing

/// PINs that cannot be right or cannot be set: they do not use up tries, and a repeated one ends the operation.
@Suite(.timeLimit(.minutes(1))) struct UnfitPINTests {
    /// A key with or without a PIN, with this minimum PIN length.
    private func session(minimum: Int, isSet: Bool, forcesChange: Bool = false, log: RequestLog) -> Session {
        let device = DeviceHalf(protocolNumber: 2)
        let options = optionMap(["clientPin": isSet, "pinUvAuthToken": true])
        let key = AnsweringKey(log: log) { command, parameters in
            guard command == .clientPIN else {
                return info([4: options, 6: [2], 0x0C: .bool(forcesChange), 0x0D: .int(minimum)])
            }
            switch parameters[2] {
            case 1: return success([3: 8])
            case 2: return success([1: device.keyAgreement])
            case 9: return (try? device.encryptedToken(for: parameters[3])).map { success([2: .bytes($0)]) } ?? [0x7F]
            default: return [0]
            }
        }
        return Session(Connection(key))
    }

    private func subCommands(_ log: RequestLog) -> [Int] {
        zip(log.commands, log.parameters).compactMap { $0 == .clientPIN ? $1[2]?.int : nil }.filter { $0 > 2 }
    }

    @Test func `a PIN shorter than the key's minimum is not sent and is asked for again`() async throws {
        let log = RequestLog()
        let person = RecordingInteraction(pins: ["1234", "123456"])
        let dialogue = PINDialogue(session(minimum: 6, isSet: true, log: log), with: person, person.operation)
        let authorization = Authorization(.getAssertion, permissions: .getAssertion, requirement: .required)
        _ = try await dialogue.token(for: authorization)
        #expect(
            person.asked == [
                .pin(.needed, retries: 8), .pin(.unfit(.tooShort(codePoints: 4, minimum: 6)), retries: 8),
            ]
        )
        #expect(subCommands(log) == [9])
    }

    @Test func `a session does not send it either`() async {
        let log = RequestLog()
        let session = session(minimum: 6, isSet: true, log: log)
        let error = SessionError.refused(.pin(.tooShort(codePoints: 4, minimum: 6)), .clientPIN)
        await #expect(throws: error) {
            try await session.getToken(
                usingPIN: try PIN(Secret(copying: Array("1234".utf8))),
                permissions: .getAssertion,
                Operation(within: .seconds(60))
            )
        }
        #expect(subCommands(log).isEmpty)
    }

    /// The minimum was raised above the length of the current PIN: the key forces a change, which needs the old PIN.
    @Test func `a PIN from before the minimum was raised may be changed`() async throws {
        let log = RequestLog()
        let person = RecordingInteraction(pins: ["1234"], newPINs: ["123456"])
        let session = session(minimum: 6, isSet: true, forcesChange: true, log: log)
        _ = try await PINDialogue(session, with: person, person.operation).change(isForced: true)
        #expect(subCommands(log) == [4])
    }

    @Test func `a minimum beyond what a PIN can have is refused before anyone is asked`() async {
        let log = RequestLog()
        let person = RecordingInteraction(newPINs: ["1234"])
        let dialogue = PINDialogue(session(minimum: 1200, isSet: false, log: log), with: person, person.operation)
        let error = await #expect(throws: UserVerificationError.self) { try await dialogue.set() }
        guard case .session(.refused(.minimumPINLength(1200), .clientPIN)) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(person.asked.isEmpty)
    }

    @Test func `an answer that is always unfit ends at the deadline`() async {
        let session = session(minimum: 6, isSet: false, log: RequestLog())
        let dialogue = PINDialogue(session, with: Stubborn(), Operation(within: .milliseconds(50)))
        let error = await #expect(throws: UserVerificationError.self) { try await dialogue.set() }
        guard case .session(.transport(.timedOut, _)) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: ["set", "change"]) func `an answer that is always unfit ends when cancelled`(what: String) async {
        let session = session(minimum: 6, isSet: what == "change", log: RequestLog())
        let (questions, asked) = AsyncStream.makeStream(of: Void.self)
        let dialogue = PINDialogue(session, with: Stubborn(asked: asked), Operation(within: .seconds(60)))
        let task = Task {
            if what == "set" { try await dialogue.set() } else { try await dialogue.change() }
        }
        for await _ in questions { break }
        task.cancel()
        let error = await #expect(throws: UserVerificationError.self) { try await task.value }
        guard case .session(.transport(.cancelled, _)) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `a PIN is set only where there is none, and changed only where there is one`() async {
        let person = RecordingInteraction(pins: ["123456"], newPINs: ["123456"])
        for isSet in [true, false] {
            let session = session(minimum: 4, isSet: isSet, log: RequestLog())
            let dialogue = PINDialogue(session, with: person, person.operation)
            let error = await #expect(throws: UserVerificationError.self) {
                if isSet { try await dialogue.set() } else { try await dialogue.change() }
            }
            guard case .pinState(isSet ? .alreadySet : .notSet) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
        #expect(person.asked.isEmpty)
    }

    /// Answers every prompt with the same short PIN, after a pause, as any person: two that never pause would keep both
    /// threads of a machine with two processors, and whoever is to cancel them would find none.
    private struct Stubborn: UserInteraction {
        var asked: AsyncStream<Void>.Continuation?
        let canEnterPIN = true

        func enterPIN(_ request: PINRequest) async throws -> PIN {
            await Task.yield()
            asked?.yield()
            return try PIN(Secret(copying: Array("1234".utf8)))
        }

        func chooseNewPIN(_ request: NewPINRequest) async throws -> PIN {
            await Task.yield()
            asked?.yield()
            return try PIN(Secret(copying: Array("1234".utf8)))
        }
    }
}
