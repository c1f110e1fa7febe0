package import CTAP2
package import CTAPHID
import Dispatch
import Glibc
package import Platform
import Synchronization

/// Secret lines, read from a descriptor straight into `Secret` and not a byte further. A cancelled task stops waiting
/// at once.
package final class SecretLines: Sendable {
    /// Why there is no line.
    package enum Failure: Error, Hashable {
        /// The last line was read before.
        case atEnd
        /// The line is longer than any PIN.
        case tooLong
        case timedOut
        case cancelled
        case unreadable(Errno)
    }

    /// More than a PIN's 63 bytes, since typed accents may be separate characters.
    package static let maximumByteCount = 255

    private let descriptor: Int32
    private let stop: WakeUp
    private let queue = DispatchQueue(label: "fidoctl.secret-lines")

    /// The caller keeps the descriptor and closes it.
    package init(_ descriptor: Int32) throws(Errno) {
        self.descriptor = descriptor
        stop = try WakeUp()
    }

    /// The next line, without its end.
    package func next(by deadline: Deadline) async throws(Failure) -> Secret {
        let handoff = SecretHandoff()
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                queue.async { [self] in
                    do throws(Failure) {
                        handoff.put(.success(try read(by: deadline)))
                    } catch {
                        handoff.put(.failure(error))
                    }
                    continuation.resume()
                }
            }
        } onCancel: {
            stop.call()
        }
        return try handoff.take()
    }

    private func read(by deadline: Deadline) throws(Failure) -> Secret {
        unsafe try Secret(capacity: Self.maximumByteCount + 1) { room throws(Failure) in
            var count = 0
            while let byte = try unsafe byte(into: room, at: count, by: deadline) {
                guard byte != UInt8(ascii: "\n") else { return unsafe Self.lineLength(room, count) }
                count += 1
                // Some editors write a byte order mark at a file's start; sent to the key it would use up a try.
                if unsafe count == 3 && room.prefix(3).elementsEqual([0xEF, 0xBB, 0xBF]) { count = 0 }
                guard count < room.count else { throw .tooLong }
            }
            guard count > 0 else { throw .atEnd }
            return unsafe Self.lineLength(room, count)
        }
    }

    /// Reads one byte into place; `nil` at the end.
    private func byte(
        into room: UnsafeMutableRawBufferPointer,
        at index: Int,
        by deadline: Deadline
    ) throws(Failure) -> UInt8? {
        while true {
            switch stop.waitToRead(descriptor, by: deadline) {
            case .called: throw .cancelled
            case .timedOut: throw .timedOut
            case .readable: break
            }
            let place = unsafe UnsafeMutableRawBufferPointer(rebasing: room[index...index])
            switch unsafe Glibc.read(descriptor, place.baseAddress, 1) {
            case 1: return unsafe room[index]
            case 0: return nil
            default: guard errno == EAGAIN || errno == EINTR else { throw .unreadable(Errno.current) }
            }
        }
    }

    /// Without the carriage return that editors of other systems leave.
    private static func lineLength(_ room: UnsafeMutableRawBufferPointer, _ count: Int) -> Int {
        guard count > 0, unsafe room[count - 1] == UInt8(ascii: "\r") else { return count }
        return count - 1
    }
}

/// Carries a secret, which cannot be copied, from one thread to another.
private final class SecretHandoff: Sendable {
    private let content = Mutex<Result<Secret, SecretLines.Failure>?>(nil)

    func put(_ result: consuming sending Result<Secret, SecretLines.Failure>) {
        var result: Result<Secret, SecretLines.Failure>? = consume result
        content.withLock { $0 = result.take() }
    }

    func take() throws(SecretLines.Failure) -> Secret {
        let result = content.withLock { $0.take() }
        switch consume result {
        case .success(let secret)?: return secret
        case .failure(let failure)?: throw failure
        case nil: throw .cancelled
        }
    }
}
