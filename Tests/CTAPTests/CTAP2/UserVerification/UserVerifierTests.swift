import CTAP2
import CTAPHID
import Synchronization
import Testing

/// The commands that a key receives: subcommands of clientPIN by number, others by name.
private final class VerifyingKey: Sendable {
    let log = RequestLog()
    let session: Session

    /// `answers` has statuses for a subcommand, or for 0 for the operation itself, to be given one after the other
    /// before success.
    init(
        _ options: [String: Bool],
        info more: CBORMap = [:],
        retries: [Int] = [8],
        needsPowerCycle: Bool = false,
        answers: [Int: [StatusCode]] = [:],
        later: [String: Bool]? = nil
    ) {
        let device = DeviceHalf(protocolNumber: 2)
        let queues = Mutex((answers: answers, retries: retries, infos: 0))
        let key = AnsweringKey(log: log) { command, parameters in
            if command == .getInfo {
                let count = queues.withLock { queues in
                    queues.infos += 1
                    return queues.infos
                }
                var members: CBORMap = [4: optionMap(count > 1 ? later ?? options : options), 6: [2]]
                for entry in more.entries where count == 1 { members[entry.key] = entry.value }
                return info(members)
            }
            let subCommand = command == .clientPIN ? parameters[2]?.int ?? 0 : 0
            let status = queues.withLock { queues in
                queues.answers[subCommand]?.isEmpty == false ? queues.answers[subCommand]?.removeFirst() : nil
            }
            if let status { return [status.rawValue] }
            switch subCommand {
            case 1:
                let left = queues.withLock { $0.retries.count > 1 ? $0.retries.removeFirst() : $0.retries[0] }
                return success([3: .int(left), 4: .bool(needsPowerCycle)])
            case 2: return success([1: device.keyAgreement])
            case 7: return success([5: 2])
            case 5, 6, 9:
                return (try? device.encryptedToken(for: parameters[3])).map { success([2: .bytes($0)]) } ?? [0x7F]
            default: return [0]
            }
        }
        session = Session(Connection(key))
    }

    /// The received subcommands of clientPIN, except those for retries and key agreement.
    var subCommands: [Int] {
        zip(log.commands, log.parameters).compactMap { $0 == .clientPIN ? $1[2]?.int : nil }
            .filter { ![1, 2, 7].contains($0) }
    }

    /// Runs a login; returns the verification of each attempt: `none`, `uv` or `token`.
    func run(
        _ requirement: UserVerificationRequirement,
        with person: RecordingInteraction
    ) async throws(UserVerificationError) -> [String] {
        let verifier = UserVerifier(
            session,
            for: Authorization(.getAssertion, permissions: .getAssertion, rpId: "a.b", requirement: requirement),
            interaction: person,
            person.operation
        )
        let runs = Mutex<[String]>([])
        try await verifier.run { verification throws(SessionError) in
            let name =
                switch verification {
                case .none: "none"
                case .builtInOption: "uv"
                case .token: "token"
                }
            runs.withLock { $0.append(name) }
            _ = try await session.send(RawRequest(.getAssertion, [1: "a.b"]), person.operation)
        }
        return runs.withLock { $0 }
    }
}

@Suite("Verifying a user") struct UserVerifierTests {
    private static let pinOptions = ["clientPin": true, "pinUvAuthToken": true, "makeCredUvNotRqd": true]
    private static let bothOptions = pinOptions.merging(["uv": true]) { $1 }

    @Test("a PIN is asked for with the tries that are left, and its token authorizes the operation")
    func pin() async throws {
        let key = VerifyingKey(Self.pinOptions, retries: [3])
        let person = RecordingInteraction(pins: ["1234"])
        #expect(try await key.run(.preferred, with: person) == ["token"])
        #expect(person.asked == [.pin(.needed, retries: 3)])
        #expect(key.subCommands == [9])
    }

