import CTAP2
import CTAPHID
import Dispatch
import Glibc
import Platform

/// Reads an application's messages from standard input, on a thread of its own.
struct MessageReader: Sendable {
    /// Why it stopped.
    enum End: Hashable {
        /// The application closed its end between two messages.
        case closed
        /// It closed its end within a message.
        case cutShort
        /// `stop` was called.
        case stopped
        /// No further messages are wanted.
        case satisfied
        case unreadable(Errno)
    }

    /// What to do with each message.
    struct Receiver: Sendable {
        /// Takes a message, which is overwritten afterwards; false if it is the last one wanted.
        var take: @Sendable (inout [UInt8]) -> Bool
        var reject: @Sendable (FrameError) -> Void
    }

    let framing: Framing
    let stop: WakeUp

    func read(into receiver: Receiver) async -> End {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                DispatchQueue(label: "fidoctl.serve").async { continuation.resume(returning: readAll(receiver)) }
            }
        } onCancel: {
            stop.call()
        }
    }

    private func readAll(_ receiver: Receiver) -> End {
        var assembler = FrameAssembler(framing)
        var piece = [UInt8](repeating: 0, count: 65_536)
        let never = Deadline(after: .seconds(Int64.max))
        while stop.waitToRead(STDIN_FILENO, by: never) == .readable {
            let count = unsafe Glibc.read(STDIN_FILENO, &piece, piece.count)
            if count == 0 { return assembler.isBetweenMessages ? .closed : .cutShort }
            guard count > 0 else {
                if errno == EINTR || errno == EAGAIN { continue }
                return .unreadable(Errno.current)
            }
            defer { piece.wipe() }
            if !Self.hand(piece.span.extracting(first: count), to: receiver, &assembler) { return .satisfied }
        }
        return .stopped
    }

    /// Hands on the messages that end in this piece; false after the last one wanted.
    private static func hand(_ piece: Span<UInt8>, to receiver: Receiver, _ assembler: inout FrameAssembler) -> Bool {
        var offset = 0
        while offset < piece.count {
            do throws(FrameError) {
                guard try assembler.advance(through: piece, from: &offset) else { break }
                defer { assembler.clear() }
                guard assembler.withMessage(receiver.take) else { return false }
            } catch {
                receiver.reject(error)
            }
        }
        return true
    }
}
