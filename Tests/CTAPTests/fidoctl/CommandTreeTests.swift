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

    @Test(
        arguments: [
            ("fidoctl\0list\0", nil), ("fidoctl\0", nil), ("fidoctl\0--user\0é\0\0", nil),
        ] as [(String, String?)]
    )
    func `arguments in UTF-8 are taken as they are`(commandLine: String, malformed: String?) {
        let arguments = ProcessArguments(commandLine: Array(commandLine.utf8))
        #expect(arguments.malformed == malformed)
        let parts = commandLine.split(separator: "\0", omittingEmptySubsequences: false).dropFirst().dropLast()
        #expect(arguments.texts == parts.map(String.init))
    }

    @Test func `an argument that is not UTF-8 is named byte by byte`() {
        let arguments = ProcessArguments(
            commandLine: Array("fidoctl\0verify\0".utf8) + Array("r".utf8) + [0xE9, 0x1B, 0]
        )
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
