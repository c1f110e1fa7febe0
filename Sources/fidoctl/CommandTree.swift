import ArgumentParser

/// The names of commands, as typed on the command line.
enum CommandTree {
    /// Parses a command line. Throws what a parse from the root throws.
    ///
    /// The command that the leading arguments name parses the others alone, which takes half the time. Help, completion
    /// scripts and whatever is wrong are left to the root, whose messages name the whole command.
    static func parse(_ arguments: [String]) throws -> any ParsableCommand {
        if let (command, rest) = leaf(arguments), let parsed = try? command.parseAsRoot(rest) as? any FidoctlCommand {
            return parsed
        }
        return try Fidoctl.parseAsRoot(arguments)
    }

    /// The command that the leading arguments name, and the arguments after its name; `nil` if they name none, or if
    /// any of them may ask for a completion script.
    private static func leaf(_ arguments: [String]) -> (command: any ParsableCommand.Type, rest: [String])? {
        guard !arguments.contains(where: { $0.hasPrefix("--generate-completion-script") }) else { return nil }
        var commands = Fidoctl.configuration.subcommands
        for (index, argument) in arguments.enumerated() {
            guard let next = commands.first(where: { $0.configuration.commandName == argument }) else { return nil }
            commands = next.configuration.subcommands
            if commands.isEmpty { return (next, Array(arguments[(index + 1)...])) }
        }
        return nil
    }

    /// The names that lead to a command's type, such as `virtual serve`.
    static func name(of command: any ParsableCommand.Type) -> String {
        path(to: command, from: Fidoctl.self)?.joined(separator: " ") ?? ""
    }

    /// The leading arguments that are command names.
    static func name(in arguments: some Sequence<String>) -> String {
        walk(arguments).names.joined(separator: " ")
    }

    /// The first argument in the place of a command that is not a command's name; `nil` if there is an option or
    /// nothing there.
    static func unknown(in arguments: some Sequence<String>) -> String? {
        walk(arguments).unknown
    }

    /// The command that the first unknown name probably meant, such as `assert` for `asser`.
    static func likeliest(in arguments: some Sequence<String>) -> String? {
        let (names, choices, unknown) = walk(arguments)
        guard let unknown else { return nil }
        let likely = choices.map { (name: $0, distance: editDistance($0, unknown)) }.min { $0.distance < $1.distance }
        // A third of the letters may be wrong.
        guard let likely, likely.distance <= max(1, unknown.count / 3) else { return nil }
        return (["fidoctl"] + names + [likely.name]).joined(separator: " ")
    }

    private static func walk(
        _ arguments: some Sequence<String>
    ) -> (names: [String], choices: [String], unknown: String?) {
        var names: [String] = []
        var commands = Fidoctl.configuration.subcommands
        for argument in arguments.drop(while: { $0 == "help" }) {
            guard !commands.isEmpty, !argument.hasPrefix("-") else { break }
            guard let next = commands.first(where: { $0.configuration.commandName == argument }) else {
                return (names, commands.compactMap { $0.configuration.commandName }, argument)
            }
            names.append(argument)
            commands = next.configuration.subcommands
        }
        return (names, [], nil)
    }

    /// The number of letters to change, insert, delete or swap with their neighbour.
    private static func editDistance(_ first: String, _ second: String) -> Int {
        let (a, b) = (Array(first), Array(second.prefix(32)))
        var rows = [Array(0...b.count)]
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var least = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, rows[i - 1][j - 1] + 1) }
                row.append(least)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }

    private static func path(
        to command: any ParsableCommand.Type,
        from root: any ParsableCommand.Type
    ) -> [String]? {
        if command == root { return [] }
        for next in root.configuration.subcommands {
            if let rest = path(to: command, from: next) {
                return [next.configuration.commandName ?? ""] + rest
            }
        }
        return nil
    }
}
