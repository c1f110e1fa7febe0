import ArgumentParser
import CTAP2
import Interaction
import Testing
import WebAuthn
@testable import fidoctl

/// Help and the parser's messages in Japanese.
@Suite struct HelpTextTests {
    private static let helps = commands(below: Fidoctl.self).map {
        Fidoctl.helpMessage(for: $0, columns: JapaneseHelp.unwrappedColumns)
    }

    private static func commands(below command: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
        [command] + command.configuration.subcommands.flatMap(commands(below:))
    }

    /// A command or option without a translation in Sources/fidoctl/Text/Help shows up here.
    @Test(arguments: helps) func `every sentence of the help is translated`(english: String) {
        let japanese = JapaneseHelp.text(english, columns: JapaneseHelp.unwrappedColumns)
        let quoted = #/`[^`]*`|'[^']*'|使い方: .*|詳しくは .*|GlobalSign Root CA|fidoctl virtual key/#
        let left = japanese.replacing(quoted, with: "").split(separator: "\n").filter {
            !$0.contains(#/^ +fidoctl /#) && $0.contains(#/[A-Za-z]{2,}[,;]? [a-z]{2,} [a-z]+|[A-Z]{4,}:/#)
        }
        #expect(left == [])
    }

    @Test func `no translation is left over from a command or option that is gone`() {
        let all = Self.helps.joined(separator: "\n")
        let unused = (JapaneseHelp.commands + JapaneseHelp.discussions + JapaneseHelp.options).filter {
            !all.contains($0.english)
        }
        #expect(unused.map(\.english) == [])
    }

    /// The help has them as a text: joining their names would take longer than parsing the command line.
    @Test func `the help of register lists the default algorithms`() {
        let names = CreationOptions.defaultAlgorithms.map(\.description).joined(separator: " ")
        let help = Fidoctl.helpMessage(for: RegisterCommand.self, columns: JapaneseHelp.unwrappedColumns)
        #expect(help.contains("(default: \(names))"))
    }

    @Test(arguments: [60, 80]) func `lines fit, and options keep their column`(columns: Int) {
        let help = JapaneseHelp.text(Fidoctl.helpMessage(for: RegisterCommand.self, columns: 100_000), columns: columns)
        let lines = help.split(separator: "\n").filter {
            !$0.hasPrefix("使い方") && !$0.hasPrefix("  fidoctl ")
        }
        // Names of options and addresses are not broken.
        let broken = lines.filter { TerminalWidth.columns(String($0)) > max(columns, 66) }
        #expect(broken == [])
        #expect(help.contains("\n  --discoverable          --resident-key required"))
        #expect(!lines.contains { $0.drop { $0 == " " }.hasPrefix("。") || $0.hasSuffix("（") })
    }

    @Test func `what is not help stays as it is`() {
        #expect(JapaneseHelp.text("0.1.0", columns: 80) == "0.1.0")
    }

    @Test(
        arguments: [
            (["list", "--jsn"], "オプション '--jsn' はありません。もしかして: '--json'"),
            (["list", "--zzzzzz"], "オプション '--zzzzzz' はありません"),
            (["info", "--device"], "'--device <selector>' の値がありません"),
            (["verify"], "引数 '<file>' がありません"),
            (["list", "more"], "'more' は余分な引数です"),
            (["list", "more", "still"], "余分な引数が 2 個あります: 'more', 'still'"),
            (["list", "--json=x"], "オプション '--json' に値 ('x') は指定できません"),
            (
                ["register", "--rp-id", "a.example", "--format", "x"],
                "'--format <format>' の値 'x' が正しくありません。次のどれかを指定してください: 'text'、'json'、'fido2-tools'"
            ),
        ]
    )
    func `the parser's messages are translated`(arguments: [String], message: String) throws {
        let error = #expect(throws: (any Error).self) { try Fidoctl.parseAsRoot(arguments) }
        #expect(JapaneseHelp.message(Fidoctl.message(for: try #require(error))) == message)
    }
}
