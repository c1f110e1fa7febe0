import Testing
@testable import Interaction
@testable import fidoctl

@Suite struct LanguageTests {
    @Test(
        arguments: [
            ([:], .english),
            (["LANG": "ja_JP.UTF-8"], .japanese),
            (["LANG": "ja"], .japanese),
            (["LANG": "en_US.UTF-8"], .english),
            (["LANG": "jav_ID"], .english),
            (["LC_MESSAGES": "ja_JP@x", "LANG": "de_DE"], .japanese),
            (["LC_ALL": "C", "LC_MESSAGES": "ja_JP", "LANG": "ja_JP"], .english),
            (["LC_ALL": "", "LANG": "ja_JP"], .japanese),
        ] as [([String: String], Language)]
    )
    func followsTheLocale(environment: [String: String], language: Language) {
        #expect(Language(environment: { environment[$0] }) == language)
    }

    @Test(
        arguments: [
            ([:], true), (["LC_ALL": "C"], true), (["LANG": "POSIX"], true),
            (["LC_CTYPE": "C", "LANG": "ja_JP.UTF-8"], true),
            (["LANG": "C.UTF-8"], false), (["LC_ALL": "ja_JP.UTF-8", "LANG": "C"], false),
            (["LC_ALL": "", "LANG": "C"], true),
        ] as [([String: String], Bool)]
    )
    func `the C locale promises ASCII and no more`(environment: [String: String], isASCII: Bool) {
        #expect(Locale.isASCII(environment: { environment[$0] }) == isASCII)
    }
}
