import CTAP2
import CTAPHID
import Glibc
import Platform

/// PINs that were laid down beforehand, in a file or behind a descriptor: a line each, given out once.
final class StoredPIN: Sendable {
    /// For people, escaped.
    private let name: String
    private let lines: SecretLines
    /// The file, which is ours to close.
    private let file: Int32?

    /// Reads from a descriptor that somebody else opened.
    init(descriptor: Int32) throws(Failure) {
        name = "--pin-fd \(descriptor)"
        file = nil
        lines = try Self.lines(of: descriptor, name)
    }

    /// Reads from a file, which must be ours and closed to others.
    init(file path: String) throws(Failure) {
        let descriptor = try PINFile.open(path)
        name = TerminalText.escape(path)
        file = descriptor
        lines = try Self.lines(of: descriptor, name)
    }

    deinit {
        if let file { close(file) }
    }

    /// The next line.
    func next(by deadline: Deadline) async throws(Failure) -> Secret {
        do throws(SecretLines.Failure) {
            return try await lines.next(by: deadline)
        } catch {
            throw .noAnswer(error, from: name)
        }
    }

    /// Throws when the file goes on: it is not what it was taken for. A descriptor may go on.
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
            throw Failure(.io, .cannotReadFile(name, error.description))
        }
    }
}
