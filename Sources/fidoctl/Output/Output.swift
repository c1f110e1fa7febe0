import Interaction
import WebAuthn

/// Results on standard output.
enum Output {
    /// One JSON document: on one line, or spread out where a person reads it on a terminal.
    static func json(_ value: some Encodable) throws {
        let pretty = Environment.isTerminal(StandardStream.output.rawValue)
        try write(JSONText.escape(JSON.encode(value, pretty: pretty)) + Array("\n".utf8))
    }

    static func lines(_ lines: [String]) throws(Failure) {
        do {
            try StandardStream.output.writeLines(lines)
        } catch {
            throw .unwritten(error)
        }
    }

    /// Writes bytes unchanged; to a terminal, only text, escaped.
    static func raw(_ bytes: [UInt8]) throws(Failure) {
        guard Environment.isTerminal(StandardStream.output.rawValue) else { return try write(bytes) }
        let lines = String(validating: bytes, as: UTF8.self)?.split(separator: "\n", omittingEmptySubsequences: false)
        let isText = lines?.allSatisfy { $0.unicodeScalars.allSatisfy(TerminalText.isHarmless) } ?? false
        guard let lines, isText else { throw Failure(.usage, .blobIsBinary, hint: .blobIsBinaryHint) }
        try self.lines(lines.map(String.init))
    }

    private static func write(_ bytes: [UInt8]) throws(Failure) {
        do {
            try StandardStream.output.write(bytes)
        } catch {
            throw .unwritten(error)
        }
    }
}
