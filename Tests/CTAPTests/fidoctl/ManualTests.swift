import ArgumentParser
import Testing
@testable import Interaction
@testable import fidoctl

/// The manual pages match the program.
@Suite struct ManualTests {
    /// The commands that do something.
    private static let commands = Fidoctl.configuration.subcommands.flatMap { command in
        command.configuration.subcommands.isEmpty ? [command] : command.configuration.subcommands
    }
    private static let top = Fidoctl.configuration.subcommands

    /// The page of a command, which commands of one group share.
    private func page(of command: String) throws -> ManualPage {
        try ManualPage("fidoctl-\(command.prefix { $0 != " " }).1")
    }

    private func options(in text: some StringProtocol) -> Set<String> {
        Set(String(text).matches(of: #/--[a-z][a-z-]*/#).map { String($0.output) })
    }

    @Test func `every command has a page, and every page a command`() throws {
        let expected = ["fidoctl.1"] + Self.top.map { "fidoctl-\(CommandTree.name(of: $0)).1" }
        let pages = try ManualPage.names().filter { $0.hasSuffix(".1") }
        #expect(Set(pages) == Set(expected))
    }

    @Test(arguments: commands.indices)
    func `every option is explained`(index: Int) throws {
        let command = Self.commands[index]
        let name = CommandTree.name(of: command)
        let page = try page(of: name)
        let ownSection = name.contains(" ") ? try #require(page.section("## fidoctl \(name)")) : ""
        let explained = options(in: ownSection + (page.section("# OPTIONS") ?? ""))
        let help = Fidoctl.helpMessage(for: command)
        let offered = options(
            in: help.matches(of: #/(?m)^  (?:-., )?(--[a-z-]+)/#).map(\.output.1).joined(separator: " ")
        )
        .subtracting(["--help", "--version"])
        #expect(!offered.isEmpty)
        #expect(offered.subtracting(explained) == [], "in --help only")
        #expect(explained.subtracting(options(in: help)).subtracting(["--help"]) == [], "in the manual only")
    }

    @Test(arguments: commands.indices)
    func `the synopsis has the command's arguments`(index: Int) throws {
        let command = Self.commands[index]
        let name = CommandTree.name(of: command)
        let arguments = Fidoctl.helpMessage(for: command).matches(of: #/(?m)^  <([a-z-]+)>/#)
            .map { " *\($0.output.1)*" }
        let line = "**fidoctl \(name)**\(arguments.joined()) \\[*options*\\]"
        let synopsis = try #require(try page(of: name).section("# SYNOPSIS")).split(separator: "\n")
        #expect(synopsis.contains { $0 == line }, "\(line)")
    }

    /// Titles and the overview say what --help says.
    @Test func `every command is introduced in the same sentence`() throws {
        let overview = try #require(ManualPage("fidoctl.1").section("# COMMANDS"))
        for command in Self.top {
            let name = CommandTree.name(of: command)
            let sentence = command.configuration.abstract
            #expect(overview.contains("**fidoctl \(name)**\n:   \(sentence)\n"))
            let title = "fidoctl-\(name) - \(sentence.prefix(1).lowercased())\(sentence.dropFirst().dropLast())"
            #expect(try #require(page(of: name).section("# NAME")).contains(title), "\(title)")
        }
    }

    /// The text under "Examples:".
    private func examples(inHelpFor command: any ParsableCommand.Type) -> [String] {
        let help = Fidoctl.helpMessage(for: command)
        guard let heading = help.firstRange(of: "Examples:\n") else { return [] }
        return help[heading.upperBound...].split(separator: "\n", omittingEmptySubsequences: false)
            .prefix { !$0.isEmpty }.map { String($0.drop { $0 == " " }) }
    }

    @Test(arguments: [
        "", "list", "info", "register", "assert", "verify", "pin status", "pin set", "credentials list",
        "credentials delete", "virtual serve",
    ])
    func `the help of everyday commands has examples`(name: String) throws {
        let command = try #require(([Fidoctl.self] + Self.commands).first { CommandTree.name(of: $0) == name })
        #expect(!examples(inHelpFor: command).isEmpty)
    }

    @Test(arguments: commands.indices)
    func `the examples in the help are in the manual`(index: Int) throws {
        let command = Self.commands[index]
        let inManual = try page(of: CommandTree.name(of: command)).examples
        for example in examples(inHelpFor: command) {
            #expect(inManual.contains(example))
        }
    }

    @Test func `the examples in the program's help are in its manual`() throws {
        let inManual = try ManualPage("fidoctl.1").examples
        #expect(Set(examples(inHelpFor: Fidoctl.self)).subtracting(inManual) == [])
    }

    @Test func `the program accepts the arguments of every example`() throws {
        for page in try ManualPage.names() where page.hasSuffix(".1") {
            let examples = try ManualPage(page).examples
            #expect(!examples.isEmpty, "\(page) has no examples")
            for example in examples {
                let words = example.matches(of: #/"[^"]*"|\S+/#).map { String($0.output).replacing("\"", with: "") }
                    .prefix { !["|", "<", ">"].contains($0) }
                    .map { $0.hasPrefix("$") ? "AAAA" : $0 }
                #expect(throws: Never.self, "\(example)") { try Fidoctl.parseAsRoot(Array(words.dropFirst())) }
            }
        }
    }

    @Test func `exit statuses are those of the program`() throws {
        let section = try #require(ManualPage("fidoctl.1").section("# EXIT STATUS"))
        let rows = section.split(separator: "\n").filter { $0.hasPrefix("|") }.dropFirst(2)
        let done = "| 0 | | done |"
        let expected = FailureCode.allCases.map { "| \($0.exitStatus) | `\($0.rawValue)` | \($0.summary) |" }
        #expect(rows.map(String.init) == [done] + expected)
    }

    @Test func `the help shows the exit statuses`() {
        let help = Fidoctl.helpMessage()
        for code in FailureCode.allCases {
            #expect(help.contains("\(code.exitStatus)  \(code.rawValue)"))
        }
        #expect(help.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }
}
