import CTAP2
import CTAPHID
import Glibc
import Interaction
import Platform
import Synchronization

/// The wire log of `--trace`: one JSON object a line, readable by its owner alone.
final class TraceFile: Sendable {
    private let descriptor: Int32
    /// For people, escaped.
    private let name: String
    private let start = ContinuousClock.now
    private let hasFailed = Atomic(false)

    /// Creates the file, or replaces an earlier trace; any other file of this name is left alone.
    init(path: String) throws(Failure) {
        name = TerminalText.escape(path)
        do throws(Errno) {
            if let new = try Self.create(path) {
                descriptor = new
            } else {
                descriptor = try Self.replaceTrace(path)
            }
        } catch {
            throw Failure(.io, .cannotWriteFile(name, error))
        }
        guard descriptor >= 0 else { throw Failure(.io, .traceInTheWay(name), hint: .traceInTheWayHint) }
    }

    deinit {
        close(descriptor)
    }

    /// A device whose reports are logged into the file.
    func tracing(_ device: sending any HIDDevice, name: String) -> sending any HIDDevice {
        TraceDevice(device, name: name, since: start, secrecy: Self.secrecy()) { [self] record in
            write(Array((record.line + "\n").utf8))
        }
    }

    /// A failure to write, for example on a full disk, is reported once and does not end the command.
    private func write(_ line: [UInt8]) {
        let count = unsafe Glibc.write(descriptor, line, line.count)
        guard count != line.count, !hasFailed.exchange(true, ordering: .relaxed) else { return }
        Diagnostics.warn(.cannotWriteFile(name, count < 0 ? Errno.current : Errno(code: ENOSPC)))
    }

    /// A new file; `nil` if the name is taken.
    private static func create(_ path: String) throws(Errno) -> Int32? {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor < 0 else { return descriptor }
        guard Errno.current == .exists else { throw .current }
        return nil
    }

    /// A new file in place of an old trace, whose mode, links and readers are not to be trusted; -1 if the existing
    /// file is not a trace.
    private static func replaceTrace(_ path: String) throws(Errno) -> Int32 {
        guard isTrace(path) else { return -1 }
        guard unsafe unlink(path) == 0 else { throw .current }
        return try create(path) ?? -1
    }

    /// Whether the path is a regular file of ours that is empty or begins like a trace.
    private static func isTrace(_ path: String) -> Bool {
        let descriptor = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid()
        else { return false }
        let beginning = Array("{\"time\":".utf8)
        var bytes = [UInt8](repeating: 0, count: beginning.count)
        let count = unsafe read(descriptor, &bytes, bytes.count)
        return count == 0 || (count == bytes.count && bytes == beginning)
    }

    /// Decides about the messages with one key: those about a PIN are secret, and responses with large-blob keys.
    private static func secrecy() -> (HIDCommand, [UInt8]) -> TraceSecrecy {
        var hasLargeBlobKeys = false
        return { command, payload in
            guard command == .cbor, let first = payload.first else { return .nothing }
            switch CTAPCommand(rawValue: first) {
            case .clientPIN: return .everything
            case .makeCredential, .getAssertion: hasLargeBlobKeys = asksForLargeBlobKey(payload)
            case .getNextAssertion: break
            case .credentialManagement, .credentialManagementPreview:
                hasLargeBlobKeys = enumeratesCredentials(payload)
            default: hasLargeBlobKeys = false
            }
            return hasLargeBlobKeys ? .response : .nothing
        }
    }

    /// Whether the extension's identifier is anywhere in the request.
    private static func asksForLargeBlobKey(_ request: [UInt8]) -> Bool {
        let identifier = Array("largeBlobKey".utf8)
        return request.indices.contains { request[$0...].starts(with: identifier) }
    }

    /// Whether a request's first member, its subcommand, is enumerateCredentialsBegin or
    /// enumerateCredentialsGetNextCredential (CTAP 2.3 §6.8).
    private static func enumeratesCredentials(_ request: [UInt8]) -> Bool {
        request.dropFirst(2).starts(with: [1, 4]) || request.dropFirst(2).starts(with: [1, 5])
    }
}
