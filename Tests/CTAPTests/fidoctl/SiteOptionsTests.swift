import ArgumentParser
import Testing
@testable import Interaction
@testable import fidoctl

/// `--options` beside other options, and what fidoctl makes of a site's wishes.
@Suite struct SiteOptionsTests {
    private static let registration = """
        {"rp":{"name":"Example"},"user":{"id":"AQI=","name":"bob","displayName":""},"challenge":"AQID",
        "pubKeyCredParams":[],"authenticatorSelection":{"authenticatorAttachment":"ATTACHMENT"}}
        """

    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func run(_ command: String, _ json: String, _ more: [String]) async throws -> CommandLineRun {
        let file = try folder.file("options", json)
        return try await CommandLineRun([command, "--options", file, "--device", "virtual:"] + more)
    }

    @Test(arguments: [
        ["register", "--rp-id", "a.example"], ["register", "--rp-name", "A"], ["register", "--user", "u"],
        ["register", "--user-id", "AQ"], ["register", "--display-name", "U"], ["register", "--challenge", "AQ"],
        ["register", "--exclude", "AQ"], ["register", "--discoverable"], ["register", "--resident-key", "preferred"],
        ["register", "--user-verification", "preferred"], ["register", "--algorithm", "ES256"],
        ["register", "--attestation", "direct"],
        ["register", "--client-data-hash", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"],
        ["assert", "--rp-id", "a.example"], ["assert", "--challenge", "AQ"], ["assert", "--allow", "AQ"],
        ["assert", "--credential", "file"], ["assert", "--user-verification", "preferred"],
    ])
    func `an option that says what the file says is refused`(arguments: [String]) throws {
        let error = #expect(throws: (any Error).self) { try Fidoctl.parseAsRoot(arguments + ["--options", "file"]) }
        #expect(error.map { Fidoctl.message(for: $0).contains("--options and \(arguments[1])") } == true)
    }

    @Test(arguments: [
        ["register", "--rp-id", "a.example", "--discoverable", "--resident-key", "preferred"],
        ["register", "--options", "-", "--origin", "https://a.example", "--related-origins", "-"],
        ["register", "--rp-id", "a.example", "--related-origins", "file"],
        [
            "register", "--rp-id", "a", "--cross-origin", "--client-data-hash",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        ],
    ])
    func `options that contradict each other are refused`(arguments: [String]) {
        #expect(throws: (any Error).self) { try Fidoctl.parseAsRoot(arguments) }
    }

    /// No key is plugged in: the command must not wait for one.
    @Test func `a platform authenticator is refused before a key is awaited`() async throws {
        let json = Self.registration.replacing("ATTACHMENT", with: "platform")
        let more = ["--origin", "https://example.com", "--json", "--device", "no-such-key"]
        let file = try folder.file("options", json)
        let run = try await CommandLineRun(["register", "--options", file] + more)
        #expect(run.end == .exit(16), "\(run.errors)")
        #expect(try run.failure()["code"] == .text("unsupported"))
        let other = try folder.file("other", Self.registration.replacing("ATTACHMENT", with: "cross-platform"))
        let foreign = try await CommandLineRun([
            "register", "--rp-id", "co.uk", "--origin", "https://example.co.uk", "--device", "no-such-key",
        ])
        #expect(foreign.end == .exit(64), "\(foreign.errors)")
        #expect(foreign.errors.contains("co.uk is a public suffix"))
        let nameless = try await CommandLineRun(["register", "--options", other, "--device", "virtual:"])
        #expect(nameless.end == .exit(65), "\(nameless.errors)")
        #expect(nameless.errors.contains("rp.id is missing"))
    }

    @Test func `the RP ID is the origin's host, and padding is read but not written`() async throws {
        let json = Self.registration.replacing("ATTACHMENT", with: "cross-platform")
        let run = try await run("register", json, ["--origin", "http://localhost:8080", "--json"])
        #expect(run.end == .exit(0), "\(run.errors)")
        #expect(!run.output.contains("="))
        #expect(run.output.contains(#""publicKeyAlgorithm":-7"#))
    }

    @Test func `the format of fido2-tools needs a statement`() async throws {
        let json = Self.registration.replacing("ATTACHMENT", with: "cross-platform")
        let origin = ["--origin", "https://example.com", "--format", "fido2-tools"]
        #expect(try await run("register", json, origin).end == .exit(64))
        let direct = json.replacing(#""challenge""#, with: #""attestation":"direct","challenge""#)
        let made = try await run("register", direct, origin)
        #expect(made.end == .exit(0), "\(made.errors)")
    }

    @Test(
        arguments: [
            ([], .milliseconds(1), .seconds(10)), ([], .seconds(60), .seconds(60)), ([], .seconds(300), .seconds(300)),
            ([], .seconds(100_000), .seconds(600)), ([], nil, nil), (["--timeout", "5"], .seconds(60), nil),
        ] as [([String], Duration?, Duration?)]
    )
    func `a site's timeout counts within limits, unless --timeout is given`(
        arguments: [String],
        suggested: Duration?,
        expected: Duration?
    ) throws {
        let command = try Fidoctl.parseAsRoot(["register", "--options", "-"] + arguments)
        let key = try #require(command as? RegisterCommand).key
        #expect(key.access.timeout(suggested: suggested) == expected)
        #expect(key.timeout == (arguments.isEmpty ? .seconds(60) : .seconds(5)))
    }
}
