import Dispatch
import Testing

@Suite struct OwnThreadTests {
    private let gate = DispatchSemaphore(value: 0)

    private func isOpened() -> Bool { gate.wait(timeout: .now() + 60) == .success }

    /// More of them than the pool has threads, on most computers, wait for one that runs there.
    @Test func `a test on its own thread keeps none of the pool's`() async throws {
        let test = try #require(Test.current)
        let count = 64
        try await withThrowingTaskGroup { group in
            for _ in 0..<count {
                group.addTask {
                    try await OwnThread().provideScope(for: test, testCase: nil) { #expect(isOpened()) }
                }
            }
            group.addTask { for _ in 0..<count { gate.signal() } }
            try await group.waitForAll()
        }
    }
}
