import Glibc
import WebAuthn

/// A small file that a command reads.
enum InputFile {
    /// All of the file at `path`, or of standard input for `-`; refuses more than any JSON document may have.
    static func read(_ path: String) throws(Failure) -> [UInt8] {
        let isStandardInput = path == "-"
        let descriptor = isStandardInput ? STDIN_FILENO : unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer {
            if !isStandardInput { close(descriptor) }
        }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= JSON.maximumByteCount {
            let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
            if count > 0 {
                bytes += buffer.prefix(count)
            } else if count == 0 {
                return bytes
            } else if errno != EINTR {
                throw failure(path)
            }
        }
        throw Failure(
            .badData,
            .badFile(TerminalText.escape(path), JSONError.tooLong(byteCount: bytes.count).description)
        )
    }

    /// Reads a document of a browser's, or of ours.
    static func readResponse<Response>(
        _ path: String,
        _ parse: ([UInt8]) throws(JSONError) -> Response
    ) throws(Failure) -> Response {
        let bytes = try read(path)
        do throws(JSONError) {
            return try parse(bytes)
        } catch {
            throw Failure(.badData, .badFile(TerminalText.escape(path), TerminalText.escape(error.description)))
        }
    }

    private static func failure(_ path: String) -> Failure {
        Failure(.io, .cannotReadFile(TerminalText.escape(path), SystemError(number: errno).reason))
    }
}
