import Glibc
import Testing

/// `--trace` creates a file that only its owner can read, and never destroys another.
@Suite struct TraceFileTests {
    private func wink(trace: String, _ more: [String] = ["--device", "virtual:"]) async throws -> CommandLineRun {
        try await CommandLineRun(["wink", "--trace", trace] + more)
    }

    @Test(arguments: [0o644, 0o666, 0o600] as [mode_t])
    func `an earlier trace is replaced, whatever its mode`(mode: mode_t) async throws {
        let folder = try TemporaryFolder()
        let trace = folder.path("trace")
        #expect(try await wink(trace: trace).end == .exit(0))
        let first = TextFile.contents(trace)
        #expect(unsafe chmod(trace, mode) == 0)
        #expect(try await wink(trace: trace).end == .exit(0))
        #expect(try folder.mode("trace") & 0o777 == 0o600)
        let lines = TextFile.contents(trace).split(separator: "\n")
        #expect(lines.count == first.split(separator: "\n").count)
        #expect(lines.allSatisfy { $0.hasPrefix("{\"time\":") })
    }

    @Test func `an empty file becomes the trace, and its other names keep what they had`() async throws {
        let folder = try TemporaryFolder()
        let trace = try folder.file("trace", "")
        #expect(unsafe link(trace, folder.path("other")) == 0)
        #expect(try await wink(trace: trace).end == .exit(0))
        #expect(TextFile.contents(trace).hasPrefix("{\"time\":"))
        #expect(TextFile.contents(folder.path("other")).isEmpty)
    }

    @Test(arguments: ["a document of somebody's\n", "{}", "{\"tim"])
    func `a file that is not a trace is left alone`(contents: String) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("file", contents)
        let run = try await wink(trace: file)
        #expect(run.end == .exit(74))
        #expect(run.errors.contains("--trace would overwrite"))
        #expect(TextFile.contents(file) == contents)
    }

    @Test func `neither the key's state nor the credential is emptied`() async throws {
        let folder = try TemporaryFolder()
        let register = ["register", "--rp-id", "example.com", "--json"] + folder.device
        let credential = try folder.file("credential", try await CommandLineRun(register).output)
        for name in ["key.state", "credential"] {
            let before = try folder.read(name)
            let login = ["assert", "--credential", credential, "--trace", folder.path(name)] + folder.device
            #expect(try await CommandLineRun(login).end == .exit(74))
            #expect(try folder.read(name) == before)
        }
    }

    @Test func `a link is not followed, and no other kind of file is opened for long`() async throws {
        let folder = try TemporaryFolder()
        let target = folder.path("target")
        #expect(unsafe symlink(target, folder.path("dangling")) == 0)
        #expect(unsafe symlink(folder.path("loop"), folder.path("loop")) == 0)
        #expect(unsafe symlink(try folder.file("empty", ""), folder.path("link")) == 0)
        #expect(unsafe mkfifo(folder.path("fifo"), 0o600) == 0)
        for name in ["dangling", "loop", "link", "fifo"] {
            let run = try await wink(trace: folder.path(name))
            #expect(run.end == .exit(74), "\(name)")
        }
        #expect(!TextFile.exists(target))
        #expect(TextFile.contents(folder.path("empty")).isEmpty)
        for path in ["/dev/full", folder.path, folder.path + "/no/such"] {
            let run = try await wink(trace: path)
            #expect(run.end == .exit(74), "\(path)")
        }
    }
}
