import Testing

@testable import Interaction
@testable import fidoctl

@Suite struct PromptTests {
    private static let site = "login.microsoftonline.com.evil.example"
    private static let key = "YubiKey OTP+FIDO+CCID"

    /// Every state of the prompt, as in `Transcripts/prompts.txt`.
    private static let states: [(name: String, prompt: KeyPrompt)] = [
        ("insert", .insertKey(.logIn(rpId: "login.example.com"))),
        ("insert another", .insertAnotherKey(.logIn(rpId: "login.example.com"))),
        ("touch one", .touch(["YubiKey 5"], .logIn(rpId: "login.example.com"))),
        ("touch one, register", .touch(["仮想キー"], .register(rpId: "login.example.com"))),
        ("touch one, long names", .touch([key], .logIn(rpId: site))),
        ("touch several", .touch([key, "Solo 2"], .logIn(rpId: "login.example.com"))),
        ("touch again", .touchAgain("YubiKey 5", .logIn(rpId: "login.example.com"))),
        ("verify", .verify("YubiKey Bio", .logIn(rpId: "login.example.com"))),
        ("in use by another program", .inUseByAnother("YubiKey 5", .logIn(rpId: "login.example.com"))),
        ("unplug", .unplug("YubiKey 5", .reset)),
        ("plug in again", .plugInAgain("YubiKey 5", .reset)),
        ("touch to reset", .touch(["YubiKey 5"], .reset)),
        ("put a finger on", .touch(["YubiKey Bio"], .enroll)),
        ("put a finger on again", .sample(SampleCount(taken: 2, total: 5), "YubiKey Bio", .enroll)),
        ("choose", .touch(["YubiKey 5"], .choose)),
        ("another command", .touch(["YubiKey 5"], .use(command: "info"))),
    ]

    private static let widths = [40, 80, 120]
    /// The columns that the status line reserves for its spinner and the terminal's ^C.
    private static let reserved = 5

    @Test func `the PIN question is ASCII where the locale is`() {
        let prompt = Prompt(notes: [Text(verbatim: "clé")], question: Text(verbatim: "PIN of 仮…:"))
        #expect(TerminalPrompt.text(of: prompt, inASCII: true).utf8.allSatisfy { $0 < 0x80 })
        #expect(TerminalPrompt.text(of: prompt, inASCII: false) == "fidoctl: clé\nPIN of 仮…: ")
    }

    /// To rewrite the file: FIDOCTL_TEST_RECORD=1 scripts/test --filter PromptTests
    @Test func `prompts in every state and language are those of the transcript`() throws {
        var transcript = "What a person reads at each state, by columns of the terminal.\n"
        for (name, prompt) in Self.states {
            transcript += "\n# \(name)\n"
            for language in Language.allCases {
                for width in Self.widths {
                    let line = prompt.line(columns: width - Self.reserved, secondsLeft: 58, in: language)
                    transcript += "\(width)".padding(to: 5) + line + "\n"
                }
            }
        }
        transcript += "\n# PIN\n"
        for operation in [
            KeyOperation.logIn(rpId: Self.site), .register(rpId: "login.example.com"), .use(command: "info"),
        ] {
            for language in Language.allCases {
                let question = Text.enterPIN(of: "YubiKey 5", operation) + .triesLeft(8)
                transcript += "any  " + question.string(in: language) + "\n"
            }
        }
        let file = Product.project + "/Tests/CTAPTests/Transcripts/prompts.txt"
        if environmentVariable("FIDOCTL_TEST_RECORD") != nil { try TextFile.write(transcript, to: file) }
        #expect(TextFile.whole(file) == transcript)
    }

    @Test(arguments: Language.allCases, Array(1...160))
    func `no prompt is wider than its line or loses the site's right end`(language: Language, columns: Int) {
        for (name, prompt) in Self.states {
            let line = prompt.line(columns: columns, secondsLeft: 58, in: language)
            guard columns >= 35 else { continue }
            #expect(TerminalWidth.columns(line) <= columns, "\(name)")
            #expect(line.contains("Ctrl-C"), "\(name)")
            guard let site = prompt.operation.site else { continue }
            #expect(line.contains(site.suffix(8)), "\(name): \(line)")
            #expect(line.hasPrefix(site) || line.hasPrefix("…"), "\(name): \(line)")
        }
    }

    @Test func `at 80 columns the end of a long site shows, and that Ctrl-C cancels`() {
        let prompt = KeyPrompt.touch([Self.key], .logIn(rpId: Self.site))
        let line = prompt.line(columns: 80 - Self.reserved, secondsLeft: 58, in: .english)
        #expect(line.hasPrefix(Self.site + ": Touch"))
        #expect(line.contains("Ctrl-C cancels"))
    }

    @Test func `the key's name is cut first`() {
        let prompt = KeyPrompt.touch([Self.key], .logIn(rpId: "login.example.com"))
        let line = prompt.line(columns: 90, secondsLeft: 58, in: .english)
        #expect(line == "login.example.com: Touch your security key YubiKey OTP+… to log in  (Ctrl-C cancels, 58 s)")
    }

    @Test func `a site longer than the line is cut at its left`() {
        let rpId = String(repeating: "long.", count: 60) + "evil.example"
        let line = KeyPrompt.touch([Self.key], .logIn(rpId: rpId)).line(columns: 35, secondsLeft: 58, in: .english)
        #expect(line.hasPrefix("…") && line.contains("evil.example: Touch"))
        #expect(KeyOperation.logIn(rpId: rpId).site?.hasSuffix(".evil.example") == true)
    }

    @Test func `a Japanese name and its particle have no space between them`() {
        let operation = KeyOperation.logIn(rpId: "example.com")
        #expect(KeyPrompt.touch(["仮想キー"], operation).text.japanese.contains("仮想キーに"))
        #expect(KeyPrompt.touch(["Software Key"], operation).text.japanese.contains("Software Key に"))
        #expect(Text.disconnected("キー").japanese == "キーが取り外されました")
    }

    @Test func `names in a site are escaped`() {
        let prompt = KeyPrompt.touch(["k"], .logIn(rpId: "a\u{202E}b\u{1B}[2J"))
        #expect(prompt.text.english.hasPrefix("a\\u{202e}b\\u{1b}[2J: "))
    }
}

extension String {
    fileprivate func padding(to count: Int) -> String {
        self + String(repeating: " ", count: max(0, count - self.count))
    }
}