    @Test(arguments: [UserVerificationRequirement.required, .preferred])
    func `the tries that are left are read once before a prompt`(requirement: UserVerificationRequirement) async throws
    {
        let key = VerifyingKey(Self.pinOptions)
        #expect(try await key.run(requirement, with: RecordingInteraction(pins: ["1234"])) == ["token"])
        let reads = zip(key.log.commands, key.log.parameters).filter { $0 == .clientPIN && $1[2] == 1 }
        #expect(reads.count == 1)
    }

    @Test("a wrong PIN is asked for again, never sent again")
    func wrongPIN() async throws {
        let key = VerifyingKey(Self.pinOptions, retries: [8, 7], answers: [9: [.pinInvalid]])
        let person = RecordingInteraction(pins: ["0000", "1234"])
        #expect(try await key.run(.required, with: person) == ["token"])
        #expect(person.asked == [.pin(.needed, retries: 8), .pin(.wrong, retries: 7)])
        #expect(key.subCommands == [9, 9])
    }

    @Test("a person who gives up after a wrong PIN ends it with what they threw")
    func gaveUp() async throws {
        let key = VerifyingKey(Self.pinOptions, answers: [9: [.pinInvalid]])
        let person = RecordingInteraction(pins: ["0000"])
        let error = await #expect(throws: UserVerificationError.self) { try await key.run(.required, with: person) }
        guard case .interaction(is RecordingInteraction.GaveUp) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(key.subCommands == [9])
    }

    @Test(
        "a key that takes no PIN now is not asked for one",
        arguments: [([0], false, StatusCode.pinBlocked), ([5], true, .pinAuthBlocked), ([0], true, .pinBlocked)]
    )
    func blocked(retries: [Int], needsPowerCycle: Bool, status: StatusCode) async throws {
        let key = VerifyingKey(Self.pinOptions, retries: retries, needsPowerCycle: needsPowerCycle)
        let person = RecordingInteraction(pins: ["1234"])
        let error = await #expect(throws: UserVerificationError.self) { try await key.run(.required, with: person) }
        guard case .session(.status(status, .clientPIN)) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(person.asked.isEmpty)
    }

    @Test("a blocked PIN is done without where verification is merely preferred, and the person is told")
    func blockedButPreferred() async throws {
        let key = VerifyingKey(Self.pinOptions, retries: [0])
        let person = RecordingInteraction(pins: ["1234"])
        #expect(try await key.run(.preferred, with: person) == ["none"])
        #expect(person.asked == [.goesUnverified(.pinBlocked)])
    }

    @Test("blocked by the third wrong PIN, the key is believed and nobody is asked again")
    func blockedByTheLastTry() async throws {
        let key = VerifyingKey(Self.pinOptions, answers: [9: [.pinAuthBlocked]])
        let person = RecordingInteraction(pins: ["0000", "1234"])
        let error = await #expect(throws: UserVerificationError.self) { try await key.run(.required, with: person) }
        guard case .session(.status(.pinAuthBlocked, .clientPIN)) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(person.asked.count == 1)
    }

    @Test("where no PIN is to be had, what merely prefers verification goes without")
    func preferredWithoutPIN() async throws {
        let key = VerifyingKey(Self.pinOptions)
        #expect(try await key.run(.preferred, with: RecordingInteraction(canEnterPIN: false)) == ["none"])
        #expect(key.subCommands == [])
    }

