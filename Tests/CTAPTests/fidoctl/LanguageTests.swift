import Testing
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
}
