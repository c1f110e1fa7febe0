import CTAP2
import CTAPHID
import Testing
import VirtualAuthenticator
import WebAuthn

/// A page with extensions, this library's client, and a virtual key, by default with the PIN 1234.
struct ExtensionBench {
    typealias JSONValue = WebAuthn.JSONValue

    let client: WebAuthnClient
    let tap = RequestTap()
    private let person: RecordingInteraction

    /// `members` are those of a scenario's key.
    init(_ members: String = #""pin": "1234""#) throws {
        let scenario = try Scenario(json: Array(#"{"key": {\#(members)}}"#.utf8))
        let key = try ScenarioKey(scenario, storage: MemoryStorage(), presence: TimedPresence(after: .zero))
        person = RecordingInteraction(pins: Array(repeating: "1234", count: 20))
        let session = Session(Connection(TappedDevice(VirtualHIDDevice(key), into: tap)))
        client = WebAuthnClient(session, interaction: person)
    }

    private static let caller = Caller.clientDataHash([UInt8](repeating: 7, count: 32))

    /// A registration with these inputs.
    func register(
        _ inputs: [String: JSONValue],
        user: UInt8 = 1,
        residentKey: CreationOptions.ResidentKey = .required,
        userVerification: UserVerificationRequirement = .discouraged
    ) async throws -> Registration {
        var options = CreationOptions(
            challenge: [],
            rp: PublicKeyCredentialRpEntity(id: "example.com"),
            user: PublicKeyCredentialUserEntity(id: [user], name: "alice")
        )
        options.residentKey = residentKey
        options.userVerification = userVerification
        options.extensions = ClientExtensionInputs(inputs)
        return try await client.register(options, for: Self.caller, person.operation)
    }

    /// The logins with these inputs; without `ids` with any discoverable credential.
    func logIn(
        _ inputs: [String: JSONValue],
        allowing ids: [[UInt8]] = [],
        userVerification: UserVerificationRequirement = .discouraged
    ) async throws -> [Authentication] {
        var options = RequestOptions(
            challenge: [],
            rpId: "example.com",
            allowCredentials: ids.map { PublicKeyCredentialDescriptor(id: $0) },
            userVerification: userVerification
        )
        options.extensions = ClientExtensionInputs(inputs)
        return try await client.authenticate(options, for: Self.caller, person.operation)
    }

    /// The outputs of the first login.
    func outputs(
        _ inputs: [String: JSONValue],
        allowing ids: [[UInt8]] = [],
        userVerification: UserVerificationRequirement = .discouraged
    ) async throws -> [String: JSONValue] {
        let logins = try await logIn(inputs, allowing: ids, userVerification: userVerification)
        return try #require(logins.first).response.clientExtensionResults.members
    }

    /// Expects that `body` fails with this exception about the input of `identifier`, before the key is asked to do
    /// anything.
    func expect(
        _ exception: ExtensionInputError.Exception,
        of identifier: String,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ body: () async throws -> Void
    ) async {
        let error = await #expect(throws: CeremonyError.self, sourceLocation: sourceLocation) { try await body() }
        guard case .extensionInput(let input) = error else {
            Issue.record("\(String(describing: error))", sourceLocation: sourceLocation)
            return
        }
        #expect(input.identifier == identifier, sourceLocation: sourceLocation)
        #expect(input.exception == exception, "\(input.reason)", sourceLocation: sourceLocation)
        #expect(requests(.makeCredential).isEmpty && requests(.getAssertion).isEmpty, sourceLocation: sourceLocation)
    }

    /// The requests with this command so far.
    func requests(_ command: CTAPCommand) -> [CBORMap] {
        tap.all.filter { $0.command == command }.map(\.members)
    }
}

extension [UInt8] {
    /// As JSON holds bytes.
    var json: WebAuthn.JSONValue { .string(Base64URL.encode(self)) }
}

extension WebAuthn.JSONValue {
    /// The bytes of a string in base64url.
    var bytes: [UInt8]? {
        if case .string(let text) = self { try? Base64URL.decode(text) } else { nil }
    }
}
