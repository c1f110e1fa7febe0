/// The language of what is printed for people.
enum Language: Hashable, Sendable, CaseIterable {
    case english
    case japanese

    /// The language of the locale that `environment` names, by the rules of setlocale(3) for messages.
    init(environment: (String) -> String?) {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap(environment).first { !$0.isEmpty }
        let name = locale?.prefix { $0 != "_" && $0 != "." && $0 != "@" }
        self = name == "ja" ? .japanese : .english
    }

    /// This process's language.
    static let current = Language(environment: Environment.variable)
}
