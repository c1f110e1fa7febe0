import CTAPHID
import Testing

/// Runs a test that computes for seconds on a thread of its own. Swift's pool has one for each processor, and all other
/// tests would wait while a few long ones keep them, beyond the time limits of the programs they have started.
struct OwnThread: SuiteTrait, TestTrait, TestScoping {
    let isRecursive = true

    @concurrent func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(SerialQueueExecutor(label: test.name)) { try await function() }
    }
}

extension Trait where Self == OwnThread {
    static var ownThread: Self { OwnThread() }
}
