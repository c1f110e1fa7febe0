import CTAP2
import CTAPHID
import Testing

/// A key with unsupported PIN/UV auth protocols only: a PIN cannot be sent, so there is no prompt.
@Suite struct UnusablePINProtocolTests {
    private func session(_ options: [String: Bool], log: RequestLog) -> Session {
        Session(
            Connection(
                AnsweringKey(log: log) { command, _ in
                    command == .getInfo ? info([4: optionMap(options), 6: [99]]) : [0]
                }
            )
        )
    }

    private func run(
        _ requirement: UserVerificationRequirement,
        _ options: [String: Bool],
        canEnterPIN: Bool,
        log: RequestLog = RequestLog()
    ) async throws(UserVerificationError) -> UserVerification {
        let person = RecordingInteraction(pins: ["1234"], canEnterPIN: canEnterPIN)
        let authorization = Authorization(.getAssertion, permissions: .getAssertion, requirement: requirement)
        let verifier = UserVerifier(
            session(options, log: log),
            for: authorization,
            interaction: person,
            person.operation
        )
        defer { #expect(!person.asked.contains { $0 != .builtIn(.needed) }) }
        return try await verifier.run { verification throws(SessionError) in verification }
    }

    /// With `--no-input` the error once blamed the forbidden PIN prompt.
    @Test(arguments: [true, false], [["clientPin": true], ["uv": true, "clientPin": true, "pinUvAuthToken": true]])
    func `verification that is demanded is unsupported, whoever may be asked`(
        canEnterPIN: Bool,
        options: [String: Bool]
    ) async {
        let log = RequestLog()
        let error = await #expect(throws: UserVerificationError.self) {
            _ = try await run(.required, options, canEnterPIN: canEnterPIN, log: log)
        }
        guard case .session(.refused(.noPINUVAuthProtocol, .clientPIN)) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(log.commands == [.getInfo])
    }

    @Test(arguments: [true, false])
    func `verification that is preferred is done without`(canEnterPIN: Bool) async throws {
        let verification = try await run(.preferred, ["clientPin": true], canEnterPIN: canEnterPIN)
        guard case .none = verification else { Issue.record("\(verification)"); return }
    }

    @Test func `built-in verification by the option uv needs no protocol`() async throws {
        let verification = try await run(.required, ["uv": true, "clientPin": true], canEnterPIN: true)
        guard case .builtInOption = verification else { Issue.record("\(verification)"); return }
    }

    @Test(arguments: [true, false])
    func `a PIN is neither set nor changed`(isSet: Bool) async {
        let person = RecordingInteraction(pins: ["1234"], newPINs: ["12345"])
        let dialogue = PINDialogue(session(["clientPin": isSet], log: RequestLog()), with: person, person.operation)
        for action in [{ try await dialogue.set() }, { _ = try await dialogue.change() }] as [() async throws -> Void] {
            let error = await #expect(throws: UserVerificationError.self) { try await action() }
            guard case .session(.refused(.noPINUVAuthProtocol, .clientPIN)) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
        #expect(person.asked.isEmpty)
    }
}
