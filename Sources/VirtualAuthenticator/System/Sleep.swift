import Glibc

/// Blocks the thread; `false` when a signal came in between.
func sleep(for duration: Duration) -> Bool {
    guard duration > .zero else { return true }
    let (seconds, attoseconds) = duration.components
    var time = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
    return unsafe nanosleep(&time, nil) == 0
}
