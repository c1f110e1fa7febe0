import Dispatch
import Glibc
import Platform
import Synchronization
import Testing

@testable import VirtualAuthenticator

/// The key as other programs see it: the socket that stands for a hidraw node, and the events for uhid.
@Suite(.timeLimit(.minutes(1))) struct KeyServerTests {
    @Test func `every client gets every report, as with hidraw`() throws {
        let server = try RunningServer()
        let (one, other) = (try server.connect(), try server.connect())
        try one.write("00 ffffffff 86 0008 0102030405060708")
        #expect(try one.read().hasPrefix("ffffffff8600110102030405060708"))
        #expect(try other.read().hasPrefix("ffffffff8600110102030405060708"))
    }

    @Test func `a client that forgets the report number is not understood`() throws {
        let server = try RunningServer()
        let client = try server.connect()
        try client.write("00 ffffffff 86 0008 0102030405060708")
        let channel = String(try client.read().dropFirst(30).prefix(8))
        // The kernel takes a first byte of 0 for the report number, and the channel's first byte is 0.
        try client.write("\(channel) 81 0001 55")
        try client.write("00 \(channel) 81 0001 66")
        #expect(try client.read().hasPrefix("\(channel)81000166"))
    }

    @Test func `a client that goes away leaves the key to the others`() throws {
        let server = try RunningServer()
        let other = try server.connect()
        do {
            let one = try server.connect()
            try one.write("00 ffffffff 86 0008 0102030405060708")
            _ = try one.read()
            _ = try other.read()
        }
        try other.write("00 ffffffff 86 0008 1112131415161718")
        #expect(try other.read().hasPrefix("ffffffff8600111112131415161718"))
    }

    @Test func `time passes for the key between reports`() throws {
        let server = try RunningServer(touch: .milliseconds(150))
        let client = try server.connect()
        try client.write("00 ffffffff 86 0008 0102030405060708")
        let channel = String(try client.read().dropFirst(30).prefix(8))
        try client.write("00 \(channel) 90 0001 0b")
        #expect(try client.read().hasPrefix("\(channel)bb000102"))
        #expect(try client.read().hasPrefix("\(channel)bb000102"))
        #expect(try client.read().hasPrefix("\(channel)90000100"))
    }

    @Test func `stopping pulls the key out and takes the socket away`() throws {
        let server = try RunningServer()
        let client = try server.connect()
        try client.write("00 ffffffff 86 0008 0102030405060708")
        _ = try client.read()
        server.stop()
        #expect(try client.read() == "")
        #expect(try server.folder.names() == [])
    }

    @Test func `a socket that nobody listens at is replaced, and so is an empty file`() throws {
        let folder = try TemporaryFolder()
        try folder.write([], to: "key")
        try RunningServer(folder: folder).stop()
        _ = try UnixSocket.listen(at: folder.path("key"))
        #expect(try folder.names() == ["key"])
        let server = try RunningServer(folder: folder)
        let client = try server.connect()
        try client.write("00 ffffffff 86 0008 0102030405060708")
        #expect(try client.read().hasPrefix("ffffffff860011"))
    }

    @Test func `a socket in use and a file with contents stay as they are`() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(folder: folder)
        #expect(throws: ServeError.occupied(path: folder.path("key"), reason: "a program listens there")) {
            try UnixSocket.listen(at: folder.path("key"))
        }
        _ = try server.connect()
        try folder.write([1], to: "file")
        #expect(throws: ServeError.occupied(path: folder.path("file"), reason: "it is not a socket")) {
            try UnixSocket.listen(at: folder.path("file"))
        }
    }

    @Test func `a socket is its owner's from its first moment, and replaces no file beside it`() throws {
        let folder = try TemporaryFolder()
        for name in ["key.new", "key.tmp"] { try folder.write([1], to: name) }
        let server = try RunningServer(folder: folder)
        #expect(try folder.mode("key") == S_IFSOCK | 0o600)
        #expect(try folder.names() == ["key", "key.new", "key.tmp"])
        server.stop()
        #expect(try folder.names() == ["key.new", "key.tmp"])
    }

    @Test func `a file that took the place of the socket stays when the key ends`() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(folder: folder)
        try #require(unsafe unlink(folder.path("key")) == 0)
        try folder.write([1], to: "key")
        server.stop()
        #expect(try folder.read("key") == [1])
    }

    @Test(arguments: [(64, 1), (63, 1), (65, 0)])
    func `a report without its number is noticed`(byteCount: Int, expected: Int) throws {
        let folder = try TemporaryFolder()
        let events = Mutex<[VirtualKeyEvent]>([])
        let port = try SocketPort(path: folder.path("key"), reportSize: 64) { event in
            events.withLock { $0.append(event) }
        }
        let client = try RunningServer.Client(path: folder.path("key"))
        _ = try port.receive(from: Set(port.descriptors))
        let first: [UInt8] = byteCount == 65 ? [0, 0xFF] : [0xFF]
        try client.write(bytes: first + Array(repeating: 0, count: byteCount - first.count))
        #expect(try port.receive(from: Set(port.descriptors)).map(\.count) == [min(byteCount, 64)])
        let missing = VirtualKeyEvent.reportNumberMissing(byteCount: byteCount)
        #expect(events.withLock { $0 } == Array(repeating: missing, count: expected))
        port.close()
    }

    @Test func `without descriptors left the key waits for a client to leave`() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let events = Mutex<[VirtualKeyEvent]>([])
            let port = try SocketPort(path: folder.path("key"), reportSize: 64) { event in
                events.withLock { $0.append(event) }
            }
            var one: RunningServer.Client? = try RunningServer.Client(path: folder.path("key"))
            _ = try port.receive(from: Set(port.descriptors))
            let other = try RunningServer.Client(path: folder.path("key"))
            // No further descriptors can be opened.
            let next = dup(0)
            close(next)
            var limit = rlimit(rlim_cur: rlim_t(next), rlim_max: rlim_t(next))
            try #require(unsafe setrlimit(__rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)), &limit) == 0)
            #expect(try port.receive(from: Set(port.descriptors)) == [])
            #expect(events.withLock { $0 } == [.clientsRefused(reason: "Too many open files")])
            // poll(2) would return at once for a waiting client.
            #expect(port.descriptors.count == 1)
            one = nil
            _ = one
            _ = try port.receive(from: Set(port.descriptors))
            #expect(port.descriptors.count == 1)
            _ = try port.receive(from: Set(port.descriptors))
            #expect(port.descriptors.count == 2)
            try other.write("00 ffffffff 86 0008 0102030405060708")
            #expect(try port.receive(from: Set(port.descriptors)).count == 1)
            port.close()
        }
    }

    @Test func `without descriptors and without clients the key ends`() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let path = folder.path("key")
            let port = try SocketPort(path: path, reportSize: 64, observe: nil)
            let client = try RunningServer.Client(path: path)
            let next = dup(0)
            close(next)
            var limit = rlimit(rlim_cur: rlim_t(next), rlim_max: rlim_t(next))
            try #require(unsafe setrlimit(__rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)), &limit) == 0)
            let error = ServeError.io(operation: "accept a client at", path: path, reason: "Too many open files")
            #expect(throws: error) { try port.receive(from: Set(port.descriptors)) }
            port.close()
            _ = client
        }
    }

    @Test func `a path that is too long for a socket says so`() {
        let path = "/tmp/" + String(repeating: "x", count: 200)
        #expect(throws: ServeError.pathTooLong(path: path, maximum: 103)) { try UnixSocket.listen(at: path) }
    }

    // MARK: linux/uhid.h

    @Test func `UHID_CREATE2 as the kernel reads it`() {
        let event = UHIDEvent.create(name: "Name", serialNumber: "0042", reportSize: 64)
        #expect(event.count == 4 + 128 + 64 + 64 + 2 + 2 + 16 + 4096)
        #expect(event.prefix(9) == hex("0b000000 4e616d65 00")[...])
        #expect(Array(event[196..<201]) == hex("30303432 00"))
        #expect(Array(event[260..<280]) == hex("2200 0300 09120000 01000000 00010000 00000000"))
        let descriptor = "06d0f10901a1010920150026ff007508954081020921150026ff00750895409102c0"
        #expect(Array(event[280..<314]).hex == descriptor)
    }

    @Test func `a name that is too long is cut, so that a zero ends it`() {
        let event = UHIDEvent.create(name: String(repeating: "n", count: 300), serialNumber: "", reportSize: 64)
        #expect(event[4 + 126] == UInt8(ascii: "n") && event[4 + 127] == 0)
    }

    @Test func `UHID_INPUT2 carries a report`() {
        #expect(UHIDEvent.input([0xAA, 0xBB]).hex == "0c0000000200aabb")
    }

    @Test func `UHID_OUTPUT gives what was written, report number in front`() {
        let data = hex("00 ffffffff 86") + Array(repeating: 0, count: 4090)
        #expect(UHIDEvent.Incoming(hex("06000000") + data + hex("0600 01")) == .output(hex("00 ffffffff 86")))
    }

    @Test func `questions for feature reports are answered with EIO, so that nobody waits`() {
        #expect(
            UHIDEvent.Incoming(hex("09000000 2a000000 00 00")) == .request(reply: hex("0a000000 2a000000 0500 0000"))
        )
        #expect(UHIDEvent.Incoming(hex("0d000000 2b000000 00 00")) == .request(reply: hex("0e000000 2b000000 0500")))
    }

    @Test(arguments: ["02000000", "03000000", "04000000", "05000000", "06000000 00", ""])
    func `other events, and such as were cut, ask nothing of us`(event: String) {
        #expect(UHIDEvent.Incoming(hex(event)) == nil)
    }

    @Test func `reports of 256 bytes and more have a longer descriptor`() {
        #expect(FIDOReportDescriptor.fido(reportSize: 1024).hex.contains("75089600048102"))
    }
}

