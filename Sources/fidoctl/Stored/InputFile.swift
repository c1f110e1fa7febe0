import Glibc
import WebAuthn

/// A small file that a command reads.
enum InputFile {
    /// All of the file at `path`, or of standard input for `-`; refuses more than any JSON document may have.
    ///
    /// Ends when the task is cancelled, even if a pipe's writer never shows up.
    static func read(_ path: String) throws(Failure) -> [UInt8] {
        let isStandardInput = path == "-"
        let descriptor = isStandardInput ? STDIN_FILENO : unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure(path) }
        defer {
            if !isStandardInput { close(descriptor) }
        }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= JSON.maximumByteCount {
            try waitUntilReadable(descriptor)
            let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
            if count > 0 {
                bytes += buffer.prefix(count)
            } else if count == 0 {
                return bytes
            } else if errno != EINTR, errno != EAGAIN {
                throw failure(path)
            }
        }
        let detail = JSONError.tooLong(byteCount: bytes.count).description
        throw Failure(.badData, .badFile(name(path), detail))
    }

    /// Checks for cancellation every 50 ms.
    private static func waitUntilReadable(_ descriptor: Int32) throws(Failure) {
        var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        repeat {
            guard !Task.isCancelled else { throw Failure(.cancelled, .cancelled) }
        } while unsafe poll(&polled, 1, 50) == 0
    }

    /// Reads a response from a file.
    static func readResponse<Response>(
        _ path: String,
        _ parse: ([UInt8]) throws(JSONError) -> Response
    ) throws(Failure) -> Response {
        let bytes = try read(path)
        do throws(JSONError) {
            return try parse(bytes)
        } catch {
            throw Failure(.badData, .badFile(name(path), TerminalText.escape(error.description)))
        }
    }

    /// The file's name in messages.
    static func name(_ path: String) -> String {
        path == "-" ? Text.standardInput.localized : TerminalText.escape(path)
    }

    private static func failure(_ path: String) -> Failure {
        Failure(.io, .cannotReadFile(name(path), SystemError(number: errno).reason))
    }
}
