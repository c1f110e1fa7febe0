package import CTAP2
package import CTAPHID
import Synchronization

/// Reports what a command waits for: keeps the status line and the events in step.
package final class ActivityReporter: Sendable {
    private struct State {
        /// Each key's last report about its current request.
        var activities: [KeyDescription: KeyActivity] = [:]
        /// Keys that wait for a touch, the first to ask first.
        var touching: [KeyDescription] = []
        /// Keys that were touched or verified their user: they may ask for another touch.
        var touched: Set<KeyDescription> = []
        /// Keys that verify their user, the first to begin first.
        var verifying: [KeyDescription] = []
        /// Unsuitable keys, while the command waits for another one.
        var unsuitable: Set<KeyDescription> = []
        /// The last reported progress, with its key.
        var progress: (key: KeyDescription, progress: Progress)?
        /// The last reported sample of an enrolment, with its key.
        var enrollment: (key: KeyDescription, samples: SampleCount)?
        /// Keys that had carried out what was to be cancelled.
        var finishedLate: [KeyDescription] = []
        /// Whether the command was decided or is being cancelled: later reports of keys are ignored.
        var isOver = false

        /// The key's next report is about another request, so it counts even if it repeats the last one.
        mutating func endRequest(of key: KeyDescription) {
            if touching.contains(key) || verifying.contains(key) { touched.insert(key) }
            activities[key] = nil
            if progress?.key == key { progress = nil }
            if enrollment?.key == key { enrollment = nil }
            touching.removeAll { $0 == key }
            verifying.removeAll { $0 == key }
        }
    }

    package let operation: KeyOperation
    /// Prompts replace it while they wait for an answer.
    package let line: StatusLine
    private let events: (any EventSink)?
    private let state = Mutex(State())

    /// Without `showsLine` only the events say what the command waits for.
    package init(for operation: KeyOperation, by deadline: Deadline, events: (any EventSink)?, showsLine: Bool = true) {
        self.operation = operation
        self.events = events
        line = StatusLine(deadline: deadline, isShown: showsLine)
    }

    /// Keys that had carried out what was to be cancelled.
    package var finishedLate: [KeyDescription] { state.withLock { $0.finishedLate } }

    /// Animates the status line while `body` runs, which is one operation of the command, and removes it at the end.
    package func during<R: Sendable>(_ body: @Sendable () async -> R) async -> R {
        state.withLock { $0 = State() }
        async let _: Void = line.animate()
        let result = await body()
        line.clear()
        return result
    }

    package func report(_ event: KeySetEvent) {
        switch event {
        case .waitingForKey:
            line.show(.insertKey(operation))
            events?.report(.waitingForKey)
        case .added(let key):
            events?.report(.keyAdded(device: key.path, name: KeyName(key).name))
            line.clear()
        case .removed(let key):
            events?.report(.keyRemoved(device: key.path))
            state.withLock { _ = $0.unsuitable.remove(key) }
            end(key)
            line.interject(.disconnected(KeyName(key).name))
        case .waitingForRemoval(let key):
            line.show(.unplug(KeyName(key).name, operation))
            events?.report(.unplugNeeded(device: key.path))
        case .waitingForReturn(let key):
            line.show(.plugInAgain(KeyName(key).name, operation))
            events?.report(.waitingForKey)
        case .ended(let key): end(key)
        case .unsuitable(let key):
            events?.report(.notRegistered(device: key.path))
            state.withLock { _ = $0.unsuitable.insert(key) }
            line.interject(.notRegistered(KeyName(key).name, operation))
        case .chosen(let key):
            events?.report(.keySelected(device: key.path))
            state.withLock { $0.isOver = true }
            line.clear()
        case .finishedLate(let key): state.withLock { $0.finishedLate.append(key) }
        case .cancelling:
            state.withLock { state in
                state.isOver = true
                events?.report(.cancelling)
            }
        }
    }

    package func report(_ activity: KeyActivity, of key: KeyDescription) {
        switch activity {
        case .processing, .touchNeeded, .otherStatus, .inUseByAnother: take(activity, of: key)
        case .verification(let verification): report(verification, of: key)
        case .progress(let completed, let total): take(Progress(completed: completed, total: total), of: key)
        case .sample(let sample, let remaining): take(sample, remaining: remaining, of: key)
        case .proceedsUnverified(let status):
            line.interject(.proceedsUnverified(KeyName(key).name, isPINBlocked: status == .pinBlocked))
        }
    }

    /// Reports that a PIN prompt follows, in place of a request for a touch.
    package func pinNeeded(_ key: KeyDescription, _ request: PINRequest) {
        pinNeeded(
            .pinNeeded(
                device: key.path,
                reason: request.reason.name,
                retries: request.retries,
                minimumLength: request.minimumCodePoints
            ),
            key
        )
    }

    /// The same for a new PIN.
    package func newPINNeeded(_ key: KeyDescription, _ request: NewPINRequest) {
        pinNeeded(
            .pinNeeded(
                device: key.path,
                reason: "new-pin",
                retries: nil,
                minimumLength: request.minimumCodePoints
            ),
            key
        )
    }

    private func pinNeeded(_ event: Event, _ key: KeyDescription) {
        events?.report(event)
        state.withLock { $0.endRequest(of: key) }
        showTouch()
    }

    private func take(_ activity: KeyActivity, of key: KeyDescription) {
        let isNews = state.withLock { state in
            guard state.activities[key] != activity, !state.isOver else { return false }
            state.activities[key] = activity
            switch activity {
            case .touchNeeded:
                events?.report(.touchNeeded(device: key.path, operation: operation.name, rpId: operation.rpId))
                state.touching.append(key)
            case .processing:
                events?.report(.processing(device: key.path))
                state.touching.removeAll { $0 == key }
            case .inUseByAnother: events?.report(.inUse(device: key.path))
            default: return false
            }
            return true
        }
        guard isNews else { return }
        if activity == .inUseByAnother { line.interject(.inUseByAnother(KeyName(key).name)) }
        showTouch()
    }

    private func report(_ verification: BuiltInVerification, of key: KeyDescription) {
        state.withLock { state in
            state.endRequest(of: key)
            if verification == .needed { state.verifying.append(key) }
        }
        switch verification {
        case .needed: events?.report(.uvNeeded(device: key.path))
        case .succeeded: break
        case .failed(let retries):
            events?.report(.uvFailed(device: key.path, retries: retries))
            line.interject(.notRecognized(KeyName(key).name, retries: retries))
        case .blocked:
            events?.report(.uvFailed(device: key.path, retries: 0))
            line.interject(.verificationBlocked(KeyName(key).name))
        }
        showTouch()
    }

    private func take(_ progress: Progress, of key: KeyDescription) {
        events?.report(.progress(device: key.path, completed: progress.completed, total: progress.total))
        state.withLock { state in
            state.activities[key] = nil
            state.touching.removeAll { $0 == key }
            state.progress = (key, progress)
        }
        showTouch()
    }

    private func take(_ sample: FingerprintSample, remaining: Int, of key: KeyDescription) {
        events?.report(.sample(device: key.path, status: sample.name, remaining: remaining))
        state.withLock { state in
            var samples = state.enrollment?.samples ?? SampleCount(taken: 0, total: 0)
            if sample == .good { samples.taken += 1 }
            samples.total = samples.taken + remaining
            state.activities[key] = nil
            state.touching.removeAll { $0 == key }
            state.enrollment = remaining > 0 ? (key, samples) : nil
        }
        if let complaint = Text.complaint(about: sample) { line.interject(complaint) }
        showTouch()
    }

    /// The key ended its operation or was unplugged.
    private func end(_ key: KeyDescription) {
        state.withLock { state in
            state.endRequest(of: key)
            state.touched.remove(key)
        }
        showTouch()
    }

    /// What the user has to do next.
    private func showTouch() {
        let state = state.withLock { $0 }
        guard !state.isOver else { return line.clear() }
        if let (key, samples) = state.enrollment { return line.show(.sample(samples, KeyName(key).name, operation)) }
        let touching = state.touching
        if let key = state.verifying.first {
            line.show(.verify(KeyName(key).name, operation))
        } else if let key = touching.first, touching.count == 1, state.touched.contains(key) {
            line.show(.touchAgain(KeyName(key).name, operation))
        } else if !touching.isEmpty {
            line.show(.touch(touching.map { KeyName($0).name }, operation))
        } else if let (key, progress) = state.progress {
            line.show(.progress(progress, KeyName(key).name, operation))
        } else if !state.unsuitable.isEmpty {
            line.show(.insertAnotherKey(operation))
        } else {
            line.clear()
        }
    }
}
