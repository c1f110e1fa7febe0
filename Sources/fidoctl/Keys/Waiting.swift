import CTAP2
import CTAPHID
import Synchronization

/// Tells people and programs what a command waits for: the status line and the events, kept in step.
final class Waiting: Sendable {
    private struct State {
        /// What each key said last.
        var statuses: [Candidate: KeepaliveStatus] = [:]
        /// The same, kept when what the key was asked has ended.
        var lastStatuses: [Candidate: KeepaliveStatus] = [:]
        /// Keys that wait for a touch, the first to ask first.
        var touching: [Candidate] = []
        /// Keys that have asked for a touch, whether or not they still wait for it.
        var haveAsked: Set<Candidate> = []
        /// Keys that verify their user, the first to begin first.
        var verifying: [Candidate] = []
        /// Keys that were said to be plugged in.
        var plugged: Set<Candidate> = []
        /// Whether a person was asked something and has not answered.
        var isAsking = false
        /// What a key still says then is about a request that nobody waits for.
        var isCancelling = false

        /// What the key says from now on is about another request: also the same again is news.
        mutating func endRequest(of key: Candidate) {
            statuses[key] = nil
            touching.removeAll { $0 == key }
            verifying.removeAll { $0 == key }
        }
    }

    let operation: KeyOperation
    private let line: StatusLine
    private let events: EventLog?
    private let state = Mutex(State())

    init(for operation: KeyOperation, by deadline: Deadline, events: EventLog?) {
        self.operation = operation
        self.events = events
        line = StatusLine(deadline: deadline)
    }

    /// Keeps the status line moving while `body` runs, and takes it away at the end.
    func during<R: Sendable>(_ body: @Sendable () async -> R) async -> R {
        async let _: Void = line.animate()
        let result = await body()
        line.clear()
        return result
    }

    /// No key is there.
    func needsKey() {
        line.show(.insertKey(operation))
        events?.tell(.waitingForKey)
    }

    func hear(_ event: KeyEvent<Candidate>) {
        switch event {
        case .added(let key):
            state.withLock { _ = $0.plugged.insert(key) }
            events?.tell(.keyAdded(device: key.selector, name: key.name.name))
            line.clear()
        case .removed(let key): pulledOut(key)
        case .initialScanComplete: break
        }
    }

    /// The key was pulled out; its connection and the system notice it in either order, and it is told once.
    func pulledOut(_ key: Candidate) {
        let isNews = state.withLock { $0.plugged.remove(key) != nil }
        guard isNews else { return }
        events?.tell(.keyRemoved(device: key.selector))
        forget(key)
        line.interject(.disconnected(key.name.name))
    }

    /// Takes a KEEPALIVE; a touch is asked for on the key's own word only.
    func hear(_ status: KeepaliveStatus, from key: Candidate) {
        let isNews = state.withLock { state in
            defer { state.statuses[key] = status }
            state.lastStatuses[key] = status
            guard state.statuses[key] != status, !state.isCancelling else { return false }
            switch status {
            case .userPresenceNeeded:
                events?.tell(.touchNeeded(device: key.selector, operation: operation.name, rpID: operation.rpID))
                state.touching.append(key)
                state.haveAsked.insert(key)
            case .processing:
                events?.tell(.processing(device: key.selector))
                state.touching.removeAll { $0 == key }
            default: return false
            }
            return true
        }
        if isNews { showTouch() }
    }

    /// A PIN is about to be asked for, and no touch.
    func pinNeeded(_ key: Candidate, reason: String, retries: Int?) {
        events?.tell(.pinNeeded(device: key.selector, reason: reason, retries: retries))
        state.withLock { $0.endRequest(of: key) }
        showTouch()
    }

    /// Leaves the terminal to a prompt while `body` gets its answer.
    func aside<R: ~Copyable, E: Error>(_ body: () async throws(E) -> R) async throws(E) -> R {
        state.withLock { $0.isAsking = true }
        let answer = try await line.aside(body)
        state.withLock { $0.isAsking = false }
        return answer
    }

    /// Whether a person was asked something and has not answered.
    var isAsking: Bool { state.withLock { $0.isAsking } }

    /// How the key's own verification of its user stands.
    func hear(_ verification: BuiltInVerification, from key: Candidate) {
        state.withLock { state in
            state.endRequest(of: key)
            if verification == .needed { state.verifying.append(key) }
        }
        switch verification {
        case .needed: events?.tell(.uvNeeded(device: key.selector))
        case .succeeded: break
        case .failed(let retries):
            events?.tell(.uvFailed(device: key.selector, retries: retries))
            line.interject(.notRecognized(key.name.name, retries: retries))
        case .blocked:
            events?.tell(.uvFailed(device: key.selector, retries: 0))
            line.interject(.verificationBlocked(key.name.name))
        }
        showTouch()
    }

    /// The key's verification is blocked, and will be done without.
    func goesUnverified(_ key: Candidate, because status: StatusCode?) {
        line.interject(.goesUnverified(key.name.name, isPINBlocked: status == .pinBlocked))
    }

    /// The key has ended what it was asked to do, or was pulled out.
    func forget(_ key: Candidate) {
        state.withLock { state in
            state.endRequest(of: key)
            state.haveAsked.remove(key)
        }
        showTouch()
    }

    /// Whether the key, in what it does now, has asked for a touch.
    func hasAskedForTouch(_ key: Candidate) -> Bool {
        state.withLock { $0.haveAsked.contains(key) }
    }

    /// What the key has last said of a request that went on; `nil` when it never said anything.
    func lastStatus(of key: Candidate) -> KeepaliveStatus? {
        state.withLock { $0.lastStatuses[key] }
    }

    func selected(_ key: Candidate) {
        events?.tell(.keySelected(device: key.selector))
    }

    func cancelling() {
        state.withLock { state in
            state.isCancelling = true
            events?.tell(.cancelling)
        }
    }

    /// What of all this the user has to do next.
    private func showTouch() {
        let (touching, verifying) = state.withLock { ($0.touching, $0.verifying) }
        if let key = verifying.first {
            line.show(.verify(key.name.name, operation))
        } else if !touching.isEmpty {
            line.show(.touch(touching.map(\.name.name), operation))
        } else {
            line.clear()
        }
    }
}
