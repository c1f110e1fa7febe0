import Glibc

/// A file descriptor that can be read from the moment when something must stop.
final class StopPipe: Sendable {
    /// To be watched, never read.
    let descriptor: Int32
    private let writeEnd: Int32

    /// The system has no descriptors left.
    struct Failure: Error {}

    init() throws(Failure) {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { throw Failure() }
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
}
