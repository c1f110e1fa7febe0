import Synchronization
import Testing

/// The lines of a stream, for tests that wait for one.
final class LineLog: Sendable {
    private struct State {
        var lines: [String] = []
        var unfinished: [UInt8] = []
        var bytes: [UInt8] = []
        var hasEnded = false
        var watchers: [Int: AsyncStream<Void>.Continuation] = [:]
        var nextWatcher = 0
    }

    /// The name of the stream, for the error when a wait fails.
    let name: String
    private let state = Mutex(State())

    init(name: String) {
        self.name = name
    }

    var lines: [String] { state.withLock { $0.lines } }
    var text: String { lines.joined(separator: "\n") }
    /// All that has come, for streams that are not lines.
    var bytes: [UInt8] { state.withLock { $0.bytes } }
    /// The last, unfinished line, such as a prompt.
    var unfinished: String { state.withLock { String(decoding: $0.unfinished, as: UTF8.self) } }

    func append(_ bytes: some Sequence<UInt8>) {
        state.withLock { state in
            for byte in bytes {
                state.bytes.append(byte)
                if byte == UInt8(ascii: "\n") {
                    state.lines.append(String(decoding: state.unfinished, as: UTF8.self))
                    state.unfinished.removeAll()
                } else {
                    state.unfinished.append(byte)
                }
            }
            for watcher in state.watchers.values { watcher.yield() }
        }
    }

    func end() {
        state.withLock { state in
            if !state.unfinished.isEmpty { state.lines.append(String(decoding: state.unfinished, as: UTF8.self)) }
            state.unfinished.removeAll()
            state.hasEnded = true
            for watcher in state.watchers.values { watcher.finish() }
            state.watchers.removeAll()
        }
    }

    /// Waits until `find` returns a value. Throws if the stream ends or the time runs out before.
    func wait<Found: Sendable>(
        upTo limit: Duration = Testbed.bound(30),
        for find: @escaping @Sendable ([String]) -> Found?
    ) async throws -> Found {
        try await withThrowingTaskGroup { group in
            group.addTask {
                for await _ in self.changes() {
                    if let found = find(self.lines) { return found }
                }
                guard let found = find(self.lines) else { throw WaitedInVain(log: self, reason: "it ended") }
                return found
            }
            group.addTask {
                try await Task.sleep(for: limit)
                throw WaitedInVain(log: self, reason: "\(limit) passed")
            }
            defer { group.cancelAll() }
            guard let found = try await group.next() else { throw CancellationError() }
            return found
        }
    }

    /// Waits for a line with `text` after the first `count` lines; returns the number of lines up to and including it.
    @discardableResult
    func wait(for text: String, after count: Int = 0) async throws -> Int {
        try await wait { lines in
            lines.indices.dropFirst(count).first { lines[$0].contains(text) }.map { $0 + 1 }
        }
    }

    /// Waits for an unfinished line with `text`.
    func wait(forPrompt text: String) async throws {
        try await wait { _ in self.unfinished.contains(text) ? () : nil }
    }

    /// Waits until the stream ends and returns all lines.
    func ended() async throws -> [String] {
        try await wait { _ in self.hasEnded ? self.lines : nil }
    }

    private var hasEnded: Bool { state.withLock { $0.hasEnded } }

    /// Yields an element at once and one after each change.
    private func changes() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        state.withLock { state in
            continuation.yield()
            guard !state.hasEnded else { return continuation.finish() }
            let number = state.nextWatcher
            state.nextWatcher += 1
            state.watchers[number] = continuation
            continuation.onTermination = { [weak self] _ in
                // Deferred, since a termination from within `end` already holds the lock.
                Task { self?.forget(number) }
            }
        }
        return stream
    }

    private func forget(_ number: Int) {
        state.withLock { _ = $0.watchers.removeValue(forKey: number) }
    }
}

/// A test waited for a line in vain.
struct WaitedInVain: Error, CustomStringConvertible {
    let log: LineLog
    let reason: String

    var description: String { "\(log.name): \(reason) before what was waited for; it said:\n\(log.text)" }
}
