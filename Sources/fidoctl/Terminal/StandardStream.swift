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

    /// Writes text and a line end.
    func writeLine(_ text: String) throws(SystemError) {
        try write(Array((text + "\n").utf8))
    }

    /// Whether colour belongs here: on a terminal that can, and not under NO_COLOR (no-color.org).
    var showsColor: Bool {
        Environment.isTerminal(rawValue)
            && Environment.nonEmptyVariable("NO_COLOR") == nil
            && Environment.variable("TERM") != "dumb"
    }
}

/// What the system gave as the reason of a failed call.
struct SystemError: Error, Hashable {
    /// The call's errno.
    var number: Int32

    /// The system's own words.
    var reason: String { unsafe String(cString: strerror(number)) }
}
