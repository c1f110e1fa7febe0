package import CTAP2
package import CTAPHID
import Glibc
import Platform

/// PINs from a file or descriptor, one a line, each used once.
package final class StoredPIN: Sendable {
    /// For people, escaped.
    private let name: String
    private let lines: SecretLines
    /// The file, which is closed with this value.
    private let file: Int32?

    /// Reads from a descriptor of the caller's.
    package init(descriptor: Int32) throws(Failure) {
        name = "--pin-fd \(descriptor)"
        file = nil
        lines = try Self.lines(of: descriptor, name)
    }

    /// Reads from a file, which must be ours and closed to others.
    package init(file path: String) throws(Failure) {
        let descriptor = try PINFile.open(path)
        name = TerminalText.escape(path)
        file = descriptor
        lines = try Self.lines(of: descriptor, name)
    }

    deinit {
        if let file { close(file) }
    }

    /// The next line.
    package func next(by deadline: Deadline) async throws(Failure) -> Secret {
        do throws(SecretLines.Failure) {
            return try await lines.next(by: deadline)
        } catch {
            throw .noAnswer(error, from: name)
        }
    }

    /// Throws if the file has further lines, and so is probably not a PIN file. A descriptor may have more.
    func expectEnd(by deadline: Deadline) async throws(Failure) {
        guard file != nil else { return }
        do throws(SecretLines.Failure) {
            _ = try await lines.next(by: deadline)
        } catch {
            guard error == .tooLong else { return }
        }
        throw Failure(.badData, .pinFileGoesOn(name))
    }

    private static func lines(of descriptor: Int32, _ name: String) throws(Failure) -> SecretLines {
        do throws(Errno) {
            return try SecretLines(descriptor)
        } catch {
            throw Failure(.io, .cannotReadFile(name, error))
        }
    }
}
