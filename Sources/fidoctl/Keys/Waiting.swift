import CTAP2
import CTAPHID
import Synchronization

/// Tells people and programs what a command waits for: the status line and the events, kept in step.
final class Waiting: Sendable {
    private struct State {
        /// What each key said last.
        var statuses: [Candidate: KeepaliveStatus] = [:]
        /// Keys that wait for a touch, the first to ask first.
        var touching: [Candidate] = []
        /// Keys that have asked for a touch, whether or not they still wait for it.
        var haveAsked: Set<Candidate> = []
        /// Keys that were said to be plugged in.
        var plugged: Set<Candidate> = []
    }

    private let operation: KeyOperation
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
            return state.statuses[key] != status
        }
        guard isNews else { return }
        switch status {
        case .userPresenceNeeded:
            events?.tell(.touchNeeded(device: key.selector, operation: operation.name, rpID: operation.rpID))
            state.withLock { state in
                state.touching.append(key)
                state.haveAsked.insert(key)
            }
        case .processing:
            events?.tell(.processing(device: key.selector))
            state.withLock { $0.touching.removeAll { $0 == key } }
        default: return
        }
        showTouch()
    }

    /// The key has ended what it was asked to do, or was pulled out.
    func forget(_ key: Candidate) {
        state.withLock { state in
            state.statuses[key] = nil
            state.touching.removeAll { $0 == key }
            state.haveAsked.remove(key)
        }
        showTouch()
    }

    /// Whether the key, in what it does now, has asked for a touch.
    func hasAskedForTouch(_ key: Candidate) -> Bool {
        state.withLock { $0.haveAsked.contains(key) }
    }

    func selected(_ key: Candidate) {
        events?.tell(.keySelected(device: key.selector))
    }

    func cancelling() {
        events?.tell(.cancelling)
    }

    private func showTouch() {
        let names = state.withLock { $0.touching }.map(\.name.name)
        names.isEmpty ? line.clear() : line.show(.touch(names, operation))
    }
}
