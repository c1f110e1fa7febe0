package import CTAPHID

/// Runs one operation on every plugged key at once: the first key that succeeds wins, the others are cancelled.
///
/// Keys that are plugged in meanwhile take part, keys that are pulled out drop out, and when the last one was pulled out
/// the race waits for another. It returns only when every attempt has ended, so no key is left waiting for a touch.
package enum KeyRace<Key: Hashable & Sendable, Value: Sendable, Failure: Error> {
    /// How one key's attempt ended.
    package enum Attempt: Sendable {
        case succeeded(Value)
        /// This key cannot do it, which says nothing about the others.
        case droppedOut(Failure)
        /// This key cannot do it, and another one, which may not be plugged in yet, can: it does not end the race.
        case unsuitable(Failure)
        /// The user said no at this key, or chose one that may not be used, and so answered for all of them
        /// (WebAuthn Level 2 §5.1.3). Dropping out is the same for a key that its contender chose.
        case refused(Failure)
        /// The key was pulled out.
        case unplugged
    }

    /// A key that dropped out, with its reason.
    package struct Loser: Sendable {
        package let key: Key
        package let failure: Failure
        /// Another key, which may not be plugged in yet, can do it: this one's loss does not end the race.
        package let isUnsuitable: Bool
    }

    /// How the race ended.
    package enum Ending: Sendable {
        case won(Key, Value)
        case refused(Key, Failure)
        /// Every key that is still plugged in dropped out, the first to do so first; empty when the keys there could be are
        /// known and the last was pulled out.
        case lost([Loser])
        /// With the keys that were unsuitable, and those still plugged in.
        case timedOut(unsuitable: [Loser], stillPlugged: [Key])
        /// The task was cancelled.
        case cancelled
    }

    /// An attempt that ended when the race was already decided.
    package struct LateFinish: Sendable {
        package let key: Key
        /// A success here came before its cancel: what was asked for has happened on that key too.
        package let attempt: Attempt
    }

    /// The ending, and what came after it.
    package struct Outcome: Sendable {
        package let ending: Ending
        package let lateFinishes: [LateFinish]
    }

    /// A key's place in the race, for its attempt to ask about the others.
    package struct Contender: Sendable {
        let key: Key
        let coordinator: RaceCoordinator

        /// Whether no other key could win any more.
        package var isAlone: Bool { coordinator.isAlone(key) }

        /// Makes this the key that the operation is for: the attempts of the others are cancelled, and begin anew only if this
        /// key is pulled out. `false` when another was chosen before; then this attempt is being cancelled.
        package func choose() -> Bool { coordinator.choose(key) }
    }

    /// Runs the race until a key wins or is refused, all of them drop out, `deadline` passes or the task is cancelled.
    ///
    /// Attempts begin when the initial scan is complete. `attempt` has to end soon after its task is cancelled, as happens when
    /// its key is pulled out, too. `onWaiting` is called each time that there is no plugged key any more, or to begin with;
    /// `onDecision` when the race is decided, before the attempts of the others are cancelled.
    package static func run(
        among events: some AsyncSequence<KeyEvent<Key>, Never> & Sendable,
        by deadline: Deadline,
        onWaiting: @Sendable () -> Void,
        onDecision: @Sendable (Ending) -> Void = { _ in },
        attempt: @escaping @Sendable (Key, Contender) async -> Attempt
    ) async -> Outcome {
        let (steps, report) = AsyncStream.makeStream(of: RaceRules.Step.self)
        let coordinator = RaceCoordinator()
        return await withTaskGroup(of: LateFinish?.self) { group in
            group.addTask {
                for await event in events {
                    report.yield(.event(event))
                }
                report.yield(.noMoreEvents)
                return nil
            }
            group.addTask {
                try? await Task.sleep(for: deadline.remaining)
                report.yield(.deadline)
                return nil
            }
            var ending: Ending?
            for await step in steps {
                let hasEmptied: Bool
                (ending, hasEmptied) = coordinator.take(step)
                if Task.isCancelled {
                    // Then events, clock and attempts end too, in any order, and only a success still means what it says.
                    if case .won? = ending { break }
                    ending = .cancelled
                }
                guard ending == nil else { break }
                if hasEmptied { onWaiting() }
                for (key, work) in coordinator.begin(attempt) {
                    group.addTask {
                        let result = await withTaskCancellationHandler {
                            await work.value
                        } onCancel: {
                            work.cancel()
                        }
                        report.yield(.ended(key, result))
                        return LateFinish(key: key, attempt: result)
                    }
                }
            }
            if let ending { onDecision(ending) }
            group.cancelAll()
            var lateFinishes: [LateFinish] = []
            for await case let late? in group where coordinator.isRunning(late.key) {
                lateFinishes.append(late)
            }
            return Outcome(ending: ending ?? .cancelled, lateFinishes: lateFinishes)
        }
    }
}
