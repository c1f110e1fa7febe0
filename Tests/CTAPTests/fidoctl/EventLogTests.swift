import Glibc
import Testing

@testable import Interaction
@testable import fidoctl

@Suite struct EventLogTests {
    @Test func `a reader that stops holds up nothing, and one that goes on misses nothing`() throws {
        let (reader, writer) = try Pipes.open()
        defer { Pipes.close(reader, writer) }
        let log = try EventLog(argument: Pipes.inherited(writer))
        // More than a pipe holds.
        let count = 2_000
        for number in 0..<count { log.report(.processing(device: "/dev/hidraw\(number)")) }
        #expect(!log.finish(within: .milliseconds(50)))
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count(where: { $0 == UInt8(ascii: "\n") }) < count {
            let read = unsafe read(reader, &buffer, buffer.count)
            try #require(read > 0)
            bytes += buffer.prefix(read)
        }
        #expect(log.finish(within: .seconds(30)))
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == count)
        for (number, line) in lines.enumerated() { #expect(line.contains("hidraw\(number)\"")) }
    }

    @Test func `when the reader has gone, events end`() throws {
        let (reader, writer) = try Pipes.open()
        defer { Pipes.close(writer) }
        let log = try EventLog(argument: Pipes.inherited(writer))
        Pipes.close(reader)
        // As the program does.
        let before = signal(SIGPIPE, SIG_IGN)
        defer { signal(SIGPIPE, before) }
        log.report(.done)
        log.report(.done)
        #expect(log.finish())
    }

    @Test func `a full pipe does not change how a command ends, and the loss is reported`() async throws {
        let folder = try TemporaryFolder()
        let fifo = folder.path("fifo")
        let script = """
            mkfifo "$1"; exec 4<>"$1"; head -c 65536 /dev/zero >&4; exec "$2" info --device virtual: --events 4
            """
        let program = try Program(
            ["/bin/sh", "-c", script, "sh", fifo, Product.fidoctl],
            environment: ["LC_ALL": "C.UTF-8"]
        )
        #expect(try await program.end() == .exit(0), "\(program.errors.text)")
        #expect(program.errors.text.contains("events are missing"))
    }

    @Test func `a key that another program uses is an event`() throws {
        let folder = try TemporaryFolder()
        let descriptor = unsafe open(folder.path("events"), O_WRONLY | O_CREAT, 0o600)
        defer { close(descriptor) }
        let log = try EventLog(argument: String(descriptor))
        log.report(.inUse(device: "/dev/hidraw0"))
        #expect(log.finish())
        #expect(TextFile.contents(folder.path("events")).contains(#""device":"/dev/hidraw0","event":"in-use""#))
    }
}
