package import CTAPHID
import Glibc
package import Platform
import Synchronization

/// Standard output, which carries results, and standard error, which carries everything else.
package enum StandardStream: Int32 {
    case output = 1
    case error = 2

    /// The deadline for the reader of standard output; `nil` for none.
    @TaskLocal package static var outputDeadline: Deadline?

    private static let errorDescriptor = Atomic<Int32>(STDERR_FILENO)

    /// Writes what is meant for standard error to another descriptor from now on, such as a terminal.
    package static func redirectError(to descriptor: Int32) {
        errorDescriptor.store(descriptor, ordering: .relaxed)
    }

    package var descriptor: Int32 {
        self == .error ? Self.errorDescriptor.load(ordering: .relaxed) : rawValue
    }

    /// The longest wait for the reader of standard error, which must not hold up a command.
    private static let errorPatience = Duration.seconds(1)
    private static let errorReaderHasStopped = Atomic(false)

    /// Writes all of `bytes`. Throws `.again` if the reader has stopped and the task is cancelled or the deadline
    /// passes.
    package func write(_ bytes: [UInt8]) throws(Errno) {
        var rest = bytes[...]
        while !rest.isEmpty {
            guard waitForReader() else { throw .again }
            // A writable pipe accepts this much without blocking.
            let piece = rest.prefix(Int(PIPE_BUF))
            do throws(Errno) {
                rest = rest.dropFirst(
                    try Errno.retrying {
                        unsafe piece.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
                    }
                )
            } catch {
                // The descriptor is non-blocking if its opener made it so.
                guard error == .again else { throw error }
            }
        }
    }

    /// Whether a write would not block; checks for cancellation every 50 ms.
    private func waitForReader() -> Bool {
        var deadline = Self.outputDeadline
        if self == .error {
            let hasStopped = Self.errorReaderHasStopped.load(ordering: .relaxed)
            deadline = Deadline(after: hasStopped ? .zero : Self.errorPatience)
        }
        var isReady: Bool
        repeat {
            isReady = Poll.waitToWrite(descriptor, within: .milliseconds(50))
        } while !isReady && !Task.isCancelled && deadline?.hasPassed != true
        if self == .error { Self.errorReaderHasStopped.store(!isReady, ordering: .relaxed) }
        return isReady
    }

    /// Writes text and a line end; to a terminal in the C locale, in ASCII.
    package func writeLine(_ text: String) throws(Errno) {
        try writeLines([text])
    }

    /// Writes several lines as `writeLine` does, all at once.
    package func writeLines(_ lines: [String]) throws(Errno) {
        let isPlain = Environment.isTerminal(descriptor) && Locale.isASCII
        var bytes: [UInt8] = []
        for line in lines {
            bytes.append(contentsOf: (isPlain ? TerminalText.ascii(line) : line).utf8)
            bytes.append(UInt8(ascii: "\n"))
        }
        try write(bytes)
    }

    /// Whether escape sequences and non-ASCII characters may be written: on a terminal whose TERM and locale support
    /// them.
    package var takesEscapes: Bool {
        guard let kind = Environment.nonEmptyVariable("TERM"), kind != "dumb" else { return false }
        return Environment.isTerminal(descriptor) && !Locale.isASCII
    }

    /// Whether colour may be written: where escape sequences may, except under NO_COLOR (no-color.org).
    package var showsColor: Bool {
        takesEscapes && Environment.nonEmptyVariable("NO_COLOR") == nil
    }
}
