import Glibc

/// A call to a thread that waits in `poll`: made by any thread, kept until it is heard.
final class WakeUp: Sendable {
    private let descriptor: CInt
    private let caller: CInt

    init() throws(CTAPHIDError) {
        var ends: [CInt] = [-1, -1]
        let type = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        guard unsafe socketpair(AF_UNIX, CInt(type), 0, &ends) == 0 else {
            throw .io(operation: "socketpair", reason: SystemError(number: errno).description)
        }
        (descriptor, caller) = (ends[0], ends[1])
    }

    deinit {
        _ = close(caller)
        _ = close(descriptor)
    }

    func call() {
        var one: UInt8 = 1
        // A full socket refuses it, and is as good a call.
        _ = unsafe write(caller, &one, 1)
    }

    /// Waits until one of `others` has something to say (true), somebody calls, or the time is over (false). A call is
    /// heard only when the others have nothing to say, and then the waiting is over.
    func wait(for others: CInt..., within duration: Duration) -> Bool {
        // poll() passes over a descriptor of -1.
        var polled = (others + [descriptor]).map { pollfd(fd: $0, events: CShort(POLLIN), revents: 0) }
        guard unsafe poll(&polled, nfds_t(polled.count), duration.pollTimeout) > 0 else { return false }
        if polled.dropLast().contains(where: { $0.revents != 0 }) { return true }
        var calls = [UInt8](repeating: 0, count: 64)
        _ = unsafe read(descriptor, &calls, calls.count)
        return false
    }
}

extension Duration {
    /// In milliseconds for `poll`: never shorter than asked, never for ever.
    var pollTimeout: CInt {
        let (seconds, attoseconds) = components
        guard seconds < 1_000_000 else { return 1_000_000_000 }
        let whole = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return max(0, CInt(seconds * 1_000 + whole))
    }
}
