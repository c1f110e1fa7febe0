public import CTAPHID

/// Runs one operation on every plugged key at once: the first key that succeeds wins, the others are cancelled.
///
/// Keys that are plugged in meanwhile take part, keys that are pulled out drop out, and when the last one was pulled out
/// the race waits for another. It returns only when every attempt has ended, so no key is left waiting for a touch.
public enum KeyRace<Key: Hashable & Sendable, Value: Sendable, Failure: Error> {
    /// How one key's attempt ended.
    public enum Attempt: Sendable {
        case succeeded(Value)
        /// This key cannot do it, which says nothing about the others.
        case droppedOut(Failure)
        /// The user said no at this key, or chose one that may not be used, and so answered for all of them
        /// (WebAuthn Level 2 §5.1.3). To drop out is the same for a key that was chosen in its lane.
        case refused(Failure)
        /// The key was pulled out.
        case unplugged
    }

    /// A key that dropped out, with its reason.
    public struct Loser: Sendable {
        public let key: Key
        public let failure: Failure
    }

    /// How the race ended.
    public enum Ending: Sendable {
        case won(Key, Value)
        case refused(Key, Failure)
        /// Every key that is still plugged in dropped out, the first to do so first; empty when the keys there could be are
        /// known and the last was pulled out.
        case lost([Loser])
        case timedOut(stillPlugged: [Key])
        /// The task was cancelled.
        case cancelled
    }

    /// An attempt that ended when the race was already decided.
    public struct Straggler: Sendable {
        public let key: Key
        /// A success here came before its cancel: what was asked for has happened on that key too.
        public let attempt: Attempt
    }

    /// The ending, and what came after it.
    public struct Outcome: Sendable {
        public let ending: Ending
        public let stragglers: [Straggler]
    }

    /// A key's place in the race, for its attempt to ask about the others.
    public struct Lane: Sendable {
        let key: Key
        let track: Track

        /// Whether no other key could win any more.
        public var isAlone: Bool { track.isAlone(key) }

        /// Makes this the key that the operation is for: the attempts of the others are cancelled, and begin anew only if this
        /// key is pulled out. `false` when another was chosen before; then this attempt is being cancelled.
        public func choose() -> Bool { track.choose(key) }
    }

    /// Runs the race until a key wins or is refused, all of them drop out, `deadline` passes or the task is cancelled.
    ///
    /// Attempts begin when the initial scan is complete. `attempt` has to end soon after its task is cancelled, as happens when
    /// its key is pulled out, too. `onWaiting` is called each time that no key is plugged in any more, or to begin with.
    public static func run(
        among events: some AsyncSequence<KeyEvent<Key>, Never> & Sendable,
        by deadline: Deadline,
        onWaiting: @Sendable () -> Void,
        attempt: @escaping @Sendable (Key, Lane) async -> Attempt
    ) async -> Outcome {
        let (steps, report) = AsyncStream.makeStream(of: RaceField.Step.self)
        let track = Track()
        return await withTaskGroup(of: Straggler?.self) { group in
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
                (ending, hasEmptied) = track.take(step)
                if Task.isCancelled {
                    // Then events, clock and attempts end too, in any order, and only a success still means what it says.
                    if case .won? = ending { break }
                    ending = .cancelled
                }
                guard ending == nil else { break }
                if hasEmptied { onWaiting() }
                for (key, work) in track.begin(attempt) {
                    group.addTask {
                        let result = await withTaskCancellationHandler {
                            await work.value
                        } onCancel: {
                            work.cancel()
                        }
                        report.yield(.ended(key, result))
                        return Straggler(key: key, attempt: result)
                    }
                }
            }
            group.cancelAll()
            var stragglers: [Straggler] = []
            for await case let straggler? in group where track.isRunning(straggler.key) {
                stragglers.append(straggler)
            }
            return Outcome(ending: ending ?? .cancelled, stragglers: stragglers)
        }
    }
}
