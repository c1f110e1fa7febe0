import CTAP2
import CTAPHID
import Testing
import VirtualAuthenticator
import WebAuthn

/// A reset as a program would write it, with a virtual key that is replugged.
@Suite(.timeLimit(.minutes(1))) struct ResetTests {
    /// The whole reset: choose the key, have it replugged, erase it.
    private func reset(
        _ keys: SecurityKeys,
        tell: @escaping @Sendable (String) -> Void
    ) async throws -> KeyDescription {
        let (_, key) = try await keys.withKey(within: .seconds(30), chosenByTouch: true) { key throws(SessionError) in
            _ = try await key.session.getInfo(key.operation)
        }
        tell("unplug \(key.name) and plug it in again")
        let again = try await keys.replugged(key, within: .seconds(30))
        tell("touch \(again.name) to erase it")
        _ = try await keys.limited(to: again).withKey(within: .seconds(10)) { key throws(SessionError) in
            try await key.session.send(ResetRequest(), key.operation)
        }
        return again
    }

    @Test func `a reset erases the key that was unplugged and plugged in again, and no other`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("key-")
        let plug: @Sendable (String) -> (@Sendable () throws -> sending any HIDDevice) = { name in
            {
                let storage = FileStorage(path: path + name)
                return VirtualHIDDevice(try VirtualKey(storage: storage, presence: TimedPresence(after: .zero)))
            }
        }
        let keys = PluggableKeys()
        let key = keys.plug("mine", plug("mine"))
        let made = try await client(plug("mine")).register(options, for: caller, Operation(within: .seconds(60)))

        let (reports, report) = AsyncStream.makeStream(of: String.self)
        let securityKeys = SecurityKeys(keys, interaction: RecordingKeyInteraction())
        let resetting = Task { try await reset(securityKeys) { report.yield($0) } }
        var sentences = reports.makeAsyncIterator()
        #expect(await sentences.next() == "unplug mine and plug it in again")
        // Another key is not mistaken for it.
        keys.plug("other", plug("other"))
        keys.unplug(key)
        let again = keys.plug("mine", plug("mine"))
        #expect(try await resetting.value == again)

        let login = RequestOptions(
            challenge: [1],
            rpId: "example.com",
            allowCredentials: [PublicKeyCredentialDescriptor(id: made.response.id)]
        )
        let error = await #expect(throws: CeremonyError.self) {
            try await client(plug("mine")).authenticate(login, for: caller, Operation(within: .seconds(60)))
        }
        #expect(error?.status == .noCredentials)
    }

    @Test func `a key that stays plugged in is waited for until the time is over`() async {
        let keys = PluggableKeys()
        let key = keys.plug("mine") { throw CTAPHIDError.disconnected }
        let securityKeys = SecurityKeys(keys, interaction: RecordingKeyInteraction())
        let error = await #expect(throws: SecurityKeysError<KeyAccessError>.self) {
            try await securityKeys.replugged(key, within: .milliseconds(50))
        }
        guard case .notReplugged(key) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    /// The key is replugged unobserved, such as before the first scan.
    @Test func `a key that was replugged already is taken at once`() async throws {
        let keys = PluggableKeys()
        let key = keys.plug("mine") { throw CTAPHIDError.disconnected }
        keys.unplug(key)
        let again = keys.plug("mine") { throw CTAPHIDError.disconnected }
        let securityKeys = SecurityKeys(keys, interaction: RecordingKeyInteraction())
        #expect(try await securityKeys.replugged(key, within: .seconds(30)) == again)
    }

    @Test func `the person is asked to unplug the key, then to plug it in again`() async throws {
        let keys = PluggableKeys()
        let key = keys.plug("mine") { throw CTAPHIDError.disconnected }
        let interaction = RecordingKeyInteraction()
        let replugging = Task {
            try await SecurityKeys(keys, interaction: interaction).replugged(key, within: .seconds(30))
        }
        await interaction.waits(for: .event(.waitingForRemoval(key)))
        keys.unplug(key)
        await interaction.waits(for: .event(.waitingForReturn(key)))
        let again = keys.plug("mine") { throw CTAPHIDError.disconnected }
        #expect(try await replugging.value == again)
        #expect(interaction.reports.last == .event(.added(again)))
    }

    private let caller = Caller.clientDataHash([UInt8](repeating: 7, count: 32))

    private var options: CreationOptions {
        CreationOptions(
            challenge: [],
            rp: PublicKeyCredentialRpEntity(id: "example.com"),
            user: PublicKeyCredentialUserEntity(id: [1], name: "alice")
        )
    }

    private func client(_ open: @Sendable () throws -> sending any HIDDevice) throws -> WebAuthnClient {
        WebAuthnClient(Session(Connection(try open())))
    }
}
