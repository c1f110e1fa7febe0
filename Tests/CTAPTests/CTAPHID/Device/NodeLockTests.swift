import Glibc
import Synchronization
import Testing

@testable import CTAPHID

/// The lock on a device node, here on a file: we wait for programs that hold it.
@Suite struct NodeLockTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// A separate descriptor on the locked file, like another program's.
    private func opened() throws -> CInt {
        let descriptor = unsafe open(folder.path("node"), O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        try #require(descriptor >= 0)
        return descriptor
    }

    @Test func `a free lock is taken at once`() async throws {
        let (ours, theirs) = (try opened(), try opened())
        defer { for descriptor in [ours, theirs] { close(descriptor) } }
        try await NodeLock.take(ours, path: "node", by: .far) { Issue.record("nobody has it") }
        #expect(flock(theirs, LOCK_EX | LOCK_NB) != 0)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a lock that another program holds is waited for, and that is said once`() async throws {
        let (ours, theirs) = (try opened(), try opened())
        defer { for descriptor in [ours, theirs] { close(descriptor) } }
        #expect(flock(theirs, LOCK_EX | LOCK_NB) == 0)
        let (waits, waiting) = AsyncStream<Void>.makeStream()
        async let lock: Void = NodeLock.take(ours, path: "node", by: .far) { waiting.yield() }
        for await _ in waits { break }
        #expect(flock(theirs, LOCK_UN) == 0)
        try await lock
        waiting.finish()
        for await _ in waits { Issue.record("said twice") }
        #expect(flock(theirs, LOCK_EX | LOCK_NB) != 0)
    }

    @Test func `a lock that is still held at the deadline is in use`() async throws {
        let (ours, theirs) = (try opened(), try opened())
        defer { for descriptor in [ours, theirs] { close(descriptor) } }
        #expect(flock(theirs, LOCK_EX | LOCK_NB) == 0)
        await #expect(throws: CTAPHIDError.inUse(path: "node")) {
            try await NodeLock.take(ours, path: "node", by: Deadline(after: .milliseconds(60))) {}
        }
    }

    @Test(.timeLimit(.minutes(1))) func `a cancelled task no longer waits`() async throws {
        let (ours, theirs) = (try opened(), try opened())
        defer { for descriptor in [ours, theirs] { close(descriptor) } }
        #expect(flock(theirs, LOCK_EX | LOCK_NB) == 0)
        let task = Task {
            try await NodeLock.take(ours, path: "node", by: .far) {
                unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            }
        }
        await #expect(throws: CTAPHIDError.cancelled(.`init`, response: nil)) { try await task.value }
    }

    @Test func `what cannot be locked says why`() async {
        await #expect(throws: CTAPHIDError.io(operation: "lock node", reason: "Bad file descriptor")) {
            try await NodeLock.take(-1, path: "node", by: .far) {}
        }
    }
}