    @Test(
        "where no PIN is to be had, what demands verification fails before the key is asked",
        arguments: [true, false]
    )
    func demandedWithoutPIN(byRelyingParty: Bool) async throws {
        let key = VerifyingKey(byRelyingParty ? Self.pinOptions : Self.pinOptions.merging(["alwaysUv": true]) { $1 })
        let person = RecordingInteraction(canEnterPIN: false)
        let error = await #expect(throws: UserVerificationError.self) {
            try await key.run(byRelyingParty ? .required : .preferred, with: person)
        }
        guard case .pinNeeded = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(key.log.commands == [.getInfo])
    }

    @Test("a forced change is carried through, and the new PIN is not asked for again")
    func forcedChange() async throws {
        let key = VerifyingKey(
            Self.pinOptions,
            info: [0x0C: true, 0x0D: 6],
            retries: [8, 7],
            answers: [4: [.pinInvalid, .pinPolicyViolation]]
        )
        let person = RecordingInteraction(pins: ["0000", "1234"], newPINs: ["12345", "123456", "654321"])
        #expect(try await key.run(.required, with: person) == ["token"])
        #expect(
            person.asked == [
                .pin(.changeForced, retries: 8), .newPIN(.changeForced),
                .newPIN(.unfit(.tooShort(codePoints: 5, minimum: 6))),
                .pin(.wrong, retries: 7), .newPIN(.refused),
            ]
        )
        #expect(key.subCommands == [4, 4, 4, 9])
    }

    @Test("built-in verification comes before the PIN, and is announced")
    func builtIn() async throws {
        let key = VerifyingKey(Self.bothOptions)
        let person = RecordingInteraction(pins: ["1234"])
        #expect(try await key.run(.required, with: person) == ["token"])
        #expect(person.asked == [.builtIn(.needed), .builtIn(.succeeded)])
        #expect(key.subCommands == [6])
    }

    @Test("built-in verification is tried as often as the key prefers, then the PIN")
    func builtInFails() async throws {
        let key = VerifyingKey(
            Self.bothOptions,
            info: [0x11: 2],
            answers: [6: [.userVerificationInvalid, .userVerificationInvalid]]
        )
        let person = RecordingInteraction(pins: ["1234"])
        #expect(try await key.run(.required, with: person) == ["token"])
        #expect(
            person.asked == [
                .builtIn(.needed), .builtIn(.failed(retries: 2)), .builtIn(.needed), .builtIn(.failed(retries: 2)),
                .pin(.builtInFailed, retries: 8),
            ]
        )
        #expect(key.subCommands == [6, 6, 9])
    }

    @Test("blocked built-in verification falls back to the PIN at once")
    func builtInBlocked() async throws {
        let key = VerifyingKey(Self.bothOptions, answers: [6: [.userVerificationBlocked]])
        let person = RecordingInteraction(pins: ["1234"])
        #expect(try await key.run(.required, with: person) == ["token"])
        #expect(person.asked == [.builtIn(.needed), .builtIn(.blocked), .pin(.builtInFailed, retries: 8)])
    }

    @Test(
        "what the user denied or slept through at the key is not asked of them again",
        arguments: [
            StatusCode.operationDenied, .userActionTimeout,
        ]
    )
    func denied(status: StatusCode) async throws {
        let key = VerifyingKey(Self.bothOptions, answers: [6: [status]])
        let person = RecordingInteraction(pins: ["1234"])
        let error = await #expect(throws: UserVerificationError.self) { try await key.run(.required, with: person) }
        guard case .session(.status(status, .clientPIN)) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(person.asked == [.builtIn(.needed)])
    }

    @Test("without a PIN, failed built-in verification fails the operation, even one that merely prefers it")
    func builtInAloneFails() async throws {
        let key = VerifyingKey(
            ["uv": true, "pinUvAuthToken": true, "makeCredUvNotRqd": true],
            info: [0x11: 1],
            answers: [6: [.userVerificationInvalid]]
        )
        let error = await #expect(throws: UserVerificationError.self) {
            try await key.run(.preferred, with: RecordingInteraction())
        }
        guard case .builtInFailed(.status(.userVerificationInvalid, .clientPIN)) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("without a PIN, blocked built-in verification is done without where it is merely preferred")
    func builtInAloneBlocked() async throws {
        let options = ["uv": true, "pinUvAuthToken": true, "makeCredUvNotRqd": true]
        let preferring = VerifyingKey(options, answers: [6: [.userVerificationBlocked]])
        let person = RecordingInteraction()
        #expect(try await preferring.run(.preferred, with: person) == ["none"])
        #expect(
            person.asked == [
                .builtIn(.needed), .builtIn(.blocked), .goesUnverified(.userVerificationBlocked),
            ]
        )
        let demanding = VerifyingKey(options, answers: [6: [.userVerificationBlocked]])
        let error = await #expect(throws: UserVerificationError.self) {
            try await demanding.run(.required, with: RecordingInteraction())
        }
        guard case .builtInFailed(.status(.userVerificationBlocked, .clientPIN)) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(
        "a key without tokens verifies in the command itself, and its failure there falls back to the PIN",
        arguments: [
            StatusCode.operationDenied, .pinUVAuthTokenRequired, .pinBlocked, .userVerificationBlocked,
        ]
    )
    func builtInOption(status: StatusCode) async throws {
        let key = VerifyingKey(["uv": true, "clientPin": true], answers: [0: [status]])
        let person = RecordingInteraction(pins: ["1234"])
        #expect(try await key.run(.required, with: person) == ["uv", "token"])
        #expect(key.subCommands == [5])
        #expect(person.asked.last == .pin(.builtInFailed, retries: 8))
    }

    @Test("a key that demands verification only when it gets the command is obeyed, once")
    func unannounced() async throws {
        let key = VerifyingKey(Self.pinOptions, answers: [0: [.pinUVAuthTokenRequired]])
        let person = RecordingInteraction(pins: ["1234"])
        #expect(try await key.run(.discouraged, with: person) == ["none", "token"])
        let stubborn = VerifyingKey(Self.pinOptions, answers: [0: [.pinUVAuthTokenRequired, .pinUVAuthTokenRequired]])
        let error = await #expect(throws: UserVerificationError.self) {
            try await stubborn.run(.discouraged, with: RecordingInteraction(pins: ["1234", "1234"]))
        }
        guard case .session(.status(.pinUVAuthTokenRequired, .getAssertion)) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(stubborn.subCommands == [9])
    }

    @Test("a key that got its PIN since it was asked what it is, is asked again")
    func staleInfo() async throws {
        let key = VerifyingKey(
            ["clientPin": false, "pinUvAuthToken": true],
            answers: [0: [.pinUVAuthTokenRequired]],
            later: Self.pinOptions
        )
        #expect(try await key.run(.preferred, with: RecordingInteraction(pins: ["1234"])) == ["none", "token"])
    }
}

