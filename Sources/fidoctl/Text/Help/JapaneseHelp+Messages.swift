extension JapaneseHelp {
    /// What the parser says about arguments, in Japanese; its own words if it is not one of the usual messages.
    static func message(_ english: String) -> String {
        switch english {
        case let text where text.hasPrefix("Unknown option '"):
            text.replacing("Unknown option '", with: "オプション '")
                .replacing("'. Did you mean '", with: "' はありません。もしかして: '")
                .replacing(#/'\?$/#, with: "'")
                .replacing(#/^(オプション '[^']*')$/#) { "\($0.1) はありません" }
        case let text where text.hasPrefix("Missing value for '"):
            text.replacing("Missing value for '", with: "'") + " の値がありません"
        case let text where text.hasPrefix("Missing expected argument '"):
            text.replacing("Missing expected argument '", with: "引数 '") + " がありません"
        case let text where text.hasPrefix("Unexpected argument '"):
            text.replacing("Unexpected argument '", with: "'") + " は余分な引数です"
        case let text where text.contains(" unexpected arguments: '"):
            text.replacing(#/^(\d+) unexpected arguments: /#) { "余分な引数が \($0.1) 個あります: " }
        case let text where text.hasPrefix("The option '"):
            text.replacing(#/^The option ('.*') does not take any value, but ('.*') was specified\.$/#) {
                "オプション \($0.1) に値 (\($0.2)) は指定できません"
            }
        case let text where text.hasPrefix("The value '"):
            invalidValue(text)
        default: english
        }
    }

    private static func invalidValue(_ english: String) -> String {
        english.replacing(#/^The value ('.*') is invalid for ('[^']*')/#) { "\($0.2) の値 \($0.1) が正しくありません" }
            .replacing(#/\. Please provide one of (.*)\.$/#) { found in
                "。次のどれかを指定してください: " + found.1.replacing(#/, | and | or /#, with: "、")
            }
            .replacing(". Please provide one of the following:", with: "。次のどれかを指定してください:")
    }
}
