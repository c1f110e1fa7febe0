import CTAP2
import CTAPHID
import Testing
import VirtualAuthenticator
import WebAuthn

/// Each kind of key behaves as docs/user-verification.md says.
@Suite("The page on user verification") struct UserVerificationTableTests {
    private static let caller = Caller.clientDataHash([UInt8](repeating: 7, count: 32))

    @Test("it has a row for register and assert with ten kinds of keys") func complete() {
        let keys = Set(UserVerificationTable.cells.map(\.key))
        #expect(keys.count >= 10)
        #expect(UserVerificationTable.cells.count == keys.count * 2 * 3)
    }

    @Test("and is right", arguments: UserVerificationTable.cells)
    func right(cell: UserVerificationTable.Cell) async throws {
        let folder = try TemporaryFolder()
        let credential = try await credentialMade(in: folder)
        let scenario = try Scenario(
            json: Array(TextFile.contents(Product.project + "/scenarios/keys/" + cell.key).utf8)
        )
        let key = try ScenarioKey(
            scenario,
            storage: FileStorage(path: folder.path("key")),
            presence: TimedPresence(after: .zero)
        )
        let tap = RequestTap()
        let person = RecordingInteraction(pins: ["1234"], newPINs: ["567890"])
        let session = Session(Connection(TappedDevice(VirtualHIDDevice(key), into: tap)))
        let client = WebAuthnClient(session, interaction: person)
        let result: String
        do throws(CeremonyError) {
            let flags = try await run(cell, with: client, credential, person.operation)
            result = flags.contains(.userVerified) ? "verified" : "touch"
        } catch {
            result = name(of: error)
        }
        let parts = [
            person.asked.compactMap(\.name).joined(separator: ", "),
            tap.all.compactMap(Self.name).joined(separator: ", "),
        ]
        let happened = (parts.map { $0.isEmpty ? "–" : $0 } + [result]).joined(separator: "; ")
        #expect(happened == cell.text)
    }

    /// A credential that was created while the key did not require verification.
    private func credentialMade(in folder: TemporaryFolder) async throws -> [UInt8] {
        let storage = FileStorage(path: folder.path("key"))
        let key = try VirtualKey(storage: storage, presence: TimedPresence(after: .zero))
        let client = WebAuthnClient(Session(Connection(VirtualHIDDevice(key))))
        var options = creation
        options.userVerification = .discouraged
        return try await client.register(options, for: Self.caller, Operation(within: .seconds(60))).response.id
    }

    /// The flags in the signed authenticator data.
    private func run(
        _ cell: UserVerificationTable.Cell,
        with client: WebAuthnClient,
        _ credential: [UInt8],
        _ operation: CTAP2.Operation
    ) async throws(CeremonyError) -> AuthenticatorDataFlags {
        switch cell.operation {
        case .register:
            var options = creation
            options.userVerification = cell.requirement
            return try await client.register(options, for: Self.caller, operation).attestation.authData.flags
        case .assert:
            let options = RequestOptions(
                challenge: [],
                rpId: "example.com",
                allowCredentials: [PublicKeyCredentialDescriptor(id: credential)],
                userVerification: cell.requirement
            )
            let answer = try await client.authenticate(options, for: Self.caller, operation).first?.response
            let authData = answer.flatMap { try? AuthenticatorData($0.authenticatorData) }
            return authData?.flags ?? []
        }
    }

    private var creation: CreationOptions {
        CreationOptions(
            challenge: [],
            rp: PublicKeyCredentialRpEntity(id: "example.com"),
            user: PublicKeyCredentialUserEntity(id: [1], name: "alice")
        )
    }

    private func name(of error: CeremonyError) -> String {
        switch error {
        case .session(.status(let status, _)): status.name
        case .userVerification(.impossible(let obstacle)): "\(obstacle)"
        default: "\(error)"
        }
    }

    /// The verification in a request: its subcommand, or how the operation was authorized.
    private static func name(of request: (command: CTAPCommand, members: CBORMap)) -> String? {
        let members = request.members
        switch request.command {
        case .clientPIN:
            switch members[2]?.int ?? 0 {
            case 4: return "changePIN"
            case 5: return "getPinToken"
            case 6: return "token by UV"
            case 9: return "token by PIN"
            default: return nil
            }
        case .makeCredential, .getAssertion:
            let isRegistration = request.command == .makeCredential
            if members[isRegistration ? 8 : 6] != nil { return "pinUvAuthParam" }
            let uv = members[isRegistration ? 7 : 5]?.map?["uv"]
            return uv == true ? "uv" : "nothing"
        default: return nil
        }
    }
}

extension RecordingInteraction.Asked {
    /// The name on the page; `nil` for reports, which are not prompts.
    fileprivate var name: String? {
        switch self {
        case .pin(_, retries: 8): "PIN"
        case .pin(_, let retries): "PIN (\(retries) left)"
        case .newPIN: "new PIN"
        case .builtIn(.needed): "fingerprint"
        case .builtIn, .goesUnverified: nil
        }
    }
}
