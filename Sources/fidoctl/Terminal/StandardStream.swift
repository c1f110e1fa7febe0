import Glibc
import Platform

/// Standard output, which carries results, and standard error, which carries everything else.
enum StandardStream: Int32 {
    case output = 1
    case error = 2

    /// Writes all of `bytes`, or throws the system's reason.
    func write(_ bytes: [UInt8]) throws(Errno) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = try Errno.retrying {
                unsafe rest.withUnsafeBytes { unsafe Glibc.write(rawValue, $0.baseAddress, $0.count) }
            }
            rest = rest.dropFirst(count)
        }
    }

    /// Writes text and a line end; to a terminal in the C locale, in ASCII.
    func writeLine(_ text: String) throws(Errno) {
        let isPlain = Environment.isTerminal(rawValue) && Locale.isASCII
        try write(Array(((isPlain ? TerminalText.ascii(text) : text) + "\n").utf8))
    }

    /// Whether escape sequences and non-ASCII characters may be written: on a terminal whose TERM and locale support
    /// them.
    var takesEscapes: Bool {
        guard let kind = Environment.nonEmptyVariable("TERM"), kind != "dumb" else { return false }
        return Environment.isTerminal(rawValue) && !Locale.isASCII
    }

    /// Whether colour may be written: where escape sequences may, except under NO_COLOR (no-color.org).
    var showsColor: Bool {
        takesEscapes && Environment.nonEmptyVariable("NO_COLOR") == nil
    }
}
