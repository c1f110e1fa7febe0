import Synchronization
import Testing

@testable import CTAPHID

/// The actor around a channel: cancelled tasks cancel on the key, and jobs do not interleave.
@Suite struct ConnectionTests {
    /// Records the commands that a key receives, and waits for them.
    final class Log: Sendable {
        private let messages = Mutex<[Message]>([])
        private let arrivals: AsyncStream<HIDCommand>
        private let arrived: AsyncStream<HIDCommand>.Continuation

        init() {
            (arrivals, arrived) = AsyncStream.makeStream()
        }

        func add(_ message: Message) {
            messages.withLock { $0.append(message) }
            arrived.yield(message.command)
        }

        var all: [Message] { messages.withLock { $0 } }
        var commands: [HIDCommand] { all.map(\.command) }

        func wait(for command: HIDCommand) async {
            for await arrival in arrivals where arrival == command { return }
        }
    }

    static func connection(_ log: Log) -> Connection {
        // A read without an interruption would outlast the test.
        Connection(LoopbackDevice { log.add($0) }, timing: .with(\.silence, .seconds(90)))
    }

    static func hold(_ connection: Connection) -> Task<CTAPHIDError?, Never> {
        Task {
            do throws(CTAPHIDError) {
                _ = try await connection.transact(.cbor, [2], by: .far)
                return nil
            } catch {
                return error
            }
        }
    }

    @Test(.timeLimit(.minutes(1))) func cancelledTaskInterruptsTheReadAndCancelsOnTheKey() async {
        let log = Log()
        let task = Self.hold(Self.connection(log))
        await log.wait(for: .cbor)
        task.cancel()
        #expect(await task.value == .cancelled(.cbor, response: [0x2D]))
        #expect(log.commands == [.`init`, .cbor, .cancel])
    }

    @Test(.timeLimit(.minutes(1))) func waitingJobThatIsCancelledNeverReachesTheKey() async throws {
        let log = Log()
        let connection = Self.connection(log)
        let first = Self.hold(connection)
        await log.wait(for: .cbor)
        let second = Self.hold(connection)
        second.cancel()
        first.cancel()
        #expect(await second.value == .cancelled(.cbor, response: nil))
        #expect(await first.value == .cancelled(.cbor, response: [0x2D]))
        try await connection.ping([1], by: .far)
        #expect(log.commands == [.`init`, .cbor, .cancel, .ping])
    }

    @Test(.timeLimit(.minutes(1))) func jobsAreNotInterleaved() async throws {
        let log = Log()
        let connection = Self.connection(log)
        try await connection.open(by: .far)
        await withTaskGroup { group in
            for job in 0..<8 as Range<UInt8> {
                group.addTask {
                    try? await connection.run { channel throws(CTAPHIDError) in
                        for part in 0..<4 as Range<UInt8> { _ = try channel.ping([job, part], by: .far) }
                    }
                }
            }
        }
        let payloads = log.all.dropFirst().map(\.payload)
        let jobs = stride(from: 0, to: payloads.count, by: 4).map { payloads[payloads.startIndex + $0][0] }
        #expect(Set(jobs) == Set(0..<8))
        #expect(payloads == jobs.flatMap { job in (0..<4).map { [job, $0] } })
    }

    @Test func closedConnectionIsDisconnected() async throws {
        let connection = Self.connection(Log())
        try await connection.open(by: .far)
        await connection.close()
        await #expect(throws: CTAPHIDError.disconnected) { try await connection.ping([], by: .far) }
    }

    @Test(.timeLimit(.minutes(1))) func droppedConnectionClosesTheDevice() async throws {
        final class Device: HIDDevice {
            let inputReportSize = 64
            let outputReportSize = 64
            let closed: AsyncStream<Void>.Continuation
            init(closed: AsyncStream<Void>.Continuation) { self.closed = closed }
            func write(_ report: [UInt8]) throws(CTAPHIDError) {}
            func read(within duration: Duration) throws(CTAPHIDError) -> [UInt8]? { throw .disconnected }
            func close() { closed.finish() }
        }
        let (closings, closed) = AsyncStream<Void>.makeStream()
        do {
            let connection = Connection(Device(closed: closed))
            _ = try? await connection.open(by: .far)
        }
        for await _ in closings {}
    }
}
