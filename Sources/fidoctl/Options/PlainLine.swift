/// A command line in its plainest form: each option at most once, as `--name`, `--name value` or `--name=value`.
///
/// Before it reads an argument, the parser builds a description of every option, which takes longer than most commands.
/// So the commands that run most often read a plain line themselves. Any other line, and whatever is wrong with a plain
/// one, is left to the parser, so that help and messages are always its own.
struct PlainLine {
    /// Only the parser can say what the line means, or what is wrong with it.
    struct NotPlain: Error {}

    private let arguments: [String]
    /// Of each argument, what precedes its first `=`.
    private let names: [String]
    private var areRead: [Bool]

    /// The arguments after the command's name.
    init(_ arguments: some Sequence<String>) {
        self.arguments = Array(arguments)
        names = self.arguments.map { String(Substring($0.utf8.prefix { $0 != UInt8(ascii: "=") })) }
        areRead = Array(repeating: false, count: self.arguments.count)
    }

    /// Whether every argument was read.
    var isRead: Bool { !areRead.contains(false) }

    /// Whether a flag is given.
    mutating func flag(_ name: String) -> Bool {
        guard let index = arguments.firstIndex(of: name) else { return false }
        areRead[index] = true
        return true
    }

    /// The value of an option; `nil` without it.
    mutating func text(_ name: String) throws -> String? {
        guard let index = names.firstIndex(of: name) else { return nil }
        areRead[index] = true
        let value = arguments[index].utf8.dropFirst(name.utf8.count)
        guard value.isEmpty else { return String(Substring(value.dropFirst())) }
        let next = index + 1
        // Which options take a value that begins with a dash is known to the parser.
        guard next < arguments.count, !arguments[next].hasPrefix("-") else { throw NotPlain() }
        areRead[next] = true
        return arguments[next]
    }

    /// The value of an option as `read` converts it; `nil` without the option.
    mutating func value<T>(_ name: String, _ read: (String) throws -> T?) throws -> T? {
        guard let text = try text(name) else { return nil }
        guard let value = try read(text) else { throw NotPlain() }
        return value
    }
}

/// A command that reads a plain line itself.
protocol PlainCommand: FidoctlCommand {
    /// Sets every property, since reading one that is not set ends the program.
    init(_ line: inout PlainLine) throws
}
