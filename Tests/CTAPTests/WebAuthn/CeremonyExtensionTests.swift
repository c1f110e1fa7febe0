import CTAP2
import CTAPHID
import Testing
import VirtualAuthenticator
import WebAuthn

/// Extensions from a page's options to the key and back, with a test extension on both sides.
@Suite struct CeremonyExtensionTests {
    private typealias JSONValue = WebAuthn.JSONValue

    /// The key's part: stores a text with the credential and returns it.
    private struct KeyNote: KeyExtension {
        let identifier = "note"

        func takesMakeInput(_ input: CBORValue) -> Bool { input.text != nil }
        func takesAssertInput(_ input: CBORValue) -> Bool { input == true }

        func make(
            _ input: CBORValue,
            keeping data: inout CBORMap,
            _ context: ExtensionContext
        ) throws(Refusal) -> CBORValue? {
            data[1] = input
            return true
        }

        func assert(
            _ input: CBORValue,
            with data: CBORMap,
            _ context: ExtensionContext
        ) throws(Refusal) -> CBORValue? { data[1] }
    }

    /// The client's part for registrations: the input is the page's text, the output whether it was stored.
    private struct WriteNote: RegistrationExtension {
        private let text: String

        init?(_ options: CreationOptions, key: AuthenticatorInfo) throws(ExtensionError) {
            guard let input = options.extensions.members["note"], key.extensions.contains("note") else { return nil }
            guard case .string(let text) = input else {
                throw .input(ExtensionInputError(identifier: "note", reason: "it is not a text"))
            }
            self.text = text
        }

        func prepare(
            _ request: inout MakeCredentialRequest,
            _ session: Session,
            _ operation: CTAP2.Operation
        ) async throws(SessionError) {
            request.extensions["note"] = .text(text)
        }

        func finish(
            _ response: MakeCredentialResponse,
            into outputs: inout ClientExtensionOutputs
        ) throws(ResponseError) {
            outputs.members["note"] = .bool(response.authData.extensions?["note"] == true)
        }
    }

    /// The client's part for logins: the output is the stored text.
    private struct ReadNote: AuthenticationExtension {
        init?(_ options: RequestOptions, key: AuthenticatorInfo) throws(ExtensionError) {
            guard options.extensions.members["note"] != nil, key.extensions.contains("note") else { return nil }
        }

        func prepare(
            _ request: inout GetAssertionRequest,
            _ session: Session,
            _ operation: CTAP2.Operation
        ) async throws(SessionError) {
            request.extensions["note"] = true
        }

        func finish(
            _ response: GetAssertionResponse,
            token: PINUVAuthToken?,
            _ session: Session,
            _ operation: CTAP2.Operation,
            into outputs: inout ClientExtensionOutputs
        ) async throws(SessionError) {
            outputs.members["note"] = response.authData.extensions?["note"]?.text.map(JSONValue.string)
        }
    }

    private let caller = Caller.clientDataHash([UInt8](repeating: 7, count: 32))
    private var operation: CTAP2.Operation { Operation(within: .seconds(60)) }

    private func client(has extensions: [any KeyExtension] = [KeyNote()]) throws -> WebAuthnClient {
        var settings = KeySettings()
        settings.extensions = KeyExtensions(extensions)
        let key = try VirtualKey(
            settings: settings,
            storage: MemoryStorage(),
            presence: TimedPresence(after: .zero)
        )
        return WebAuthnClient(
            Session(Connection(VirtualHIDDevice(key))),
            extensions: CeremonyExtensions(registration: [WriteNote.self], authentication: [ReadNote.self])
        )
    }

    private func creation(_ inputs: [String: JSONValue]) -> CreationOptions {
        var options = CreationOptions(
            challenge: [],
            rp: PublicKeyCredentialRpEntity(id: "example.com"),
            user: PublicKeyCredentialUserEntity(id: [1], name: "alice")
        )
        options.extensions = ClientExtensionInputs(inputs)
        return options
    }

    private func request(_ inputs: [String: JSONValue], allowing id: [UInt8]) -> RequestOptions {
        var options = RequestOptions(
            challenge: [],
            rpId: "example.com",
            allowCredentials: [PublicKeyCredentialDescriptor(id: id)]
        )
        options.extensions = ClientExtensionInputs(inputs)
        return options
    }

    @Test func `an input goes to the key, and its output into the response and its JSON`() async throws {
        let client = try client()
        let made = try await client.register(creation(["note": "kept"]), for: caller, operation)
        #expect(made.response.clientExtensionResults.members == ["note": true])
        let read = try RegistrationResponse(json: JSON.encode(made.response))
        #expect(read.clientExtensionResults == made.response.clientExtensionResults)

        let options = request(["note": true], allowing: made.response.id)
        let login = try #require(try await client.authenticate(options, for: caller, operation).first).response
        #expect(login.clientExtensionResults.members == ["note": "kept"])
        #expect(try AuthenticationResponse(json: JSON.encode(login)).clientExtensionResults.members == ["note": "kept"])
    }

    @Test func `without an input there is no output, and an unknown input is ignored`() async throws {
        let client = try client()
        for inputs in [[:], ["other": true]] as [[String: JSONValue]] {
            let made = try await client.register(creation(inputs), for: caller, operation)
            #expect(made.response.clientExtensionResults.members.isEmpty)
            let options = request(inputs, allowing: made.response.id)
            let login = try #require(try await client.authenticate(options, for: caller, operation).first)
            #expect(login.response.clientExtensionResults.members.isEmpty)
        }
    }

    @Test func `a key without the extension is not asked for it`() async throws {
        let made = try await client(has: []).register(creation(["note": "kept"]), for: caller, operation)
        #expect(made.response.clientExtensionResults.members.isEmpty)
    }

    @Test func `an input of the wrong type is refused before the key is asked`() async throws {
        let error = await #expect(throws: CeremonyError.self) {
            try await client().register(creation(["note": 7]), for: caller, operation)
        }
        guard case .extensionInput(let input) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(input.identifier == "note")
    }

    /// Such an output would mislead anyone who relied on it.
    @Test(arguments: ["make", "assert"])
    func `an output that was not asked for is refused`(command: String) async throws {
        let rpIdHash = RelyingPartyID.hash(of: "example.com")
        let extensions = CBOREncoder.encode(["note": true] as CBORMap)
        let key = AnsweringKey { command, _ in
            guard command != .getInfo else { return info([2: ["note"]]) }
            if command == .getAssertion {
                return success([2: .bytes(rpIdHash + [0x81, 0, 0, 0, 1] + extensions), 3: .bytes([1])])
            }
            let publicKey = hex("a3010703262040")
            let credential = [UInt8](repeating: 0, count: 16) + [0, 1, 9] + publicKey
            return success([
                1: "none", 2: .bytes(rpIdHash + [0xC1, 0, 0, 0, 1] + credential + extensions), 3: [:],
            ])
        }
        let client = WebAuthnClient(Session(Connection(key)))
        let error = await #expect(throws: CeremonyError.self) {
            if command == "make" {
                _ = try await client.register(creation([:]), for: caller, operation)
            } else {
                _ = try await client.authenticate(request([:], allowing: [9]), for: caller, operation)
            }
        }
        guard case .session(.malformed(.unrequestedExtension("note"), _)) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
