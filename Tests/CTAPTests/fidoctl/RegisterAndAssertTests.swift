import Testing
import WebAuthn

/// The main use of the real program: register, log in, and detect any change in between.
@Suite struct RegisterAndAssertTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func fidoctl(_ arguments: String...) async throws -> CommandLineRun {
        try await CommandLineRun(arguments)
    }

    private func fidoctl(_ arguments: [String]) async throws -> CommandLineRun {
        try await CommandLineRun(arguments)
    }

    /// A credential's registration, as JSON.
    private func register(_ more: String...) async throws -> String {
        let run = try await fidoctl(
            ["register", "--rp-id", "example.com", "--user", "alice", "--json"] + folder.device + more
        )
        #expect(run.end == .exit(0), "\(run.errors)")
        return run.output
    }

    private func login(_ credential: String, _ more: String...) async throws -> CommandLineRun {
        try await fidoctl(["assert", "--credential", credential, "--json"] + folder.device + more)
    }

    @Test func loginIsVerified() async throws {
        let credential = try folder.file("cred.json", await register())
        let login = try await login(credential)
        #expect(login.end == .exit(0), "\(login.errors)")
        let assertion = try folder.file("login.json", login.output)
        let verified = try await fidoctl("verify", assertion, "--credential", credential, "--json")
        #expect(verified.end == .exit(0), "\(verified.errors)")
        let again = try await fidoctl("verify", credential)
        #expect(again.end == .exit(0), "\(again.errors)")
    }

    /// Every one-byte change of register's output, with its member.
    @Test(arguments: [
        ("attestationObject", -1), ("attestationObject", -40), ("attestationObject", -70), ("attestationObject", 40),
        ("publicKey", -1), ("publicKey", 30), ("publicKey", 0), ("authenticatorData", 0), ("authenticatorData", 32),
        ("authenticatorData", -1), ("clientDataJSON", 12), ("clientDataJSON", 45), ("clientDataJSON", -20),
        ("rawId", 0), ("id", 5),
    ])
    func changedRegistrationIsNoticed(member: String, index: Int) async throws {
        let changed = try await register().flippingBit(of: member, at: index)
        let credential = try folder.file("cred.json", changed)
        let run = try await login(credential)
        #expect(run.end == .exit(20), "\(run.errors)")
        #expect(try run.failure()["code"] == .text("not-verified"))
        let verified = try await fidoctl("verify", credential)
        #expect(verified.end == .exit(20), "\(verified.errors)")
        #expect(verified.output.isEmpty)
    }

    /// Every one-byte change of assert's output.
    @Test(arguments: [
        ("signature", 0), ("signature", 10), ("signature", -1), ("authenticatorData", 0), ("authenticatorData", 32),
        ("authenticatorData", -1), ("clientDataJSON", 12), ("clientDataJSON", 45), ("clientDataJSON", -20),
        ("id", 0), ("rawId", 0),
    ])
    func changedLoginIsNoticed(member: String, index: Int) async throws {
        let credential = try folder.file("cred.json", await register())
        let login = try await login(credential)
        let changed = try folder.file("login.json", login.output.flippingBit(of: member, at: index))
        let verified = try await fidoctl("verify", changed, "--credential", credential)
        #expect(verified.end == .exit(20), "\(verified.errors)")
    }

    @Test func anotherKeysCredentialDoesNotVerify() async throws {
        let credential = try folder.file("cred.json", await register())
        let other = try folder.file("other.json", await register())
        let login = try folder.file("login.json", await login(credential).output)
        let verified = try await fidoctl("verify", login, "--credential", other)
        #expect(verified.end == .exit(20))
    }

    @Test(arguments: [
        ["--challenge", "AAAA"], ["--origin", "https://other.example"], ["--origin", "https://www.example.com"],
        ["--rp-id", "other.example"], ["--rp-id", "www.example.com"], ["--user-verification", "required"],
        ["--client-data-hash", String(repeating: "A", count: 43)],
    ])
    func verifyComparesWithTheRequest(known: [String]) async throws {
        let credential = try folder.file("cred.json", await register("--challenge", "AQID"))
        let verified = try await fidoctl(["verify", credential] + known)
        #expect(verified.end == .exit(20), "\(verified.errors)")
    }

    @Test func verifyAcceptsTheRequestThatWasMade() async throws {
        let registration = try await register("--challenge", "-_-_", "--origin", "https://login.example.com:8443")
        let credential = try folder.file("cred.json", registration)
        let known = ["--challenge", "-_-_", "--origin", "https://login.example.com:8443", "--rp-id", "example.com"]
        let verified = try await fidoctl(["verify", credential, "--json"] + known)
        #expect(verified.end == .exit(0), "\(verified.errors)")
        #expect(verified.errors.isEmpty)
        #expect(verified.output.contains(#""rpId":"example.com""#))
    }

    @Test func foreignRPIDIsNoticedBeforeTheLogin() async throws {
        let credential = try folder.file("cred.json", await register())
        #expect(try await login(credential, "--rp-id", "example.org").end == .exit(20))
    }

    @Test func severalCredentialsMayLogIn() async throws {
        let first = try folder.file("1.json", await register())
        let second = try folder.file("2.json", await register())
        let run = try await fidoctl(["assert", "--credential", first, second] + folder.device)
        #expect(run.end == .exit(0), "\(run.errors)")
    }

    @Test func bareHashNeedsTheRPIDToBeTold() async throws {
        let hash = Base64URL.encode(Array(repeating: 0xFB, count: 32))
        let registration = try await register("--client-data-hash", hash)
        #expect(registration.contains("\"clientDataHash\":\"\(hash)\""))
        let credential = try folder.file("cred.json", registration)
        #expect(try await login(credential, "--client-data-hash", hash).end == .exit(64))
        let run = try await login(credential, "--client-data-hash", hash, "--rp-id", "example.com")
        #expect(run.end == .exit(0), "\(run.errors)")
        let given = ["--client-data-hash", hash]
        #expect(try await fidoctl(["verify", credential, "--rp-id", "example.com"] + given).end == .exit(0))
        #expect(try await fidoctl(["verify", credential, "--rp-id", "example.org"] + given).end == .exit(20))
        #expect(try await fidoctl("verify", credential, "--rp-id", "example.com").end == .exit(20))
    }

    @Test func discoverableAccountsLogInWithoutBeingNamed() async throws {
        for user in ["alice", "b\u{202E}ob"] {
            let more = ["--discoverable", "--user", user, "--user-id", Base64URL.encode(Array(user.utf8))]
            let run = try await fidoctl(["register", "--rp-id", "example.com"] + folder.device + more)
            #expect(run.end == .exit(0))
        }
        let run = try await fidoctl(["assert", "--rp-id", "example.com", "--json"] + folder.device)
        #expect(run.end == .exit(0))
        #expect(run.output.contains("\"userHandle\":\"\(Base64URL.encode(Array("b\u{202E}ob".utf8)))\""))
        #expect(run.errors.contains("has 2 accounts of example.com"))
        #expect(!run.errors.contains("\u{202E}"))
    }

    @Test func fido2ToolsFormatHasTheirLines() async throws {
        let made = try await fidoctl(
            ["register", "--rp-id", "example.com", "--format", "fido2-tools", "--discoverable"] + folder.device
        )
        let credential = made.output.split(separator: "\n")
        #expect(credential.count == 7)
        #expect(credential[1] == "example.com")
        #expect(credential[2] == "packed")
        let got = try await fidoctl(["assert", "--rp-id", "example.com", "--format", "fido2-tools"] + folder.device)
        #expect(got.output.split(separator: "\n").count == 5)
        let id = credential[4].replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        let named = try await fidoctl(
            ["assert", "--rp-id", "example.com", "--allow", String(id), "--format", "fido2-tools"] + folder.device
        )
        #expect(named.output.split(separator: "\n").count == 4)
    }

    @Test func aKnownCredentialIsNotMadeAgain() async throws {
        let registration = try RegistrationResponse(json: Array(await register().utf8))
        let run = try await fidoctl(
            ["register", "--rp-id", "example.com", "--exclude", Base64URL.encode(registration.id), "--json"]
                + folder.device
        )
        #expect(run.end == .exit(15))
        #expect(try run.failure()["status"] == .text("CTAP2_ERR_CREDENTIAL_EXCLUDED"))
        #expect(try run.failure()["statusCode"] == .number(0x19))
    }
}
