import Glibc

/// Standard output, which carries results, and standard error, which carries everything else.
enum StandardStream: Int32 {
    case output = 1
    case error = 2

    /// Writes all of `bytes`, or throws the system's reason why not.
    func write(_ bytes: [UInt8]) throws(SystemError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(rawValue, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw SystemError(number: errno)
            }
        }
    }

    /// Writes text and a line end; to a terminal in the C locale, in ASCII.
    func writeLine(_ text: String) throws(SystemError) {
        let isPlain = Environment.isTerminal(rawValue) && Locale.isASCII
        try write(Array(((isPlain ? TerminalText.ascii(text) : text) + "\n").utf8))
    }

    /// Whether escape sequences and characters beyond ASCII belong here: on a terminal that TERM and the locale promise.
    var takesEscapes: Bool {
        guard let kind = Environment.nonEmptyVariable("TERM"), kind != "dumb" else { return false }
        return Environment.isTerminal(rawValue) && !Locale.isASCII
    }

    /// Whether colour belongs here: where escape sequences do, and not under NO_COLOR (no-color.org).
    var showsColor: Bool {
        takesEscapes && Environment.nonEmptyVariable("NO_COLOR") == nil
    }
}

/// What the system gave as the reason of a failed call.
struct SystemError: Error, Hashable {
    /// The call's errno.
    var number: Int32

    /// The system's own text.
    var reason: String { unsafe String(cString: strerror(number)) }
}
