import CProcess
package import CTAP2
import Glibc
import Platform
import Synchronization

/// A call by another program's thread, which waits here while tasks do the work.
///
/// The program's signal handlers and masks are its own. Meanwhile its thread blocks the signals that end a program, and our
/// threads inherit that. One that comes stays pending while the keys are cancelled, and takes the program's own effect when
/// the thread's mask is restored.
package enum HostCall {
    /// The result of `body`, whose task is cancelled at a signal or when the program that started this one has ended.
    private static func run<R: Sendable>(_ body: @escaping @Sendable () async -> R) -> R? {
        guard let finished = try? WakeUp() else { return nil }
        let held = HeldSignals()
        let parent = ParentEnd()
        let result = Mutex<R?>(nil)
        let work = Task.detached {
            let value = await body()
            result.withLock { $0 = value }
            finished.call()
        }
        if wait(for: finished.descriptor, or: [held.descriptor, parent.descriptor]) {
            work.cancel()
            _ = wait(for: finished.descriptor, or: [])
        }
        return result.withLock { $0 }
    }

    /// What `body` makes of the PIN; a call that was interrupted fails.
    package static func result<Value: Sendable>(
        _ pin: consuming Secret?,
        _ body: @escaping @Sendable (consuming Secret?) async -> Result<Value, ProviderError>
    ) throws(ProviderError) -> Value {
        let handoff = PINHandoff(pin)
        guard let result = run({ await body(handoff.take()) }) else { throw .general }
        return try result.get()
    }

    /// Waits until `finished` can be read, or one of `others` first (true).
    private static func wait(for finished: CInt, or others: [CInt]) -> Bool {
        let interests = ([finished] + others).map { Poll.Interest(descriptor: $0) }
        while true {
            guard let ready = try? Poll.wait(for: interests, within: nil).readable, !ready.isEmpty else { continue }
            return !ready.contains(finished)
        }
    }
}

/// The signals that end a program, blocked in this thread while this value exists.
private struct HeldSignals: ~Copyable {
    /// Can be read while one of them is pending; -1 if there are no descriptors left.
    let descriptor: CInt
    private let before: sigset_t

    init() {
        var blocked = sigset_t()
        unsafe sigemptyset(&blocked)
        for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] where !Self.isIgnored(signal) {
            unsafe sigaddset(&blocked, signal)
        }
        descriptor = unsafe process_signals(&blocked)
        // Our threads write to a terminal that may be gone.
        unsafe sigaddset(&blocked, SIGPIPE)
        var before = sigset_t()
        _ = unsafe pthread_sigmask(SIG_BLOCK, &blocked, &before)
        self.before = before
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        var before = before
        _ = unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
    }

    /// A blocked signal would become pending even if the program ignores it.
    private static func isIgnored(_ signal: Int32) -> Bool {
        process_ignores(signal) != 0
    }
}

/// The program that started this one, such as ssh, which starts another program for its provider: nobody waits for an answer
/// when it has ended.
private struct ParentEnd: ~Copyable {
    /// Can be read when it has ended; -1 if it cannot be watched.
    let descriptor: CInt

    init() {
        descriptor = process_open(getppid())
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }
}

/// Carries a PIN, which cannot be copied, into a task.
private final class PINHandoff: Sendable {
    private let content = Mutex<Secret?>(nil)

    init(_ pin: consuming Secret?) {
        var pin = pin
        content.withLock { $0 = pin.take() }
    }

    func take() -> Secret? {
        content.withLock { $0.take() }
    }
}
