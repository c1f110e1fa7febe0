import Glibc

/// Waits for file descriptors with poll(2).
package enum Poll {
    /// A descriptor, and what it is waited for; poll(2) ignores a descriptor of -1.
    package struct Interest: Hashable, Sendable {
        package var descriptor: CInt
        package var wantsWriting: Bool

        package init(descriptor: CInt, wantsWriting: Bool = false) {
            self.descriptor = descriptor
            self.wantsWriting = wantsWriting
        }
    }

    /// The descriptors that can be read (or have ended) and those that can be written, at most `duration` later; `nil`
    /// waits forever. A signal ends the wait early, with neither.
    package static func wait(
        for interests: [Interest],
        within duration: Duration?
    ) throws(Errno) -> (readable: [CInt], writable: [CInt]) {
        var entries = interests.map { interest in
            let events = interest.wantsWriting ? POLLIN | POLLOUT : POLLIN
            return pollfd(fd: interest.descriptor, events: CShort(events), revents: 0)
        }
        if unsafe poll(&entries, nfds_t(entries.count), duration?.pollTimeout ?? -1) < 0 {
            guard Errno.current == .interrupted else { throw .current }
            return ([], [])
        }
        let ended = POLLHUP | POLLERR | POLLNVAL
        let readable = entries.filter { $0.revents & CShort(POLLIN | ended) != 0 }.map(\.fd)
        let writable = entries.filter { $0.revents & CShort(POLLOUT) != 0 }.map(\.fd)
        return (readable, writable)
    }

    /// Waits until a descriptor is writable or its other end is closed; false after `duration` or at a signal.
    package static func waitToWrite(_ descriptor: CInt, within duration: Duration) -> Bool {
        var entry = pollfd(fd: descriptor, events: CShort(POLLOUT), revents: 0)
        return unsafe poll(&entry, 1, duration.pollTimeout) > 0
    }

    /// Whether a descriptor's other end, such as the device, is gone.
    package static func hasEnded(_ descriptor: CInt) -> Bool {
        var entry = pollfd(fd: descriptor, events: 0, revents: 0)
        return unsafe poll(&entry, 1, 0) > 0
    }
}
