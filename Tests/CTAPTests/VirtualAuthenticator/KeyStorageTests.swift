import CTAP2
import Dispatch
import Glibc
import Synchronization
import Testing

@testable import VirtualAuthenticator

/// The file with a virtual key's state between power-ups.
@Suite struct KeyStorageTests {
    @Test func `a new file is made, readable by its owner alone, and found again`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("state")
        let first = try KeyBench(storage: FileStorage(path: path))
        #expect(try folder.mode("state") == 0o100600)
        let made = try first.command(0x01, discoverableRequest(user: 1)).response
        let second = try KeyBench(storage: FileStorage(path: path))
        #expect(second.key.serialNumber == first.key.serialNumber)
        let answer = try second.command(0x02, VirtualGetAssertionTests.request)
        #expect(try MadeAssertion(answer.response).id == MadeCredential(made).id)
        #expect(try folder.mode("state") == 0o100600)
        #expect(try folder.names() == ["state"])
    }

    @Test func `credentials that are not discoverable do not make the file grow`() throws {
        let folder = try TemporaryFolder()
        let bench = try KeyBench(storage: FileStorage(path: folder.path("state")))
        let before = try folder.read("state")
        _ = try bench.command(0x01, VirtualMakeCredentialTests.request)
        #expect(try folder.read("state") == before)
    }

    @Test func `a state that was cut anywhere is refused and left as it was`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("state")
        let bench = try KeyBench(storage: FileStorage(path: path))
        _ = try bench.command(0x01, discoverableRequest(user: 1))
        let whole = try folder.read("state")
        for count in stride(from: 0, to: whole.count, by: 7) {
            let cut = Array(whole.prefix(count))
            try folder.write(cut, to: "state")
            #expect(throws: KeyStorageError.self, "\(count) bytes") { try KeyBench(storage: FileStorage(path: path)) }
            #expect(try folder.read("state") == cut)
        }
    }

    @Test func `a state with any byte changed is refused`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("state")
        _ = try KeyBench(storage: FileStorage(path: path))
        let whole = try folder.read("state")
        for index in stride(from: 0, to: whole.count, by: 5) {
            var changed = whole
            changed[index] ^= 0x01
            try folder.write(changed, to: "state")
            #expect(throws: KeyStorageError.self, "byte \(index)") { try KeyBench(storage: FileStorage(path: path)) }
            #expect(try folder.read("state") == changed)
        }
    }

    @Test func `another program's file is refused by name, and left as it was`() throws {
        let folder = try TemporaryFolder()
        let text = Array("Dear diary,\n".utf8)
        try folder.write(text, to: "diary")
        let path = folder.path("diary")
        #expect(throws: KeyStorageError.notAKeyState(path: path, reason: "it begins with other bytes")) {
            try KeyBench(storage: FileStorage(path: path))
        }
        #expect(try folder.read("diary") == text)
        try folder.write([], to: "empty")
        #expect(throws: KeyStorageError.notAKeyState(path: folder.path("empty"), reason: "it is empty")) {
            try KeyBench(storage: FileStorage(path: folder.path("empty")))
        }
        #expect(try folder.read("empty") == [])
    }

    @Test func `a state of a later version is refused as such`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("state")
        _ = try KeyBench(storage: FileStorage(path: path))
        var state = try folder.read("state")
        let version = try #require(state.firstIndex(of: 0x0A)) + 1
        state[version] = 9
        try folder.write(state, to: "state")
        #expect(throws: KeyStorageError.unknownVersion(path: path, version: 9)) {
            try KeyBench(storage: FileStorage(path: path))
        }
    }

    @Test(arguments: ["/dev/null", "/dev/zero", "/", "/proc/self/status"])
    func `what is no regular file, or nothing of ours, is refused`(path: String) {
        #expect(throws: KeyStorageError.self) { try KeyBench(storage: FileStorage(path: path)) }
    }

    @Test func `a FIFO is refused without waiting for a writer`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("fifo")
        try #require(unsafe mkfifo(path, 0o600) == 0)
        #expect(throws: KeyStorageError.notAKeyState(path: path, reason: "it is not a regular file")) {
            try KeyBench(storage: FileStorage(path: path))
        }
    }

    /// Names that do not lead to a state, created in a folder, with the expected reason for each.
    private static let unfit: [(name: String, reason: String, make: @Sendable (TemporaryFolder, String) -> Bool)] = [
        (
            "dangling link", "it is a link that leads to no file",
            { folder, path in unsafe symlink(folder.path("nowhere"), path) == 0 }
        ),
        ("link loop", "it is a link that leads to no file", { _, path in unsafe symlink(path, path) == 0 }),
        ("directory", "it is not a regular file", { _, path in unsafe mkdir(path, 0o700) == 0 }),
        (
            "link to a directory", "it is not a regular file",
            { folder, path in unsafe symlink(folder.path, path) == 0 }
        ),
        ("FIFO", "it is not a regular file", { _, path in unsafe mkfifo(path, 0o600) == 0 }),
        ("socket", "it is not a regular file", { _, path in (try? UnixSocket.listen(at: path)) != nil }),
        ("device", "it is not a regular file", { _, path in unsafe symlink("/dev/full", path) == 0 }),
        ("text", "it begins with other bytes", { folder, _ in (try? folder.write([0x68, 0x69], to: "state")) != nil }),
        ("nothing in it", "it is empty", { folder, _ in (try? folder.write([], to: "state")) != nil }),
    ]

    @Test(arguments: unfit.indices) func `what holds no state is refused at once, and left as it was`(index: Int) throws
    {
        let (name, reason, make) = Self.unfit[index]
        let folder = try TemporaryFolder()
        try #require(make(folder, folder.path("state")), "\(name)")
        defer { _ = unsafe rmdir(folder.path("state")) }
        let names = try folder.names()
        let mode = try folder.mode("state")
        let storage = FileStorage(path: folder.path("state"))
        for use in [
            storage.load,
            {
                try storage.update { _ in [1] }; return nil
            },
        ] as [() throws -> [UInt8]?] {
            let error = #expect(throws: KeyStorageError.self, "\(name)") { try use() }
            guard case .notAKeyState(_, reason) = error else {
                Issue.record("\(name): \(String(describing: error))")
                continue
            }
        }
        #expect(try folder.mode("state") == mode && folder.names() == names)
    }

    @Test func `a lock that another process keeps is given up at its time, and at once in a cancelled task`()
        async throws
    {
        let folder = try TemporaryFolder()
        let path = folder.path("state")
        _ = try KeyBench(storage: FileStorage(path: path))
        let other = unsafe open(path, O_RDONLY | O_CLOEXEC)
        defer { close(other) }
        try #require(flock(other, LOCK_EX) == 0)
        let change: @Sendable ([UInt8]?) throws(KeyStorageError) -> [UInt8] = { $0 ?? [] }
        #expect(throws: KeyStorageError.locked(path: path)) {
            try FileStorage(path: path, lockTimeout: .milliseconds(20)).update(change)
        }
        let task = Task {
            try FileStorage(path: path, lockTimeout: .seconds(86_400)).update(change)
        }
        task.cancel()
        await #expect(throws: KeyStorageError.locked(path: path)) { try await task.value }
    }

    @Test func `without room for it a credential is refused as on a full key, and the state stays`() throws {
        let storage = FullStorage()
        let bench = try KeyBench(storage: storage)
        storage.isFull = true
        let before = try storage.load()
        #expect(try bench.command(0x01, discoverableRequest(user: 1)).status == 0x28)
        #expect(try storage.load() == before)
        #expect(bench.events.contains(.storageFailed(.noSpace(path: "state", reason: "full"))))
        storage.isFull = false
        #expect(try bench.command(0x01, discoverableRequest(user: 1)).status == 0)
        storage.isFull = true
        #expect(try bench.command(0x02, VirtualGetAssertionTests.request).status == 0x7F)
    }

    @Test func `a file that may not grow is distinguished from other failures`() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let path = folder.path("state")
            _ = signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 512, rlim_max: 512)
            try #require(unsafe setrlimit(__rlimit_resource_t(UInt32(RLIMIT_FSIZE.rawValue)), &limit) == 0)
            #expect(throws: KeyStorageError.noSpace(path: path, reason: "File too large")) {
                try KeyBench(storage: FileStorage(path: path))
            }
            #expect(try folder.names() == [])
        }
    }

    @Test func `a folder that is not there is the system's refusal`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("missing/state")
        #expect(
            throws: KeyStorageError.io(operation: "create", path: path, reason: "No such file or directory")
        ) { try KeyBench(storage: FileStorage(path: path)) }
    }

    @Test func `a link leads to the file, and stays a link`() throws {
        let folder = try TemporaryFolder()
        _ = try KeyBench(storage: FileStorage(path: folder.path("state")))
        try #require(unsafe symlink("state", folder.path("link")) == 0)
        let bench = try KeyBench(storage: FileStorage(path: folder.path("link")))
        _ = try bench.command(0x01, discoverableRequest(user: 1))
        #expect(try folder.mode("link") & S_IFMT == S_IFLNK)
        #expect(try KeyBench(storage: FileStorage(path: folder.path("state"))).command(0x04).response?[0x14] == 99)
    }

    @Test func `a state that vanishes in use is not made anew`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("state")
        let bench = try KeyBench(storage: FileStorage(path: path))
        try #require(unsafe unlink(path) == 0)
        #expect(try bench.command(0x01, discoverableRequest(user: 1)).status == 0x7F)
        #expect(try folder.names() == [])
        #expect(bench.events.contains { if case .storageFailed = $0 { true } else { false } })
    }

    @Test func `keys on one file at the same time lose no update of each other`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("state")
        let failures = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: 4) { worker in
            do {
                // The first ones also race to create the file.
                let bench = try KeyBench(storage: FileStorage(path: path), seed: UInt64(worker))
                for index in 0..<10 {
                    let user = UInt8(worker * 10 + index)
                    guard try bench.command(0x01, discoverableRequest(user: user)).status == 0 else {
                        throw KeyStorageError.locked(path: path)
                    }
                    _ = try bench.command(0x02, VirtualGetAssertionTests.request)
                }
            } catch {
                failures.withLock { $0 += 1 }
            }
        }
        #expect(failures.withLock { $0 } == 0)
        let bench = try KeyBench(storage: FileStorage(path: path))
        #expect(try bench.command(0x04).response?[0x14] == 60)
        let last = try MadeAssertion(bench.command(0x02, VirtualGetAssertionTests.request).response)
        #expect(last.counter == 41 && last.response[0x05] == 40)
        #expect(try folder.names() == ["state"])
    }
}

/// State on a disk that can be full.
private final class FullStorage: KeyStorage {
    var isFull = false
    private let storage = MemoryStorage()

    func load() throws(KeyStorageError) -> [UInt8]? { storage.load() }

    func update(_ change: ([UInt8]?) throws(KeyStorageError) -> [UInt8]) throws(KeyStorageError) {
        try storage.update { old throws(KeyStorageError) in
            let new = try change(old)
            guard !isFull else { throw .noSpace(path: "state", reason: "full") }
            return new
        }
    }
}
