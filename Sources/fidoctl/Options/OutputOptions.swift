import ArgumentParser
import WebAuthn

/// How a command prints its result.
struct OutputOptions: ParsableArguments {
    @Flag(name: .long, help: "Print the result, or the failure, as one JSON document.")
    var json = false

    /// Prints `value` as JSON or, for people, `lines`.
    func print(_ value: some Encodable, lines: [String]) throws {
        if json {
            try Output.json(value)
        } else {
            try Output.lines(lines)
        }
    }
}