/// A key that a separate thread serves at the socket `key` in a folder.
final class RunningServer {
    let folder: TemporaryFolder
    /// Programs that other tests start do not inherit it.
    private let end: WakeUp
    private let done = DispatchSemaphore(value: 0)

    init(folder: TemporaryFolder? = nil, touch: Duration = .zero) throws {
        let folder = try folder ?? TemporaryFolder()
        self.folder = folder
        let end = try WakeUp()
        self.end = end
        let (path, done) = (folder.path("key"), done)
        let ready = DispatchSemaphore(value: 0)
        let hasFailed = Mutex(true)
        DispatchQueue(label: "test.server").async {
            if let key = try? VirtualKey(storage: MemoryStorage(), presence: TimedPresence(after: touch)),
                var server = try? KeyServer(key, at: .socket(path: path))
            {
                hasFailed.withLock { $0 = false }
                ready.signal()
                try? server.run(until: end.descriptor)
            }
            ready.signal()
            done.signal()
        }
        ready.wait()
        try #require(!hasFailed.withLock { $0 })
    }

    deinit {
        stop()
    }

    /// Stops the server and waits for it.
    func stop() {
        end.call()
        done.wait()
        done.signal()
    }

    func connect() throws -> Client {
        try Client(path: folder.path("key"))
    }

    /// An open connection to the node.
    final class Client {
        private let file: OpenFile

        init(path: String) throws {
            file = OpenFile(owning: socket(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue), 0))
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: Array(path.utf8)) }
            let result = unsafe withUnsafePointer(to: &address) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    unsafe Glibc.connect(file.descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            try #require(result == 0)
        }

        /// One write of 65 bytes.
        func write(_ digits: String) throws {
            let bytes = hex(digits)
            try file.write(bytes + Array(repeating: 0, count: 65 - bytes.count))
        }

        /// One write, unchanged.
        func write(bytes: [UInt8]) throws {
            try file.write(bytes)
        }

        /// The next report in hexadecimal; empty if the key is gone.
        func read() throws -> String {
            try file.read(upTo: 1024).hex
        }
    }
}
