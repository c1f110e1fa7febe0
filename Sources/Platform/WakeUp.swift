import Glibc

/// Wakes a thread that waits in poll(2). Any thread may call; a call is kept until a wait consumes it.
package final class WakeUp: Sendable {
    /// Readable while a call is pending, for a `Poll` that should end at a call without consuming it.
    package let descriptor: CInt
    private let caller: CInt

    /// Throws when the process has no file descriptors left.
    package init() throws(Errno) {
        var ends: [CInt] = [-1, -1]
        let type = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        guard unsafe socketpair(AF_UNIX, CInt(type), 0, &ends) == 0 else { throw .current }
        (descriptor, caller) = (ends[0], ends[1])
    }

    deinit {
        _ = close(caller)
        _ = close(descriptor)
    }

    package func call() {
        // Fails only when so many calls are pending that one more makes no difference.
        _ = unsafe write(caller, [1] as [UInt8], 1)
    }

    /// Waits until one of `others` can be read or has ended (true), or until a call, a signal or the end of `duration`
    /// (false). A call is consumed only when none of `others` is ready.
    package func wait(for others: CInt..., within duration: Duration) -> Bool {
        let interests = (others + [descriptor]).map { Poll.Interest(descriptor: $0) }
        guard let ready = try? Poll.wait(for: interests, within: duration).readable, !ready.isEmpty else {
            return false
        }
        guard ready == [descriptor] else { return true }
        var calls = [UInt8](repeating: 0, count: 64)
        _ = unsafe read(descriptor, &calls, calls.count)
        return false
    }
}
