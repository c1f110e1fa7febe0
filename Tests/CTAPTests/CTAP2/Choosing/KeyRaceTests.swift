import CTAP2
import CTAPHID
import Testing

@Suite(.timeLimit(.minutes(1))) struct KeyRaceTests {
    typealias Race = KeyRace<String, Int, Refusal>

    enum Refusal: Error { case notMine, cancelled }

    /// Events that are known beforehand, then silence until the race ends.
    private func events(_ events: [KeyEvent<String>]) -> AsyncStream<KeyEvent<String>> {
        let (stream, continuation) = AsyncStream.makeStream(of: KeyEvent<String>.self)
        for event in events { continuation.yield(event) }
        return stream
    }

    /// Waits, as a key for a touch, until the task is cancelled.
    private func waitForCancel() async {
        let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
        for await _ in stream {}
        continuation.finish()
    }

    @Test func `the first success wins and every other attempt is cancelled and awaited`() async {
        let (ends, ended) = AsyncStream.makeStream(of: String.self)
        let outcome = await Race.run(
            among: events([.added("a"), .added("b"), .added("c"), .initialScanComplete]),
            by: Deadline(after: .seconds(50)),
            onWaiting: {}
        ) { key, isAlone in
            #expect(!isAlone)
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
        #expect(outcome.stragglers.map(\.key) == ["b"])
        guard case .succeeded(1) = outcome.stragglers.first?.attempt else {
            Issue.record("\(outcome)")
            return
        }
    }

    @Test func `with no key the caller is told to wait and the deadline ends it`() async {
        let (waits, waited) = AsyncStream.makeStream(of: Void.self)
        let outcome = await Race.run(
            among: events([.initialScanComplete]),
            by: Deadline(after: .milliseconds(20)),
            onWaiting: { waited.yield() },
            attempt: { _, _ in .unplugged }
        )
        waited.finish()
        guard case .timedOut(stillPlugged: []) = outcome.ending else {
            Issue.record("\(outcome)")
            return
        }
        #expect(await waits.reduce(0) { count, _ in count + 1 } == 1)
    }

    /// Many times, for events and clock end at the same moment, and neither must be heard first.
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
            ) { _, isAlone in
                #expect(isAlone)
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
}
