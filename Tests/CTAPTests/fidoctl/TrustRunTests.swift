import CTAP2
import Crypto
import FoundationEssentials
import Testing
import X509
@testable import WebAuthn

/// `verify --roots` and `--mds` with the real program.
@Suite struct TrustRunTests {
    private let folder: TemporaryFolder
    let trusted: TrustedKey

    init() throws {
        folder = try TemporaryFolder()
        trusted = try TrustedKey()
    }

    private func file(_ name: String, _ response: RegistrationResponse) throws -> String {
        try folder.file(name, String(decoding: JSON.encode(response), as: UTF8.self))
    }

    private func roots(_ authority: TestAuthority) throws -> [String] {
        ["--roots", try folder.file("roots.pem", "# roots\n" + authority.pem + "\n")]
    }

    private func metadata(_ change: (inout HandMadeBLOB) -> Void = { _ in }) throws -> [String] {
        var blob = try HandMadeBLOB()
        blob.entries = [HandMadeBLOB.entry(aaguid: TrustedKey.aaguid, roots: [trusted.root.der])]
        change(&blob)
        let file = try folder.file("blob.jwt", String(decoding: blob.bytes, as: UTF8.self))
        return ["--mds", file, "--mds-root", try folder.file("mds-root.pem", blob.root.pem)]
    }

    private func verify(_ response: RegistrationResponse, _ options: [String]) async throws -> CommandLineRun {
        try await CommandLineRun(["verify", file("r.json", response), "--json"] + options)
    }

    private func check(_ name: String, _ run: CommandLineRun) throws -> String? {
        guard case .object(let document) = try JSON.decode(JSONValue.self, from: Array(run.output.utf8)),
            case .array(let checks)? = document["checks"]
        else { return nil }
        for case .object(let check) in checks where check["name"] == .text(name) {
            if case .text(let result)? = check["result"] { return result }
        }
        return nil
    }

    @Test func `a trusted registration names its model and its path`() async throws {
        let response = try trusted.registration()
        let options = try roots(trusted.root) + metadata() + ["--require-attestation"]
        let run = try await verify(response, options)
        #expect(run.end == .exit(0), "\(run.errors)")
        #expect(try JSONPage().problems(in: run.output, of: "verify") == [])
        for name in ["attestation", "attestationChain", "metadata", "authenticatorStatus"] {
            #expect(try check(name, run) == "passed", "\(name)")
        }
        #expect(run.output.contains(#""model":"Example Key""#))
        #expect(run.output.contains(#""status":["FIDO_CERTIFIED_L1"]"#))
        let text = try await CommandLineRun(["verify", file("r.json", response)] + options)
        for part in ["Example Key", "FIDO_CERTIFIED_L1", "CN=Vendor Root", "signed with a trusted certificate"] {
            #expect(text.output.contains(part), "\(text.output)")
        }
    }

    @Test func `a registration without options has the same members as before`() async throws {
        let run = try await verify(try trusted.registration(), [])
        #expect(run.end == .exit(0))
        #expect(try JSONPage().problems(in: run.output, of: "verify") == [])
        #expect(!run.output.contains("trustPaths") && !run.output.contains("model"))
        #expect(try check("attestationChain", run) == "not-made")
    }

    @Test func `what is not trusted is not verified, and says why`() async throws {
        let response = try trusted.registration()
        let other = try await verify(response, roots(TestAuthority("Vendor Root")))
        #expect(other.end == .exit(20))
        #expect(other.errors.contains("leads to none of the trusted root certificates"), "\(other.errors)")
        #expect(try check("attestationChain", other) == "failed")
        let revoked = try await verify(
            response,
            metadata { [root = trusted.root.der] in
                $0.entries = [HandMadeBLOB.entry(aaguid: TrustedKey.aaguid, roots: [root], statuses: ["REVOKED"])]
            }
        )
        #expect(revoked.end == .exit(20))
        #expect(revoked.errors.contains("FIDO revoked this model of key (REVOKED)"), "\(revoked.errors)")
        let unknown = try await verify(response, metadata { $0.entries = [] })
        #expect(unknown.end == .exit(20))
        #expect(unknown.errors.contains(TrustedKey.aaguid), "\(unknown.errors)")
        let stale = try await verify(response, metadata { $0.nextUpdate = "2024-06-01" })
        #expect(stale.end == .exit(20))
        #expect(stale.errors.contains("newer metadata"), "\(stale.errors)")
    }

    @Test func `--attested-at is when the certificates must be valid`() async throws {
        let end = Date(timeIntervalSince1970: 1_750_000_000)
        let response = try trusted.registration(
            TestAuthority.Terms(notAfter: end, constraints: .notCertificateAuthority)
        )
        let roots = try roots(trusted.root)
        let now = try await verify(response, roots)
        #expect(now.end == .exit(20))
        #expect(now.errors.contains("expired on 2025-06-15"), "\(now.errors)")
        for (date, status) in [
            ("2025-06-15", 0), ("2025-06-15T15:06:39Z", 0), ("2025-06-15T15:06:41Z", 20), ("2025-06-16", 20),
        ] {
            let run = try await verify(response, roots + ["--attested-at", date])
            #expect(run.end == .exit(Int32(status)), "\(date): \(run.errors)")
        }
        #expect(try await verify(response, roots + ["--attested-at", "yesterday"]).end == .exit(64))
        #expect(try await verify(response, ["--attested-at", "2025-06-15"]).end == .exit(64))
        #expect(try await verify(response, ["--mds-root", "/dev/null"]).end == .exit(64))
    }

    @Test func `a login trusts the registration of its credential`() async throws {
        let registration = try file("alice.json", trusted.registration())
        let login = try folder.file("login.json", trusted.key.login())
        let arguments = ["verify", login, "--credential", registration, "--json"]
        let run = try await CommandLineRun(arguments + roots(trusted.root))
        #expect(run.end == .exit(0), "\(run.errors)")
        #expect(run.output.contains("CN=Vendor Root"))
        #expect(try JSONPage().problems(in: run.output, of: "verify") == [])
        let other = try await CommandLineRun(arguments + roots(TestAuthority("Vendor Root")))
        #expect(other.end == .exit(20))
        #expect(other.errors.contains("alice.json"))
    }

    @Test func `a file that is not what it should be is refused`() async throws {
        let response = try trusted.registration()
        let text = try folder.file("text", "text\n")
        let empty = try await verify(response, ["--roots", text])
        #expect(empty.end == .exit(65))
        #expect(empty.errors.contains("no certificate in PEM"), "\(empty.errors)")
        #expect(try await verify(response, ["--roots", "/nonexistent"]).end == .exit(74))
        #expect(try await verify(response, ["--mds", text]).end == .exit(65))
        let unsigned = try await verify(response, Array(metadata().prefix(2)))
        #expect(unsigned.end == .exit(65))
        #expect(unsigned.errors.contains("its signer's certificate is not trusted"), "\(unsigned.errors)")
        #expect(try unsigned.failure()["hint"] != .null)
        let two = try folder.file("two.pem", trusted.root.pem + "\n" + trusted.intermediate.pem)
        #expect(try await verify(response, Array(metadata().prefix(2)) + ["--mds-root", two]).end == .exit(65))
    }
}
