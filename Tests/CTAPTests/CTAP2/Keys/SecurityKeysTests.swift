import CTAP2
import CTAPHID
import Testing
import VirtualAuthenticator
import WebAuthn

/// Operations on whichever key the user chooses, with virtual keys.
@Suite(.timeLimit(.minutes(3))) struct SecurityKeysTests {
    private let keys = PluggableKeys()
    private let person = RecordingKeyInteraction()

    private var securityKeys: SecurityKeys { SecurityKeys(keys, interaction: person) }

    /// Opens a key whose user touches it after a while, or never.
    private static func virtual(
        touchedAfter delay: Duration?,
        scenario: String = "{}"
    ) -> @Sendable () throws -> sending any HIDDevice {
        {
            VirtualHIDDevice(
                try ScenarioKey(
                    Scenario(json: Array(scenario.utf8)),
                    storage: MemoryStorage(),
                    presence: TimedPresence(after: delay)
                )
            )
        }
    }

    private var creation: CreationOptions {
        CreationOptions(
            challenge: [1],
            rp: PublicKeyCredentialRpEntity(id: "example.com"),
            user: PublicKeyCredentialUserEntity(id: [1], name: "alice")
        )
    }

    private func page() throws -> Caller { .page(origin: try Origin("https://example.com")) }

    @Test func `an operation waits for a key and goes on with the one that is plugged in`() async throws {
        async let made = securityKeys.register(creation, for: page(), within: .seconds(60))
        await person.waits(for: .event(.waitingForKey))
        let key = keys.plug("late", Self.virtual(touchedAfter: .zero))
        #expect(try await made.key == key)
        #expect(person.reports.last == .event(.chosen(key)))
    }

    @Test func `the touched key decides, and nothing is reported of any other key after that`() async throws {
        let touched = keys.plug("touched", Self.virtual(touchedAfter: .milliseconds(300)))
        keys.plug("other", Self.virtual(touchedAfter: nil))
        let made = try await securityKeys.register(creation, for: page(), within: .seconds(60))
        #expect(made.key == touched)
        let reports = person.reports
        let decision = try #require(reports.firstIndex(of: .event(.chosen(touched))))
        for late in reports[decision...].dropFirst() {
            if case .activity(.touchNeeded, _) = late { Issue.record("\(late)") }
        }
    }

    @Test func `with several keys that have a PIN the touched one alone is asked for it`() async throws {
        let person = RecordingKeyInteraction(pins: ["1234"])
        let touched = keys.plug("touched", Self.virtual(touchedAfter: .milliseconds(300), scenario: Self.withPIN))
        keys.plug("other", Self.virtual(touchedAfter: nil, scenario: Self.withPIN))
        let made = try await SecurityKeys(keys, interaction: person)
            .register(creation, for: page(), within: .seconds(60))
        #expect(made.key == touched)
        let asked = person.reports.filter { if case .pin = $0 { true } else { false } }
        #expect(asked == [.pin("touched")])
    }

    private static let withPIN = #"{"key": {"pin": "1234"}}"#

    @Test func `a wrong PIN that ends the operation names the tries that are left`() async throws {
        let person = RecordingKeyInteraction(pins: ["0000"])
        keys.plug("key", Self.virtual(touchedAfter: .zero, scenario: Self.withPIN))
        let error = await #expect(throws: SecurityKeysError<SessionError>.self) {
            try await SecurityKeys(keys, interaction: person).withKey(within: .seconds(60)) {
                key throws(SessionError) in
                var typed = Array("0000".utf8)
                let pin = try? PIN(Secret(wiping: &typed))
                guard let pin else { throw .status(.other, .clientPIN) }
                return try await key.session.getToken(
                    usingPIN: pin,
                    permissions: .getAssertion,
                    rpId: "example.com",
                    key.operation
                ).permissions
            }
        }
        guard case .failed(.status(.pinInvalid, _), _, pinRetries: 7) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `where another key may have the credential, one without it does not end the login`() async throws {
        let wrong = keys.plug("wrong", Self.virtual(touchedAfter: .zero))
        let folder = try TemporaryFolder()
        let path = folder.path("key")
        let open: @Sendable () throws -> sending any HIDDevice = {
            let storage = FileStorage(path: path)
            return VirtualHIDDevice(try VirtualKey(storage: storage, presence: TimedPresence(after: .zero)))
        }
        let made = try await WebAuthnClient(Session(Connection(try open())))
            .register(creation, for: page(), Operation(within: .seconds(60)))
        let options = RequestOptions(
            challenge: [1],
            rpId: "example.com",
            allowCredentials: [PublicKeyCredentialDescriptor(id: made.response.id)]
        )
        async let login = securityKeys.authenticate(
            options,
            for: page(),
            within: .seconds(60),
            waitsForAnotherKey: true
        )
        await person.waits(for: .event(.unsuitable(wrong)))
        let right = keys.plug("right", open)
        #expect(try await login.key == right)
    }

    @Test func `without a key at all it ends at its time and says so`() async {
        let error = await #expect(throws: SecurityKeysError<CeremonyError>.self) {
            try await securityKeys.register(creation, for: page(), within: .milliseconds(50))
        }
        guard case .timedOut([]) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `a time-out says what each key last did`() async {
        let key = keys.plug("untouched", Self.virtual(touchedAfter: nil))
        let error = await #expect(throws: SecurityKeysError<SessionError>.self) {
            try await securityKeys.withKey(within: .seconds(30)) { key throws(SessionError) in
                key.operation.report(.touchNeeded)
                try? await Task.sleep(for: .seconds(600))
                throw .transport(.cancelled(.cbor, response: nil), .selection)
            }
        }
        guard case .timedOut(let waiting) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(waiting.map(\.key) == [key])
        #expect(waiting.first?.lastActivity == .touchNeeded)
    }

    /// Either the key or the race may notice the deadline first; a login on a busy key once ended in one of two ways.
    @Test(arguments: [CTAPHIDError.timedOut(.cbor), .inUse(path: "/dev/x"), .device(.channelBusy, .cbor)])
    func `a key that notices the deadline first is a time-out too`(error: CTAPHIDError) async {
        let key = keys.plug("slow", Self.virtual(touchedAfter: nil))
        let thrown = await #expect(throws: SecurityKeysError<SessionError>.self) {
            try await securityKeys.withKey(within: .seconds(60)) { key throws(SessionError) in
                key.operation.report(.inUseByAnother)
                throw .transport(error, .getAssertion)
            }
        }
        guard case .timedOut(let waiting) = thrown else {
            Issue.record("\(String(describing: thrown))")
            return
        }
        #expect(waiting.map(\.key) == [key])
        #expect(waiting.first?.lastActivity == .inUseByAnother)
    }

    @Test func `cancelling the task is reported and ends it`() async throws {
        keys.plug("untouched", Self.virtual(touchedAfter: nil))
        let task = Task { try await securityKeys.register(creation, for: page(), within: .seconds(60)) }
        await person.waits(for: .activity(.touchNeeded, "untouched"))
        task.cancel()
        let error = await #expect(throws: SecurityKeysError<CeremonyError>.self) { try await task.value }
        guard case .cancelled = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(person.reports.contains(.event(.cancelling)))
    }
}
