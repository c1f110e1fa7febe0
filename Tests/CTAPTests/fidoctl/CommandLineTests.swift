import Testing

@testable import Interaction
@testable import fidoctl

/// Errors on the command line, and where their messages go.
@Suite struct CommandLineTests {
    @Test(
        arguments: [
            (["frobnicate"], 64), (["register", "--device", "virtual:"], 64),
            (["register", "--device", "virtual:", "--rp-id", "example.com", "--challenge", "AQ=="], 64),
            (["register", "--device", "virtual:", "--rp-id", "example.com", "--user-id", "a/b"], 64),
            (["register", "--device", "virtual:", "--rp-id", "example.com", "--algorithm", "ES257"], 64),
            (["register", "--device", "virtual:", "--rp-id", "example.com", "--timeout", "0"], 64),
            (["register", "--device", "virtual:", "--rp-id", "example.org", "--origin", "https://example.com"], 64),
            (["register", "--device", "virtual:", "--rp-id", "example.com", "--origin", "http://example.com"], 64),
            (["register", "--device", "virtual:", "--rp-id", "a b"], 64),
            (
                [
                    "register", "--device", "virtual:", "--rp-id", "a.b", "--format", "fido2-tools", "--attestation",
                    "none",
                ], 64
            ),
            (["assert", "--device", "virtual:"], 64),
            (["register", "--device", "virtual:", "--rp-id", "example.com", "--user-verification", "required"], 16),
            (["assert", "--device", "virtual:", "--rp-id", "example.com"], 10),
            (["assert", "--device", "virtual:", "--rp-id", "example.com", "--allow", "-_-_"], 10),
            (["info", "--device", "/dev/null"], 69), (["info", "--device", "/dev"], 69),
            (["info", "--device", "/dev/no-such-node"], 69),
            (["info", "--device", "no-such-serial", "--timeout", "0.2"], 69),
            (["info", "--device", "virtual:/dev/null"], 65), (["info", "--device", "virtual:/no/such/folder/key"], 74),
            (["verify", "/no/such/file"], 74), (["verify", "/dev"], 74), (["verify", "/dev/null"], 65),
            (["verify", "/proc/version"], 65), (["ping", "--device", "virtual:", "--size", "7610"], 16),
        ] as [([String], Int32)]
    )
    func failureHasItsStatus(arguments: [String], status: Int32) async throws {
        let plain = try await CommandLineRun(arguments)
        #expect(plain.end == .exit(status), "\(plain.errors)")
        #expect(plain.output.isEmpty)
        #expect(plain.errors.hasPrefix("fidoctl: "))

        guard !arguments.contains("--format") else { return }
        let run = try await CommandLineRun(arguments + ["--json"])
        #expect(run.end == .exit(status))
        let failure = try run.failure()
        #expect(
            Set(failure.keys)
                == ["code", "message", "hint", "command", "status", "statusCode", "device", "pinRetries"]
        )
        #expect(failure["command"] == .text(arguments[0] == "frobnicate" ? "" : arguments[0]))
    }

    @Test func `the device of a failure is its path as it is`() async throws {
        let device = "virtual:/dev/null/\u{1}key"
        let run = try await CommandLineRun(["info", "--device", device, "--json"])
        #expect(try run.failure()["device"] == .text(device))
        #expect(!run.errors.contains("\u{1}"))
    }

    @Test func contradictingFormatsAreRefused() async throws {
        let run = try await CommandLineRun(
            ["register", "--device", "virtual:", "--rp-id", "example.com", "--json", "--format", "text"]
        )
        #expect(run.end == .exit(64))
        #expect(try run.failure()["code"] == .text("usage"))
    }

    @Test func resultsAndNothingElseGoToStandardOutput() async throws {
        let run = try await CommandLineRun(["register", "--device", "virtual:", "--rp-id", "example.com", "--json"])
        #expect(run.output.hasPrefix("{") && run.output.hasSuffix("}"))
        #expect(run.output.split(separator: "\n").count == 1)
        #expect(run.errors.contains("the challenge is random"))
    }

    @Test(arguments: [[], ["--json"]])
    func theEnvironmentNamesTheKey(more: [String]) async throws {
        let run = try await CommandLineRun(["info"] + more, environment: ["FIDOCTL_DEVICE": "virtual:"])
        #expect(run.end == .exit(0))
        #expect(run.output.contains("FIDO_2_"))
    }

    @Test func theArgumentOutranksTheEnvironment() async throws {
        let run = try await CommandLineRun(
            ["wink", "--device", "virtual:"],
            environment: ["FIDOCTL_DEVICE": "/dev/no-such-node"]
        )
        #expect(run.end == .exit(0))
    }

    @Test func peopleAreSpokenToInTheirLanguage() async throws {
        let run = try await CommandLineRun(["info", "--device", "/dev/null"], environment: ["LC_ALL": "ja_JP.UTF-8"])
        #expect(run.errors.contains("/dev/null はセキュリティキーではありません"))
    }

    @Test func pipesGetNoColor() async throws {
        let run = try await CommandLineRun(["info", "--device", "/dev/null"], environment: ["TERM": "xterm-256color"])
        #expect(!run.errors.contains("\u{1B}"))
    }

    @Test func pingMeasures() async throws {
        let run = try await CommandLineRun(["ping", "--device", "virtual:", "--size", "7609", "--count", "3", "--json"])
        #expect(run.end == .exit(0), "\(run.errors)")
        #expect(run.output.contains(#""count":3,"device":"virtual:","milliseconds":{"max":"#))
    }

    /// Three digits after the decimal point, for any number of samples.
    @Test func `times are in microseconds at the finest`() {
        let times = [161, 162, 200, 100].map { Duration.microseconds($0) }
        let report = PingReport(device: "virtual:", size: 64, durations: times)
        #expect(report.lines == ["4 messages of 64 bytes: min 0.1 ms, median 0.162 ms, max 0.2 ms"])
    }

    @Test func `select prints the key that was touched`() async throws {
        let run = try await CommandLineRun(["select", "--device", "virtual:", "--json"])
        #expect(run.end == .exit(0), "\(run.errors)")
        #expect(run.output == #"{"device":"virtual:","name":"the virtual key"}"#)
        #expect(try await CommandLineRun(["select", "--device", "virtual:"]).output == "virtual:")
    }

    @Test(arguments: [["--json"], ["--format", "fido2-tools"], []])
    func `a random challenge is noted where the response goes to a server`(format: [String]) async throws {
        let run = try await CommandLineRun(["register", "--device", "virtual:", "--rp-id", "example.com"] + format)
        #expect(run.end == .exit(0))
        #expect(run.errors.contains("the challenge is random") == !format.isEmpty)
    }

    @Test func `an error is plain first, and the specification's terms follow`() async throws {
        let arguments = ["assert", "--device", "virtual:", "--rp-id", "example.com"]
        let run = try await CommandLineRun(arguments)
        let lines = run.errors.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines.first == "fidoctl: the virtual key has no credential for example.com")
        #expect(
            lines.dropFirst().first == "fidoctl: authenticatorGetAssertion returned CTAP2_ERR_NO_CREDENTIALS (0x2e)"
        )
        let japanese = try await CommandLineRun(arguments, environment: ["LC_ALL": "ja_JP.UTF-8"])
        #expect(japanese.errors.hasPrefix("fidoctl: 仮想キーには example.com の資格情報がありません\n"))
    }

    @Test(arguments: [["TERM": ""], ["TERM": "dumb"], ["LC_ALL": "C"], ["LC_ALL": "", "LANG": "", "LC_CTYPE": ""]])
    func `a terminal that promises nothing gets plain lines`(environment: [String: String]) async throws {
        let plain = ["LC_ALL": "C.UTF-8", "TERM": "xterm", "FIDOCTL_DEVICE": "", "NO_COLOR": ""]
        let program = try Program(
            [Product.fidoctl, "info", "--device", "no-such-serial", "--timeout", "1"],
            environment: plain.merging(environment) { $1 },
            terminal: try PseudoTerminal()
        )
        #expect(try await program.end() == .exit(69))
        #expect(program.errors.text.contains("fidoctl: Insert your security key for fidoctl info  (Ctrl-C cancels)"))
        #expect(program.errors.text.utf8.allSatisfy { $0 < 0x80 && $0 != 0x1B })
    }

    @Test func `the specification's terms are dimmed on a terminal`() async throws {
        let program = try Program(
            [Product.fidoctl, "assert", "--device", "virtual:", "--rp-id", "example.com"],
            environment: ["LC_ALL": "C.UTF-8", "TERM": "xterm", "NO_COLOR": ""],
            terminal: try PseudoTerminal()
        )
        #expect(try await program.end() == .exit(10))
        #expect(program.errors.text.contains("\u{1B}[2mauthenticatorGetAssertion returned"))
    }

    @Test func `options are explained as they are set`() async throws {
        let run = try await CommandLineRun(["info", "--device", "virtual:"])
        #expect(run.output.contains(#/clientPin +no  \(no PIN is set\)/#), "\(run.output)")
    }

    @Test func traceIsPrivateAndComplete() async throws {
        let folder = try TemporaryFolder()
        let trace = folder.path + "/trace"
        let run = try await CommandLineRun(["wink", "--device", "virtual:", "--trace", trace])
        #expect(run.end == .exit(0))
        let lines = TextFile.contents(trace).split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines.allSatisfy { $0.contains(#""device":"virtual:""#) })
        #expect(try folder.mode("trace") & 0o777 == 0o600)
    }
}
