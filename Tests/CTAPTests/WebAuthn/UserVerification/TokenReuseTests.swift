import CTAP2
import CTAPHID
import Testing
import VirtualAuthenticator
import WebAuthn

/// One verification of the user covers all requests of an operation.
@Suite("A token") struct TokenReuseTests {
    private static let caller = Caller.clientDataHash([UInt8](repeating: 7, count: 32))
    private static let unknown = (1...3).map { PublicKeyCredentialDescriptor(id: [UInt8](repeating: $0, count: 32)) }

    /// A key with a PIN that accepts one credential in a list.
    private func bench() throws -> (client: WebAuthnClient, person: RecordingInteraction, tap: RequestTap) {
        let scenario = try Scenario(json: Array(#"{"key": {"pin": "1234", "maxCredentialCountInList": 1}}"#.utf8))
        let key = try ScenarioKey(scenario, storage: MemoryStorage(), presence: TimedPresence(after: .zero))
        let tap = RequestTap()
        let person = RecordingInteraction(pins: ["1234", "1234"])
        let session = Session(Connection(TappedDevice(VirtualHIDDevice(key), into: tap)))
        return (WebAuthnClient(session, interaction: person), person, tap)
    }

    private func creation(excluding list: [PublicKeyCredentialDescriptor] = []) -> CreationOptions {
        var options = CreationOptions(
            challenge: [],
            rp: PublicKeyCredentialRpEntity(id: "example.com"),
            user: PublicKeyCredentialUserEntity(id: [1], name: "alice")
        )
        options.excludeCredentials = list
        options.userVerification = .required
        return options
    }

    /// The sent commands, and whether each had a pinUvAuthParam.
    private func operations(_ tap: RequestTap) -> [String] {
        tap.all.compactMap { command, members in
            switch command {
            case .makeCredential: "makeCredential \(members[8] != nil)"
            case .getAssertion: "getAssertion \(members[6] != nil)"
            default: nil
            }
        }
    }

    @Test("serves the search of a long exclude list and the registration after it")
    func register() async throws {
        let (client, person, tap) = try bench()
        _ = try await client.register(creation(excluding: Self.unknown), for: Self.caller, person.operation)
        #expect(person.asked == [.pin(.needed, retries: 8)])
        #expect(
            operations(tap) == Array(repeating: "getAssertion true", count: 2) + ["makeCredential true"]
        )
        let token = tap.all.first { $0.command == .clientPIN && $0.members[2] == 9 }?.members
        // mc and ga, for this relying party.
        #expect(token?[9] == 3)
        #expect(token?[10] == "example.com")
    }

    @Test("serves the search of a long allow list and the login after it; the next login asks anew")
    func authenticate() async throws {
        let (client, person, tap) = try bench()
        let made = try await client.register(creation(), for: Self.caller, person.operation).response.id
        let login = RequestOptions(
            challenge: [],
            rpId: "example.com",
            allowCredentials: Self.unknown + [PublicKeyCredentialDescriptor(id: made)],
            userVerification: .required
        )
        #expect(try await client.authenticate(login, for: Self.caller, person.operation).first?.response.id == made)
        #expect(person.asked == [.pin(.needed, retries: 8), .pin(.needed, retries: 8)])
        #expect(operations(tap) == ["makeCredential true"] + Array(repeating: "getAssertion true", count: 4))
    }
}
