/// The language of messages for people.
package enum Language: Hashable, Sendable, CaseIterable {
    case english
    case japanese

    /// The language of the locale that `environment` names, by the rules of setlocale(3) for messages.
    package init(environment: (String) -> String?) {
        let locale = Locale.name(of: "LC_MESSAGES", environment)
        let name = locale?.prefix { $0 != "_" && $0 != "." && $0 != "@" }
        self = name == "ja" ? .japanese : .english
    }

    /// This process's language.
    package static let current = Language(environment: Environment.variable)
}

/// The locale that the environment selects, without the C library.
package enum Locale {
    /// The locale of one category (setlocale(3)); `nil` if none is set, which means the C locale.
    package static func name(of category: String, _ environment: (String) -> String?) -> String? {
        ["LC_ALL", category, "LANG"].lazy.compactMap(environment).first { !$0.isEmpty }
    }

    /// Whether this is the C locale, by any of its names: a terminal may then show only ASCII.
    package static func isASCII(environment: (String) -> String?) -> Bool {
        guard let name = name(of: "LC_CTYPE", environment) else { return true }
        return name == "C" || name == "POSIX"
    }

    /// This process's.
    package static let isASCII = isASCII(environment: Environment.variable)
}
