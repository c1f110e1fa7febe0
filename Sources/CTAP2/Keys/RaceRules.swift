import CTAPHID

extension KeyRace {
    /// The participants of a race, their state, and the rules, without tasks or a clock.
    struct RaceRules {
        enum Step: Sendable {
            case event(KeyEvent<KeyDescription>)
            case noMoreEvents
            case ended(KeyDescription, Attempt)
            case deadline
        }

        private var plugged: [KeyDescription] = []
        private var waitingToStart: [KeyDescription] = []
        private var running: Set<KeyDescription> = []
        private var losers: [Loser] = []
        private var isScanned = false
        private var mayGrow = true
        /// The key that the user chose for the operation.
        private var chosen: KeyDescription?
        /// Keys that were cancelled because another was chosen, and have not ended yet.
        private var stopped: Set<KeyDescription> = []

        /// Whether the initial scan is over and no key is plugged in.
        var isEmpty: Bool { isScanned && plugged.isEmpty }

        /// Whether no other key can win.
        func isAlone(_ key: KeyDescription) -> Bool {
            chosen == key || !plugged.contains { other in other != key && !losers.contains { $0.key == other } }
        }

        /// Chooses a key and returns the others, which must stop and start again if this one is unplugged. `nil` if
        /// another was chosen before.
        mutating func choose(_ key: KeyDescription) -> Set<KeyDescription>? {
            guard chosen == nil || chosen == key else { return nil }
            chosen = key
            stopped = running.subtracting([key])
            return stopped
        }

        /// The keys whose attempts may start now; returns each once for each time that it is plugged in.
        mutating func takeStarters() -> [KeyDescription] {
            guard isScanned, chosen == nil else { return [] }
            let starters = waitingToStart.filter { !running.contains($0) }
            waitingToStart.removeAll { starters.contains($0) }
            running.formUnion(starters)
            return starters
        }

        /// Whether the key's attempt has started and its end has not been processed.
        func isRunning(_ key: KeyDescription) -> Bool { running.contains(key) }

        /// Processes a step; returns the ending if the step decided the race.
        mutating func take(_ step: Step) -> Ending? {
            switch step {
            case .event(.added(let key)): add(key)
            case .event(.removed(let key)): remove(key)
            case .event(.initialScanComplete): isScanned = true
            case .noMoreEvents:
                isScanned = true
                mayGrow = false
            case .ended(let key, let attempt):
                running.remove(key)
                if let ending = end(key, attempt) { return ending }
            case .deadline:
                return .timedOut(unsuitable: losers.filter(\.isUnsuitable), stillPlugged: plugged)
            }
            return hasNoAttemptLeft && !mayGrow ? .lost(losers) : nil
        }

        /// Processes the end of an attempt; returns the ending if it decided the race.
        private mutating func end(_ key: KeyDescription, _ attempt: Attempt) -> Ending? {
            let wasStopped = stopped.remove(key) != nil
            let isStillThere = plugged.contains(key) && !wasReplugged(key)
            switch attempt {
            case .succeeded(let value): return .won(key, value)
            case .unplugged:
                if !wasReplugged(key) { remove(key) }
            case .refused(let failure):
                guard wasStopped else { return .refused(key, failure) }
                if isStillThere { waitingToStart.append(key) }
            case .droppedOut(let failure), .unsuitable(let failure):
                guard isStillThere else { break }
                guard !wasStopped else {
                    waitingToStart.append(key)
                    break
                }
                let isUnsuitable = if case .unsuitable = attempt { true } else { false }
                guard chosen != key || isUnsuitable else { return .refused(key, failure) }
                if chosen == key { chosen = nil }
                losers.append(Loser(key: key, failure: failure, isUnsuitable: isUnsuitable))
                if isLost { return .lost(losers) }
            }
            return nil
        }

        /// No attempt is running and no plugged-in key is waiting to start one.
        private var hasNoAttemptLeft: Bool { isScanned && running.isEmpty && waitingToStart.isEmpty }

        /// Whether the keys that are plugged in have lost the race.
        ///
        /// Unplugging a key decides nothing, even if all the others have dropped out: its user is likely to plug it in
        /// again. So this is checked when a key drops out, and at every step only if no more keys can come.
        private var isLost: Bool { hasNoAttemptLeft && !losers.contains(where: \.isUnsuitable) }

        /// Whether the key was plugged in again since its attempt started, so that its next attempt is due.
        private func wasReplugged(_ key: KeyDescription) -> Bool { waitingToStart.contains(key) }

        private mutating func add(_ key: KeyDescription) {
            guard !plugged.contains(key) else { return }
            plugged.append(key)
            waitingToStart.append(key)
        }

        private mutating func remove(_ key: KeyDescription) {
            plugged.removeAll { $0 == key }
            waitingToStart.removeAll { $0 == key }
            losers.removeAll { $0.key == key }
            if chosen == key { chosen = nil }
        }
    }
}
