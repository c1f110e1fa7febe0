import CTAPHID
import Glibc

/// A file descriptor that can be read from the moment when something must stop.
final class StopPipe: Sendable {
    /// To be watched, never read.
    let descriptor: Int32
    private let writeEnd: Int32

    /// The system has no descriptors left.
    struct NoDescriptors: Error {}

    init() throws(NoDescriptors) {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { throw NoDescriptors() }
        (descriptor, writeEnd) = (ends[0], ends[1])
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
    }

    deinit {
        close(descriptor)
        close(writeEnd)
    }

    func signal() {
        _ = unsafe write(writeEnd, [1], 1)
    }

    /// What a wait ended with.
    enum Wakeup: Hashable {
        case readable
        case stopped
        case timedOut
    }

    /// Waits until `other` can be read, or has ended; to stop outranks it.
    func waitToRead(_ other: Int32, by deadline: Deadline) -> Wakeup {
        var polled = [
            pollfd(fd: other, events: CShort(POLLIN), revents: 0),
            pollfd(fd: descriptor, events: CShort(POLLIN), revents: 0),
        ]
        while !deadline.hasPassed {
            let (seconds, attoseconds) = deadline.remaining.components
            let milliseconds = min(seconds, 3_600) * 1_000 + attoseconds / 1_000_000_000_000_000 + 1
            guard unsafe poll(&polled, 2, CInt(milliseconds)) > 0 else { continue }
            return polled[1].revents != 0 ? .stopped : .readable
        }
        return .timedOut
    }
}
