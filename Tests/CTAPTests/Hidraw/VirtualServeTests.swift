import Glibc
import Testing

extension HidrawTests {
    /// The exit and output of `virtual serve` and `--device virtual:`.
    @Suite struct VirtualServeTests {
        private func run(_ arguments: String...) async throws -> Program {
            let program = try Program(arguments, environment: ["LC_ALL": "C.UTF-8"])
            _ = try await program.end()
            return program
        }

        @Test func `a key with --with-parent ends when the program that started it is killed`() async throws {
            let folder = try TemporaryFolder()
            let script = #""$0" virtual serve --with-parent --socket "$1" & read line; kill -KILL $$"#
            let parent = try Program(["sh", "-c", script, Product.fidoctl, folder.path("key")])
            try await parent.output.wait(for: "ready")
            parent.write("go")
            // The output ends once the last process with it open has ended, including the key.
            #expect(try await parent.end() == .signal(SIGKILL))
            #expect(try folder.names() == [])
        }

        @Test func `a key that generates a slow key pair sends KEEPALIVE although its touch came at once`() async throws
        {
            let folder = try TemporaryFolder()
            // KEEPALIVE with status 1, processing (CTAP 2.1 §11.2.9.2.1). The first one is due after 100 ms, in which some
            // pairs are found.
            for number in 0..<30 {
                let trace = folder.path("trace\(number)")
                let options = ["--rp-id", "example.com", "--user", "al", "--algorithm", "RS256", "--trace", trace]
                let register = try Program([Product.fidoctl, "register", "--device", "virtual:"] + options)
                #expect(try await register.end() == .exit(0), "\(register.errors.text)")
                if TextFile.whole(trace).contains("bb000101") { return }
            }
            Issue.record("no pair took 100 ms")
        }

        @Test func `a scenario that cannot be read says so in words of its own`() async throws {
            let folder = try TemporaryFolder()
            try folder.write(Array(#"{"rules": [{"on": "nope"}]}"#.utf8), to: "bad.json")
            let (socket, scenario) = (folder.path("key"), folder.path("bad.json"))
            let key = try await run(Product.fidoctl, "virtual", "serve", "--socket", socket, "--scenario", scenario)
            #expect(try await key.end() == .exit(65))
            #expect(key.errors.text.contains(#"\#(scenario) is not a scenario: rules[0].on: "nope" is not known"#))
            #expect(key.errors.text.contains("docs/scenarios.md"))
        }

        @Test func `a state that cannot be read is about --state`() async throws {
            let folder = try TemporaryFolder()
            try folder.write([1, 2, 3], to: "state")
            let (socket, state) = (folder.path("key"), folder.path("state"))
            let key = try await run(Product.fidoctl, "virtual", "serve", "--socket", socket, "--state", state)
            #expect(try await key.end() == .exit(65))
            #expect(key.errors.text.contains("\(state) is not the state of a virtual key"))
            #expect(key.errors.text.contains("--state") && !key.errors.text.contains("virtual:"))
        }

        @Test func `a client that leaves out the report number is reported once`() async throws {
            let folder = try TemporaryFolder()
            let key = try Program([Product.fidoctl, "virtual", "serve", "--socket", folder.path("key")])
            try await key.output.wait(for: "ready")
            let client = try RunningServer.Client(path: folder.path("key"))
            for _ in 0..<2 {
                try client.write(bytes: hex("ffffffff 86 0008 0102030405060708") + Array(repeating: 0, count: 49))
                #expect(try client.read().hasPrefix("ffffffff860011"))
            }
            key.signal(SIGTERM)
            _ = try await key.end()
            let lines = key.errors.lines.filter { $0.contains("a report of 64 bytes without the report number 0") }
            #expect(lines.count == 1 && lines[0].contains("send 65 bytes"))
        }

        @Test(arguments: ["dangling link", "link loop", "FIFO", "directory", "file of ours that grows no more"])
        func `what cannot be a state ends the command at once`(kind: String) async throws {
            let folder = try TemporaryFolder()
            let path = folder.path("state")
            defer { _ = unsafe rmdir(path) }
            switch kind {
            case "dangling link": try #require(unsafe symlink(folder.path("nowhere"), path) == 0)
            case "link loop": try #require(unsafe symlink(path, path) == 0)
            case "FIFO": try #require(unsafe mkfifo(path, 0o600) == 0)
            case "directory": try #require(unsafe mkdir(path, 0o700) == 0)
            default: try folder.write(KeyStateVersion1.file, to: "state")
            }
            guard kind.hasPrefix("file") else {
                let info = try await run(Product.fidoctl, "info", "--device", "virtual:" + path, "--timeout", "86400")
                #expect(try await info.end() == .exit(65), "\(info.errors.text)")
                #expect(info.errors.text.contains("\(path) is not the state of a virtual key"))
                return
            }
            let script = #"trap '' XFSZ; ulimit -f 1; exec "$0" "$@""#
            try folder.write(Array("1234\n".utf8), to: "pin")
            try #require(unsafe chmod(folder.path("pin"), 0o600) == 0)
            let register = try await run(
                "sh",
                "-c",
                script,
                Product.fidoctl,
                "register",
                "--device",
                "virtual:" + path,
                "--rp-id",
                "example.com",
                "--user",
                "u",
                "--discoverable",
                "--pin-file",
                folder.path("pin"),
                "--json"
            )
            #expect(try await register.end() != .exit(0))
            #expect(register.errors.text.contains("no room to save \(path): File too large"))
            #expect(try folder.read("state") == KeyStateVersion1.file)
        }

        @Test(.enabled(if: !Testbed.usesKernel)) func `a test bed with several keys ends without complaint`()
            async throws
        {
            for _ in 0..<4 {
                let key = "\(Product.fidoctl) virtual serve --socket {socket}"
                let bed = try await run(Product.testbed, "run", "--keys", "4", "--key", key, "--", "true")
                #expect(try await bed.end() == .exit(0))
                #expect(!bed.errors.text.contains("Traceback"), "\(bed.errors.text)")
            }
        }
    }
}
