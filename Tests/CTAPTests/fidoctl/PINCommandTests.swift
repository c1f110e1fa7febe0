import Testing
import WebAuthn

/// `fidoctl pin` with the embedded software key, without a terminal.
@Suite struct PINCommandTests {
    private func pin(_ command: String, _ folder: TemporaryFolder, _ more: String...) async throws -> CommandLineRun {
        try await CommandLineRun(["pin", command, "--no-input", "--json"] + folder.device + more)
    }

    private func status(_ folder: TemporaryFolder) async throws -> [String: JSONValue] {
        let run = try await pin("status", folder)
        #expect(run.end == .exit(0), "\(run.errors)")
        guard case .object(let members) = try JSON.decode(JSONValue.self, from: Array(run.output.utf8)) else {
            return [:]
        }
        return members
    }

    @Test func statusHasEveryMember() async throws {
        let folder = try TemporaryFolder()
        let status = try await status(folder)
        #expect(
            Set(status.keys) == [
                "device", "name", "supported", "set", "retries", "powerCycleNeeded", "changeForced", "minimumLength",
                "maximumLength", "pinComplexityPolicy", "pinComplexityPolicyURL", "builtInVerification",
            ]
        )
        #expect(status["supported"] == .bool(true))
        #expect(status["set"] == .bool(false))
        #expect(status["retries"] == .null)
        // Without a PIN the key has no retries to report.
        #expect(status["powerCycleNeeded"] == .null)
    }

    @Test func setAndChangeTellWhatTheyNeed() async throws {
        let folder = try TemporaryFolder()
        let old = try folder.file("old", "1234\n")
        let both = try folder.file("both", "1234\nnew secret\n")
        #expect(try await pin("change", folder, "--pin-file", both).end == .exit(16))
        #expect(try await pin("set", folder).end == .exit(11))
        #expect(try await pin("set", folder, "--pin-file", both).end == .exit(65))
        #expect(try await pin("set", folder, "--pin-file", old).end == .exit(0))
        #expect(try await pin("set", folder, "--pin-file", old).end == .exit(16))
        #expect(try await status(folder)["set"] == .bool(true))
        // One PIN where two are needed.
        #expect(try await pin("change", folder, "--pin-file", old).end == .exit(65))
        #expect(try await pin("change", folder, "--pin-file", both).end == .exit(0))
        let wrong = try await pin("change", folder, "--pin-file", both)
        #expect(wrong.end == .exit(11))
        #expect(try wrong.failure()["pinRetries"] == .number(7))
    }

    @Test(arguments: [("123", "at least 4"), (String(repeating: "x", count: 64), "at most 63"), ("", "empty")])
    func aNewPINThatCannotBeIsRefusedBeforeItIsSent(new: String, reason: String) async throws {
        let folder = try TemporaryFolder()
        let trace = folder.path + "/trace"
        let run = try await pin("set", folder, "--pin-file", try folder.file("new", new + "\n"), "--trace", trace)
        #expect(run.end == .exit(18), "\(run.errors)")
        #expect(run.errors.contains(reason))
        // INIT and getInfo, and their answers' packets.
        #expect(TextFile.contents(trace).split(separator: "\n").filter { $0.contains("\"out\"") }.count == 2)
    }

    /// The same PIN, typed as one character on one system and as two on another.
    @Test func aPINMeansTheSameHoweverItWasTyped() async throws {
        let folder = try TemporaryFolder()
        let composed = try folder.file("composed", "caf\u{E9}\n")
        let decomposed = try folder.file("decomposed", "cafe\u{301}\ncaf\u{E9}s\n")
        #expect(try await pin("set", folder, "--pin-file", composed).end == .exit(0))
        #expect(try await pin("change", folder, "--pin-file", decomposed).end == .exit(0))
    }

    @Test func `a byte order mark in a PIN file costs no try`() async throws {
        let folder = try TemporaryFolder()
        let plain = try folder.file("plain", "1234\n")
        #expect(try await pin("set", folder, "--pin-file", plain).end == .exit(0))
        let marked = try folder.file("marked", "\u{FEFF}1234\n5678\n")
        #expect(try await pin("change", folder, "--pin-file", marked).end == .exit(0))
        #expect(try await status(folder)["retries"] == .number(8))
    }
}
