import Synchronization

/// Runs a program's tasks and their timers on one thread. Swift's own pool starts a thread for each processor, and another
/// one for timers; a short command has no work for them.
///
/// Child tasks inherit the preference for it; a `Task` that is made does not.
package final class TaskLoop: TaskExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        /// The next to end is first.
        var sleeps: [(end: ContinuousClock.Instant, sleep: Sleep)] = []
        var isAsleep = false
    }

    /// The loop whose timers the task uses; `nil` for those of Swift's own pool.
    @TaskLocal package static var current: TaskLoop?

    private let state = Mutex(State())
    private let wakeUp: WakeUp

    /// Throws when the process has no file descriptors left.
    package init() throws(Errno) {
        wakeUp = try WakeUp()
    }

    /// Waits for `duration`, or until the task is cancelled.
    package static func sleep(for duration: Duration) async {
        guard let current else {
            try? await Task.sleep(for: duration)
            return
        }
        await current.sleep(until: .now + duration)
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        wake { $0.jobs.append(job) }
    }

    private func sleep(until end: ContinuousClock.Instant) async {
        let sleep = Sleep()
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                sleep.begin(continuation)
                wake { state in
                    let index = state.sleeps.firstIndex { $0.end > end } ?? state.sleeps.endIndex
                    state.sleeps.insert((end, sleep), at: index)
                }
            }
        } onCancel: {
            state.withLock { state in state.sleeps.removeAll { $0.sleep === sleep } }
            sleep.end()
        }
    }

    /// Changes the state, and has the loop look at it.
    private func wake(_ change: (inout sending State) -> Void) {
        let wasAsleep = state.withLock { state in
            change(&state)
            defer { state.isAsleep = false }
            return state.isAsleep
        }
        if wasAsleep { wakeUp.call() }
    }

    /// Makes the calling thread the loop's, for ever.
    package func run() -> Never {
        while true {
            let (jobs, pause) = next()
            for job in jobs { unsafe job.runSynchronously(on: asUnownedTaskExecutor()) }
            if let pause { _ = wakeUp.wait(within: pause) }
        }
    }

    /// The jobs to run now; without any, how long to wait for one.
    private func next() -> (jobs: [UnownedJob], pause: Duration?) {
        let now = ContinuousClock.now
        let due = state.withLock { state in
            let due = state.sleeps.prefix { $0.end <= now }.map(\.sleep)
            state.sleeps.removeFirst(due.count)
            return due
        }
        for sleep in due { sleep.end() }
        return state.withLock { state in
            let jobs = state.jobs
            state.jobs.removeAll()
            state.isAsleep = jobs.isEmpty
            let pause = state.sleeps.first.map { now.duration(to: $0.end) } ?? .seconds(3600)
            return (jobs, jobs.isEmpty ? pause : nil)
        }
    }
}

/// A wait that its end or a cancel completes, whichever comes first.
private final class Sleep: Sendable {
    private enum State {
        case new
        case asleep(CheckedContinuation<Void, Never>)
        case over
    }

    private let state = Mutex(State.new)

    func begin(_ continuation: CheckedContinuation<Void, Never>) {
        let isOver = state.withLock { state in
            guard case .new = state else { return true }
            state = .asleep(continuation)
            return false
        }
        if isOver { continuation.resume() }
    }

    func end() {
        let continuation: CheckedContinuation<Void, Never>? = state.withLock { state in
            defer { state = .over }
            guard case .asleep(let continuation) = state else { return nil }
            return continuation
        }
        continuation?.resume()
    }
}
