import ArgumentParser
import Testing
@testable import Interaction
@testable import fidoctl

/// The manual matches the program.
@Suite struct ManualTests {
    private let manual = TextFile.contents(Product.project + "/docs/fidoctl.1.md")

    private static let commands: [any ParsableCommand.Type] = [
        ListCommand.self, InfoCommand.self, RegisterCommand.self, AssertCommand.self, VerifyCommand.self,
        PINStatusCommand.self, PINSetCommand.self, PINChangeCommand.self,
        CredentialsListCommand.self, CredentialsDeleteCommand.self, CredentialsRenameCommand.self,
        FingerprintListCommand.self, FingerprintEnrollCommand.self, FingerprintRenameCommand.self,
        FingerprintDeleteCommand.self, BlobListCommand.self, BlobGetCommand.self, BlobSetCommand.self,
        BlobDeleteCommand.self, BlobCleanCommand.self, ConfigShowCommand.self, EnterpriseAttestationCommand.self,
        AlwaysUvCommand.self, MinPINLengthCommand.self, PINComplexityCommand.self, ForcePINChangeCommand.self,
        LongTouchResetCommand.self, SignalUnknownCommand.self, SignalAcceptedCommand.self, SignalDetailsCommand.self,
        ForgetCommand.self,
        ResetCommand.self,
        SelectCommand.self, WinkCommand.self, PingCommand.self, ServeCommand.self, VirtualServeCommand.self,
    ]

    /// The section under a heading.
    private func section(_ heading: String) throws -> Substring {
        let start = try #require(manual.firstRange(of: "\n\(heading)\n"), "no section \(heading)")
        let rest = manual[start.upperBound...]
        let end = rest.firstRange(of: "\n#")?.lowerBound ?? rest.endIndex
        return rest[..<end]
    }

    private func options(in text: some StringProtocol) -> Set<String> {
        Set(String(text).matches(of: #/--[a-z][a-z-]*/#).map { String($0.output) })
    }

    @Test(arguments: commands.indices)
    func everyOptionIsExplained(index: Int) throws {
        let command = Self.commands[index]
        let explained = options(in: try section("## fidoctl " + CommandTree.name(of: command)))
        let help = Fidoctl.helpMessage(for: command)
        let offered = options(
            in: help.matches(of: #/(?m)^  (?:-., )?(--[a-z-]+)/#).map(\.output.1).joined(separator: " ")
        )
        .subtracting(["--help", "--version"])
        #expect(!offered.isEmpty)
        #expect(offered.subtracting(explained) == [], "in --help only")
        #expect(explained.subtracting(options(in: help)).subtracting(["--help"]) == [], "in the manual only")
    }

    @Test func everyCommandIsExplained() throws {
        let leaves = Fidoctl.configuration.subcommands.flatMap { command in
            command.configuration.subcommands.isEmpty ? [command] : command.configuration.subcommands
        }
        #expect(leaves.map { CommandTree.name(of: $0) } == Self.commands.map { CommandTree.name(of: $0) })
    }

    @Test func exitStatusesAreThoseOfTheProgram() throws {
        let rows = try section("# EXIT STATUS").split(separator: "\n").filter { $0.hasPrefix("|") }.dropFirst(2)
        let done = "| 0 | | done |"
        let expected = FailureCode.allCases.map { "| \($0.exitStatus) | `\($0.rawValue)` | \($0.summary) |" }
        #expect(rows.map(String.init) == [done] + expected)
    }

    /// Markdown reads an unescaped underscore between letters as emphasis: the manual page once showed LCALL for
    /// LC_ALL.
    @Test func `underscores outside of code are escaped`() {
        let code = #/`[^`]*`|(?m)^ {4}.*$/#
        let lines = manual.replacing(code, with: "").split(separator: "\n").filter { $0.contains(#/[^\\]_/#) }
        #expect(lines == [])
        #expect(manual.contains("LC\\_ALL"))
    }

    @Test func helpShowsTheExitStatuses() {
        let help = Fidoctl.helpMessage()
        for code in FailureCode.allCases {
            #expect(help.contains("\(code.exitStatus)  \(code.rawValue)"))
        }
        #expect(help.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }
}
