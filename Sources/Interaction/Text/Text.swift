/// A message for people, in all languages of fidoctl.
///
/// Text from a key, a file or the command line must be escaped first.
package struct Text: Hashable, Sendable {
    package let english: String
    package let japanese: String

    package init(_ english: String, _ japanese: String) {
        self.english = english
        self.japanese = japanese
    }

    /// The same text in every language, such as a name or a number.
    package init(verbatim text: String) {
        self.init(text, text)
    }

    package func string(in language: Language) -> String {
        switch language {
        case .english: english
        case .japanese: japanese
        }
    }

    /// In this process's language.
    package var localized: String { string(in: .current) }

    package static func + (first: Text, second: Text) -> Text {
        Text(first.english + second.english, first.japanese + second.japanese)
    }
}

extension DefaultStringInterpolation {
    /// A name and the Japanese particle after it: 仮想キーが, but YubiKey 5 が.
    package mutating func appendInterpolation(_ name: String, _ particle: String) {
        appendLiteral(name)
        if !name.endsInJapanese { appendLiteral(" ") }
        appendLiteral(particle)
    }
}

extension String {
    /// Whether the last character is kana, kanji or one of their punctuation marks.
    fileprivate var endsInJapanese: Bool {
        guard let last = unicodeScalars.last else { return false }
        return switch last.value {
        case 0x3000...0x30FF, 0x3400...0x9FFF, 0xF900...0xFAFF, 0xFF00...0xFFEF, 0x20000...0x3FFFD: true
        default: false
        }
    }
}
