import CTAPHID
import Testing

@testable import Interaction
@testable import fidoctl

/// Misspelt commands, and arguments that are not UTF-8.
@Suite struct CommandTreeTests {
    @Test(
        arguments: [
            (["asser"], "fidoctl assert"), (["assret", "--rp-id", "x"], "fidoctl assert"), (["lsit"], "fidoctl list"),
            (["pin", "stauts"], "fidoctl pin status"), (["help", "regster"], "fidoctl register"), (["frobnicate"], nil),
            (["list"], nil), (["--json", "asser"], nil), ([], nil), (["x"], nil),
        ] as [([String], String?)]
    )
    func `the likeliest command is named`(arguments: [String], meant: String?) {
        #expect(CommandTree.likeliest(in: arguments) == meant)
    }

    @Test(arguments: [
        ["asser"], ["help", "nosuch"], ["help", "asser"], ["help", "pin", "nosuch"], ["pin", "nosuch"],
    ])
    func `an unknown command is a usage error, also of help`(arguments: [String]) async throws {
        let run = try await CommandLineRun(arguments)
        #expect(run.end == .exit(64), "\(run.output)")
        #expect(run.output.isEmpty)
        #expect(run.errors.contains("did you mean `fidoctl assert`?") == arguments.contains("asser"), "\(run.errors)")
    }

    @Test(arguments: [
        ["help"], ["help", "assert"], ["help", "pin", "status"], ["help", "help"], ["--help"], ["assert", "-h"],
    ])
    func `help for what there is ends well`(arguments: [String]) async throws {
        let run = try await CommandLineRun(arguments)
        #expect(run.end == .exit(0), "\(run.errors)")
        #expect(run.output.contains("USAGE"))
    }

    @Test(arguments: [
        "--help", "--version", "list --help", "help", "info --device virtual:", "info --device virtual: --json",
    ])
    func `output that cannot be written is a failure`(arguments: String) async throws {
        let program = try Program(["/bin/sh", "-c", "exec \(Product.fidoctl) \(arguments) >/dev/full"])
        #expect(try await program.end() == .exit(74))
        #expect(program.errors.text.contains("cannot write standard output"))
    }

    @Test(arguments: [[], ["list"], ["--user", "é", ""]])
    func `arguments in UTF-8 are taken as they are`(texts: [String]) {
        let arguments = ProcessArguments(line: (["fidoctl"] + texts).map { Array($0.utf8) })
        #expect(arguments.malformed == nil)
        #expect(arguments.texts == texts)
    }

    /// A program can be started without any, not even its name.
    @Test func `no argument at all is as none`() {
        #expect(ProcessArguments(line: []).texts == [])
    }

    @Test func `the process's arguments are those that the kernel has`() throws {
        let line = try #require(FileSystem.contents(of: "/proc/self/cmdline", limit: 1 << 20))
        let arguments = line.split(separator: 0, omittingEmptySubsequences: false).dropFirst().dropLast()
        #expect(ProcessArguments.current().texts == arguments.map { String(decoding: $0, as: UTF8.self) })
        #expect(CommandLine.arguments.dropFirst() == ProcessArguments.current().texts[...])
    }

    @Test func `an argument that is not UTF-8 is named byte by byte`() {
        let arguments = ProcessArguments(line: [Array("fidoctl".utf8), Array("verify".utf8), [0x72, 0xE9, 0x1B]])
        #expect(arguments.malformed == "r\\xe9\\u{1b}")
    }

    /// Otherwise the repaired name would belong to another file, and the key would store a different text.
    @Test(arguments: [
        "register --rp-id example.com --device virtual: --user $(printf 'r\\351n\\351')",
        "register --rp-id example.com --device virtual:$(printf 'r\\351n\\351')", "verify $(printf 'r\\351n\\351')",
    ])
    func `an argument that is not UTF-8 is refused`(arguments: String) async throws {
        let folder = try TemporaryFolder()
        let program = try Program(["/bin/sh", "-c", "cd \(folder.path) && exec \(Product.fidoctl) \(arguments)"])
        #expect(try await program.end() == .exit(64), "\(program.errors.text)")
        #expect(program.errors.text.contains("r\\xe9n\\xe9"))
        #expect(try folder.names() == [])
    }

    @Test func `so is the environment's key`() async throws {
        let program = try Program(
            ["/bin/sh", "-c", "FIDOCTL_DEVICE=virtual:$(printf '\\351') exec \(Product.fidoctl) info"]
        )
        #expect(try await program.end() == .exit(64), "\(program.errors.text)")
    }
}
