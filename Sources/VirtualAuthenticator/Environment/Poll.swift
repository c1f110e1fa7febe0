import Glibc

/// Waits for file descriptors, as poll(2) does.
enum Poll {
    /// What is waited for.
    struct Interest {
        var descriptor: Int32
        var wantsWriting = false
    }

    /// The descriptors that may be read (or have ended) and those that may be written, at most `timeout` later; `nil`
    /// waits for ever. A signal ends the wait with nothing.
    static func wait(
        for interests: [Interest],
        timeout: Duration?
    ) throws(Errno) -> (readable: Set<Int32>, writable: Set<Int32>) {
        var entries = interests.map { interest in
            let events = POLLIN | (interest.wantsWriting ? POLLOUT : 0)
            return pollfd(fd: interest.descriptor, events: Int16(events), revents: 0)
        }
        if unsafe poll(&entries, nfds_t(entries.count), timeout.map(milliseconds) ?? -1) < 0 {
            let error = Errno(code: errno)
            guard error.code == EINTR else { throw error }
            return ([], [])
        }
        let readable = entries.filter { $0.revents & Int16(POLLIN | POLLHUP | POLLERR) != 0 }.map(\.fd)
        let writable = entries.filter { $0.revents & Int16(POLLOUT) != 0 }.map(\.fd)
        return (Set(readable), Set(writable))
    }

    /// Rounded up, so that a time has come when the wait for it is over.
    private static func milliseconds(_ duration: Duration) -> Int32 {
        let (seconds, attoseconds) = duration.components
        guard seconds < 1_000_000 else { return .max }
        return max(0, Int32(seconds) * 1000 + Int32((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
    }
}

/// Blocks the thread; `false` when a signal came in between.
func sleep(for duration: Duration) -> Bool {
    guard duration > .zero else { return true }
    let (seconds, attoseconds) = duration.components
    var time = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
    return unsafe nanosleep(&time, nil) == 0
}
