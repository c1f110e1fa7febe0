import CProcess
import Glibc
import Interaction
import Synchronization

/// SIGINT, SIGTERM, SIGHUP and SIGQUIT as a request to stop: the first one asks, the second one ends the process at once.
///
/// SIGTSTP, which Ctrl-Z sends, stops the process as usual, after the terminal's modes are restored.
///
/// The signals are blocked everywhere and waited for by a thread, so their handlers may be any code.
final class SignalWatch: Sendable {
    private let received = Mutex<Int32?>(nil)

    /// Blocks the signals. Create it before any other thread, since threads inherit the mask.
    init() {
        var signals = Self.signals
        _ = unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
        // A reader that disappears must not kill the process while a key waits for a touch; the write fails with EPIPE.
        _ = signal(SIGPIPE, SIG_IGN)
    }

    /// The first signal that arrived, if any.
    var firstSignal: Int32? { received.withLock { $0 } }

    /// Waits for signals forever and calls `stop` at the first one, or at the end of the output's reader.
    func wait(stop: () -> Void) -> Never {
        var signals = Self.signals
        let arrivals = unsafe process_signals(&signals)
        while true {
            if arrivals >= 0 { OutputWatch.wait(for: arrivals, stop: stop) }
            var number: Int32 = 0
            guard unsafe sigwait(&signals, &number) == 0 else { continue }
            if number == SIGTSTP {
                TerminalModes.whileStopped { Self.obey(number) }
                continue
            }
            let isFirst = received.withLock { received in
                defer { received = received ?? number }
                return received == nil
            }
            guard isFirst else {
                TerminalModes.restore()
                _exit(128 + number)
            }
            stop()
        }
    }

    /// Lets a signal take its default effect on the process.
    private static func obey(_ number: Int32) {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, number)
        _ = kill(getpid(), number)
        _ = unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        _ = unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    private static var signals: sigset_t {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGINT)
        unsafe sigaddset(&signals, SIGTERM)
        unsafe sigaddset(&signals, SIGHUP)
        unsafe sigaddset(&signals, SIGTSTP)
        unsafe sigaddset(&signals, SIGQUIT)
        return signals
    }
}
