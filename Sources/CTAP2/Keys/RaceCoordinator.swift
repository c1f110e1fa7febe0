import CTAPHID
import Synchronization

extension KeyRace {
    /// A race in progress: its rules and its attempts, shared with its contenders.
    final class RaceCoordinator: Sendable {
        private struct State {
            var rules = RaceRules()
            var attempts: [KeyDescription: Task<Attempt, Never>] = [:]
        }

        private let state = Mutex(State())

        /// Processes a step; returns the ending if the step decided the race, and whether it left no key plugged in.
        func take(_ step: RaceRules.Step) -> (ending: Ending?, hasEmptied: Bool) {
            let (result, orphan) = state.withLock { state in
                let wasEmpty = state.rules.isEmpty
                let ending = state.rules.take(step)
                var orphan: Task<Attempt, Never>?
                switch step {
                // The attempt may be waiting for something other than the key, such as a PIN.
                case .event(.removed(let key)): orphan = state.attempts[key]
                case .ended(let key, _): state.attempts[key] = nil
                default: break
                }
                return ((ending, state.rules.isEmpty && !wasEmpty), orphan)
            }
            orphan?.cancel()
            return result
        }

        /// Starts the attempts that are due.
        func begin(_ attempt: @escaping @Sendable (KeyDescription, Contender) async -> Attempt) -> [(
            key: KeyDescription, work: Task<Attempt, Never>
        )] {
            state.withLock { state in
                state.rules.takeStarters().map { key in
                    let queue = SerialQueueExecutor(label: "fidoctl.key")
                    let contender = Contender(key: key, coordinator: self, queue: queue)
                    let work = Task(executorPreference: queue) { await attempt(key, contender) }
                    state.attempts[key] = work
                    return (key, work)
                }
            }
        }

        /// Whether the key's attempt has started and its end has not been processed.
        func isRunning(_ key: KeyDescription) -> Bool {
            state.withLock { $0.rules.isRunning(key) }
        }

        func isAlone(_ key: KeyDescription) -> Bool {
            state.withLock { $0.rules.isAlone(key) }
        }

        /// See `Contender.choose`.
        func choose(_ key: KeyDescription) -> Bool {
            let (isChosen, others) = state.withLock { state -> (Bool, [Task<Attempt, Never>]) in
                guard let stopped = state.rules.choose(key) else { return (false, []) }
                var others: [Task<Attempt, Never>] = []
                for key in stopped {
                    if let work = state.attempts[key] { others.append(work) }
                }
                return (true, others)
            }
            for work in others { work.cancel() }
            return isChosen
        }
    }
}
