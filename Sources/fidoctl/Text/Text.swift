/// One thing to say to a person, in every language that fidoctl speaks.
///
/// What a key, a file or a command line put in must have been escaped before.
struct Text: Hashable, Sendable {
    let english: String
    let japanese: String

    init(_ english: String, _ japanese: String) {
        self.english = english
        self.japanese = japanese
    }

    /// The same in every language, as names and numbers are.
    init(verbatim text: String) {
        self.init(text, text)
    }

    func string(in language: Language) -> String {
        switch language {
        case .english: english
        case .japanese: japanese
        }
    }

    /// In this process's language.
    var localized: String { string(in: .current) }

    static func + (first: Text, second: Text) -> Text {
        Text(first.english + second.english, first.japanese + second.japanese)
    }
}
