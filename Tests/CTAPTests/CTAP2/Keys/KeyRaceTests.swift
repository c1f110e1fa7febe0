import CTAP2
import CTAPHID
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct KeyRaceTests {
    typealias Race = KeyRace<Int, Refusal>

    enum Refusal: Error { case notMine, cancelled }

    /// A fixed list of events, then none until the race ends.
    private func events(_ events: [KeyEvent<KeyDescription>]) -> AsyncStream<KeyEvent<KeyDescription>> {
        let (stream, continuation) = AsyncStream.makeStream(of: KeyEvent<KeyDescription>.self)
        for event in events { continuation.yield(event) }
        return stream
    }

    /// Waits until the task is cancelled, like a key that waits for a touch.
    private func waitForCancel() async {
        let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
        for await _ in stream {}
        continuation.finish()
    }

    @Test func `the first success wins and every other attempt is cancelled and awaited`() async {
        let (ends, ended) = AsyncStream.makeStream(of: KeyDescription.self)
        let outcome = await Race.run(
            among: events([.added("a"), .added("b"), .added("c"), .initialScanComplete]),
            by: Deadline(after: .seconds(50)),
            onWaiting: {}
        ) { key, contender in
            #expect(!contender.isAlone)
            guard key != "b" else { return .succeeded(7) }
            await waitForCancel()
            ended.yield(key)
            return .droppedOut(.cancelled)
        }
        ended.finish()
        guard case .won("b", 7) = outcome.ending else {
            Issue.record("\(outcome)")
            return
        }
        #expect(await Set(ends.reduce(into: []) { $0.append($1) }) == ["a", "c"])
    }

    @Test func `a success that beat its cancel is reported beside the winner`() async {
        let outcome = await Race.run(
            among: events([.added("a"), .added("b"), .initialScanComplete]),
            by: Deadline(after: .seconds(50)),
            onWaiting: {}
        ) { key, _ in
            if key == "b" { await waitForCancel() }
            return .succeeded(1)
        }
        #expect(outcome.lateFinishes.map(\.key) == ["b"])
        guard case .succeeded(1) = outcome.lateFinishes.first?.attempt else {
            Issue.record("\(outcome)")
            return
        }
    }

    @Test func `without a key the caller is asked to wait and the deadline ends it`() async {
        let (waits, waited) = AsyncStream.makeStream(of: Void.self)
        let outcome = await Race.run(
            among: events([.initialScanComplete]),
            by: Deadline(after: .milliseconds(20)),
            onWaiting: { waited.yield() },
            attempt: { _, _ in .unplugged }
        )
        waited.finish()
        guard case .timedOut(unsuitable: _, stillPlugged: []) = outcome.ending else {
            Issue.record("\(outcome)")
            return
        }
        #expect(await waits.reduce(0) { count, _ in count + 1 } == 1)
    }

    /// Runs many times, since the events and the clock end at the same moment and either may come first.
    @Test(arguments: 1...200) func `cancelling while no key is there is neither a time-out nor a loss`(_: Int) async {
        let (waits, waited) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            await Race.run(
                among: events([.initialScanComplete]),
                by: Deadline(after: .seconds(50)),
                onWaiting: { waited.yield() },
                attempt: { _, _ in .unplugged }
            )
        }
        for await _ in waits { break }
        task.cancel()
        guard case .cancelled = await task.value.ending else {
            Issue.record("not cancelled")
            return
        }
    }

    @Test func `cancelling the task cancels the attempts and says so`() async {
        let (starts, started) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            await Race.run(
                among: events([.added("a"), .initialScanComplete]),
                by: Deadline(after: .seconds(50)),
                onWaiting: {}
            ) { _, contender in
                #expect(contender.isAlone)
                started.yield()
                await waitForCancel()
                return .droppedOut(.cancelled)
            }
        }
        for await _ in starts { break }
        task.cancel()
        guard case .cancelled = await task.value.ending else {
            Issue.record("not cancelled")
            return
        }
    }

    @Test func `choosing a key stops the others, and they begin anew when it is pulled out`() async {
        let (events, plug) = AsyncStream.makeStream(of: KeyEvent<KeyDescription>.self)
        for event in [.added("a"), .added("b"), .initialScanComplete] as [KeyEvent<KeyDescription>] {
            plug.yield(event)
        }
        let stays = Mutex(0)
        let outcome = await Race.run(among: events, by: Deadline(after: .seconds(50)), onWaiting: {}) {
            key,
            contender in
            if key == "a" {
                #expect(contender.choose())
                // b stops only below.
                await waitForCancel()
                return .unplugged
            }
            let stay = stays.withLock { stays in
                stays += 1
                return stays
            }
            guard stay == 1 else { return .succeeded(stay) }
            await waitForCancel()
            plug.yield(.removed("a"))
            return .droppedOut(.cancelled)
        }
        guard case .won("b", 2) = outcome.ending else {
            Issue.record("\(outcome)")
            return
        }
    }

    @Test func `only one key can be chosen`() async {
        let outcome = await Race.run(
            among: events([.added("a"), .added("b"), .initialScanComplete]),
            by: Deadline(after: .seconds(50)),
            onWaiting: {}
        ) { key, contender in
            guard contender.choose() else { return .droppedOut(.cancelled) }
            return .droppedOut(.notMine)
        }
        guard case .refused(_, .notMine) = outcome.ending else {
            Issue.record("\(outcome)")
            return
        }
    }

    @Test func `pulling a key out ends its attempt, whatever that waits for`() async {
        let (events, plug) = AsyncStream.makeStream(of: KeyEvent<KeyDescription>.self)
        for event in [.added("a"), .initialScanComplete] as [KeyEvent<KeyDescription>] { plug.yield(event) }
        let outcome = await Race.run(among: events, by: Deadline(after: .seconds(50)), onWaiting: {}) { key, _ in
            guard key == "a" else { return .succeeded(1) }
            plug.yield(.removed("a"))
            await waitForCancel()
            plug.yield(.added("b"))
            return .droppedOut(.cancelled)
        }
        guard case .won("b", 1) = outcome.ending else {
            Issue.record("\(outcome)")
            return
        }
    }
}
