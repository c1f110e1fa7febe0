import Synchronization
import Testing

@testable import CTAPHID

/// Several programs that use one key at the same time.
@Suite struct SharedKeyTests {
    final class Counter: Sendable {
        private let count = Atomic(0)

        func add() { count.wrappingAdd(1, ordering: .relaxed) }
        var value: Int { count.load(ordering: .relaxed) }
    }

    /// All but the first wait longer than the silence limit and longer than one request takes.
    @Test(.timeLimit(.minutes(1)), arguments: SharedKey.InitWhileBusy.allCases)
    func `six programs at once on one slow key all succeed`(initWhileBusy: SharedKey.InitWhileBusy) async throws {
        let key = SharedKey(initWhileBusy: initWhileBusy, eachRequestTakes: .milliseconds(250))
        var timing = ChannelTiming.with(\.silence, .seconds(1))
        timing.initRetry = .milliseconds(100)
        timing.busyPause = .milliseconds(20)
        let warnings = Counter()
        let replies = try await withThrowingTaskGroup { group in
            for program in 0..<6 as Range<UInt8> {
                let connection = Connection(key.open(), timing: timing)
                group.addTask {
                    try await connection.transact(.cbor, [program], by: .far) { news in
                        if news == .inUseByAnother { warnings.add() }
                    }
                }
            }
            return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
        }
        #expect(replies == Set((0..<6).map { [0, $0] }))
        #expect((1...6).contains(warnings.value))
    }
}
