import ArgumentParser
import Interaction

/// The output format of register and assert.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// For people.
    case text
    /// As a browser's `toJSON()`.
    case json
    /// As libfido2's command lines read it.
    case fido2Tools = "fido2-tools"
}

struct FormatOptions: ParsableArguments {
    @Option(name: .customLong("format"), help: "How to print the result.")
    var chosenFormat: OutputFormat?

    @Flag(help: "The same as --format json.")
    var json = false

    func validate() throws {
        if json, let chosenFormat, chosenFormat != .json {
            throw ValidationError(.contradict("--json", "--format \(chosenFormat.rawValue)"))
        }
    }

    var format: OutputFormat { json ? .json : chosenFormat ?? .text }
}
