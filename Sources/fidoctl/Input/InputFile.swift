import CTAP2
import CTAPHID
import Glibc
import Interaction
import Platform
import WebAuthn

/// A small file that a command reads.
enum InputFile {
    /// How long a command without a timeout of its own waits for all of a file.
    static let patience = Duration.seconds(60)

    /// All of the file at `path`, or of standard input for `-`; refuses more than any JSON document may have.
    static func read(_ path: String, by deadline: Deadline = Deadline(after: patience)) throws(Failure) -> [UInt8] {
        let bytes = try read(path, limit: JSON.maximumByteCount, by: deadline)
        guard bytes.count <= JSON.maximumByteCount else {
            let detail = JSONError.tooLong(byteCount: bytes.count).explanation
            throw Failure(.badData, .badFile(name(path), detail))
        }
        return bytes
    }

    /// All of a file to be stored as a large blob.
    static func readBlob(_ path: String, by deadline: Deadline) throws(Failure) -> [UInt8] {
        let limit = LargeBlob.maximumByteCount
        let bytes = try read(path, limit: limit, by: deadline)
        guard bytes.count <= limit else { throw Failure(.badData, .blobTooLarge(name(path), maximum: limit)) }
        return bytes
    }

    /// All of a file, or its beginning if it is longer than `limit` bytes.
    ///
    /// Ends at the deadline and when the task is cancelled, even if a pipe's writer never shows up.
    static func read(
        _ path: String,
        limit: Int,
        by deadline: Deadline = Deadline(after: patience)
    ) throws(Failure) -> [UInt8] {
        let isStandardInput = path == "-"
        let descriptor = isStandardInput ? STDIN_FILENO : unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure(path) }
        defer {
            if !isStandardInput { close(descriptor) }
        }
        return try read(descriptor, path, limit: limit, by: deadline)
    }

    /// The same of an open file, whose path is for messages.
    static func read(
        _ descriptor: Int32,
        _ path: String,
        limit: Int,
        by deadline: Deadline = Deadline(after: patience)
    ) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= limit {
            try waitUntilReadable(descriptor, path, by: deadline)
            let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
            if count > 0 {
                bytes += buffer.prefix(count)
            } else if count == 0 {
                return bytes
            } else if errno != EINTR, errno != EAGAIN {
                throw failure(path)
            }
        }
        return bytes
    }

    /// Checks for cancellation every 50 ms.
    private static func waitUntilReadable(
        _ descriptor: Int32,
        _ path: String,
        by deadline: Deadline
    ) throws(Failure) {
        var isReady: Bool
        repeat {
            guard !Task.isCancelled else { throw Failure(.cancelled, .cancelled) }
            guard !deadline.hasPassed else { throw Failure(.timedOut, .fileNotReadInTime(name(path))) }
            let pause = min(Duration.milliseconds(50), deadline.remaining)
            // A descriptor that cannot be waited for is read, to fail with its own reason.
            isReady = (try? Poll.wait(for: [.init(descriptor: descriptor)], within: pause).readable.isEmpty) != true
        } while !isReady
    }

    /// Reads and parses a JSON document.
    static func readJSON<Document>(
        _ path: String,
        by deadline: Deadline = Deadline(after: patience),
        _ parse: ([UInt8]) throws(JSONError) -> Document
    ) throws(Failure) -> Document {
        let bytes = try read(path, by: deadline)
        do throws(JSONError) {
            return try parse(bytes)
        } catch {
            let code: FailureCode = if case .unsupported = error { .unsupported } else { .badData }
            throw Failure(code, .badFile(name(path), error.explanation))
        }
    }

    /// The file's name in messages.
    static func name(_ path: String) -> String {
        path == "-" ? Text.standardInput.localized : TerminalText.escape(path)
    }

    private static func failure(_ path: String) -> Failure {
        Failure(.io, .cannotReadFile(name(path), Errno.current))
    }
}
