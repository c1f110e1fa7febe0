import Testing
@testable import WebAuthn

/// Logins with credentials that a site registered in U2F, with the real program.
@Suite struct AppIDRunTests {
    private static let appID = "https://example.com/app-id.json"
    private static let origin = ["--origin", "https://login.example.com"]
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func fidoctl(_ arguments: [String]) async throws -> CommandLineRun {
        try await CommandLineRun(arguments)
    }

    /// A credential for the AppID: its ID, and a file with its public key.
    private func credential() async throws -> (id: String, publicKey: String) {
        let hash = Base64URL.encode([UInt8](repeating: 7, count: 32))
        let run = try await fidoctl(
            [
                "register", "--rp-id", Self.appID, "--user", "u", "--client-data-hash", hash, "--algorithm", "ES256",
                "--json",
            ]
                + folder.device
        )
        #expect(run.end == .exit(0), "\(run.errors)")
        let document = try run.document()
        guard case .text(let id)? = document["id"], case .object(let response)? = document["response"],
            case .text(let key)? = response["publicKey"]
        else { throw CommandLineRun.NotAFailure(output: run.output) }
        return (id, try folder.file("key", key))
    }

    private func options(_ id: String, appID: String?) throws -> String {
        let extensions = appID.map { #","extensions":{"appid":"\#($0)"}"# } ?? ""
        return try folder.file(
            "request.json",
            #"""
            {"challenge":"BAUG","rpId":"example.com","allowCredentials":[{"type":"public-key","id":"\#(id)"}]\#(extensions)}
            """#
        )
    }

    @Test func `an old credential logs in by its AppID, and verify accepts it for that AppID only`() async throws {
        let (id, publicKey) = try await credential()
        let options = try options(id, appID: Self.appID)
        let run = try await fidoctl(["assert", "--options", options, "--json"] + Self.origin + folder.device)
        #expect(run.end == .exit(0), "\(run.errors)")
        #expect(try run.document()["clientExtensionResults"] == .object(["appid": .bool(true)]))
        let login = try folder.file("login.json", run.output)
        let verify = ["verify", login, "--public-key", publicKey] + Self.origin
        let known = ["--rp-id", "example.com", "--challenge", "BAUG"]
        for request in [["--options", options], known + ["--app-id", Self.appID]] {
            let good = try await fidoctl(verify + request)
            #expect(good.end == .exit(0), "\(request): \(good.errors)")
        }
        for request in [
            ["--options", try self.options(id, appID: nil)], known, known + ["--app-id", "https://example.com/other"],
        ] {
            let bad = try await fidoctl(verify + request + ["--json"])
            #expect(bad.end == .exit(20), "\(request): \(bad.errors)")
            #expect(try bad.checks()["rpIdHash"] == "failed")
        }
    }

    @Test(arguments: ["https://example.org/app", "example.com"])
    func `another site's AppID is refused`(appID: String) async throws {
        let options = try options("AAAA", appID: appID)
        let run = try await fidoctl(["assert", "--options", options] + Self.origin + folder.device)
        #expect(run.end == .exit(64), "\(run.errors)")
        #expect(run.errors.contains("appid"))
    }

    @Test func `--options takes the place of --app-id`() async throws {
        let options = try options("AAAA", appID: nil)
        let run = try await fidoctl(["verify", "x", "--options", options, "--app-id", Self.appID])
        #expect(run.end == .exit(64) && run.errors.contains("--app-id"))
    }
}
