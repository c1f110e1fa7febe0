package import CTAPHID
import Platform

/// Runs one operation on every plugged key at once: the first key that succeeds wins, the others are cancelled.
///
/// Keys that are plugged in later take part, unplugged keys drop out, and after the last of them the race waits for
/// another. It returns only when every attempt has ended, so no key is left waiting for a touch.
package enum KeyRace<Value: Sendable, Failure: Error> {
    /// How one key's attempt ended.
    package enum Attempt: Sendable {
        case succeeded(Value)
        /// This key cannot perform the operation; others may.
        case droppedOut(Failure)
        /// This key is unsuitable, but another one, perhaps not plugged in yet, is suitable: the race goes on.
        case unsuitable(Failure)
        /// The user declined on this key, or chose one that may not be used, which decides for all keys (WebAuthn Level
        /// 2 §5.1.3). A chosen key that drops out decides in the same way.
        case refused(Failure)
        /// The key was unplugged.
        case unplugged
    }

    /// A key that dropped out, with its reason.
    package struct Loser: Sendable {
        package let key: KeyDescription
        package let failure: Failure
        /// Another key, perhaps not plugged in yet, is suitable: this loss does not end the race.
        package let isUnsuitable: Bool
    }

    /// How the race ended.
    package enum Ending: Sendable {
        case won(KeyDescription, Value)
        case refused(KeyDescription, Failure)
        /// Every key that is still plugged in dropped out, in this order; empty if the last key was unplugged and no
        /// other can come.
        case lost([Loser])
        /// The deadline passed.
        case timedOut(unsuitable: [Loser], stillPlugged: [KeyDescription])
        /// The task was cancelled.
        case cancelled
    }

    /// An attempt that ended after the race was decided.
    package struct LateFinish: Sendable {
        package let key: KeyDescription
        /// If it succeeded, that key completed the operation too, before its cancel.
        package let attempt: Attempt
    }

    /// The ending of the race, and what followed.
    package struct Outcome: Sendable {
        package let ending: Ending
        package let lateFinishes: [LateFinish]
    }

    /// A key's view of the race, for its attempt.
    package struct Contender: Sendable {
        let key: KeyDescription
        let coordinator: RaceCoordinator
        /// Where the attempt runs: it may block there.
        let queue: SerialQueueExecutor

        /// Whether no other key can win.
        package var isAlone: Bool { coordinator.isAlone(key) }

        /// Chooses this key: the other attempts are cancelled, and start again only if this key is unplugged. `false`
        /// if another key was chosen before; then this attempt is being cancelled.
        package func choose() -> Bool { coordinator.choose(key) }
    }

    /// Runs the race until a key wins or is refused, all of them drop out, `deadline` passes or the task is cancelled.
    ///
    /// Attempts start when the initial scan is complete, each on a queue of its own. `attempt` must end soon after its
    /// task is cancelled, which also happens when its key is unplugged. `onEvent` is called before the race processes an
    /// event; `onWaiting` whenever no key is plugged in, initially or later; `onDecision` when the race is decided, before
    /// the other attempts are cancelled.
    package static func run(
        among events: AsyncStream<KeyEvent<KeyDescription>>,
        by deadline: Deadline,
        onEvent: @escaping @Sendable (KeyEvent<KeyDescription>) -> Void = { _ in },
        onWaiting: @Sendable () -> Void,
        onDecision: @Sendable (Ending) -> Void = { _ in },
        attempt: @escaping @Sendable (KeyDescription, Contender) async -> Attempt
    ) async -> Outcome {
        let (steps, report) = AsyncStream.makeStream(of: RaceRules.Step.self)
        let coordinator = RaceCoordinator()
        return await withTaskGroup(of: LateFinish?.self) { group in
            group.addTask {
                for await event in events {
                    onEvent(event)
                    report.yield(.event(event))
                }
                report.yield(.noMoreEvents)
                return nil
            }
            group.addTask {
                await TaskLoop.sleep(for: deadline.remaining)
                report.yield(.deadline)
                return nil
            }
            var ending: Ending?
            for await step in steps {
                let hasEmptied: Bool
                (ending, hasEmptied) = coordinator.take(step)
                if Task.isCancelled {
                    // The cancel also ends events, clock and attempts, in any order, so that only a success is still
                    // meaningful.
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