@Suite("Setting and changing a PIN with its user") struct PINDialogueTests {
    @Test("a new PIN that is too short, or that the key refuses, is chosen again")
    func set() async throws {
        let key = VerifyingKey(["clientPin": false, "pinUvAuthToken": true], answers: [3: [.pinPolicyViolation]])
        let person = RecordingInteraction(newPINs: ["123", "1234", "4711"])
        try await PINDialogue(key.session, with: person, person.operation).set()
        #expect(
            person.asked == [
                .newPIN(.set), .newPIN(.unfit(.tooShort(codePoints: 3, minimum: 4))), .newPIN(.refused),
            ]
        )
        #expect(key.subCommands == [3, 3])
    }

    @Test("a change asks for the PIN there is and for the new one, which a wrong old one does not use up")
    func change() async throws {
        let key = VerifyingKey(["clientPin": true, "pinUvAuthToken": true], answers: [4: [.pinInvalid]])
        let person = RecordingInteraction(pins: ["0000", "1234"], newPINs: ["4711"])
        _ = try await PINDialogue(key.session, with: person, person.operation).change()
        #expect(person.asked == [.pin(.change, retries: 8), .newPIN(.change), .pin(.wrong, retries: 8)])
        #expect(key.subCommands == [4, 4])
    }
}
