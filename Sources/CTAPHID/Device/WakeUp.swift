import Glibc

/// A call to a thread that waits in `poll`: made by any thread, kept until it is heard.
final class WakeUp: Sendable {
    /// Readable once called.
    let descriptor: CInt
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

    /// Takes note of the calls so far.
    func hear() {
        var calls = [UInt8](repeating: 0, count: 64)
        _ = unsafe read(descriptor, &calls, calls.count)
    }
}
