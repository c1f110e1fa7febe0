import CTAPHID
import Testing
import VirtualAuthenticator

/// The key's side of CTAPHID (CTAP 2.1 §11.2), as bytes.
@Suite struct VirtualKeyTransportTests {
    // MARK: INIT

    @Test func `INIT on broadcast gives a channel of one's own`() throws {
        let bench = try KeyBench()
        let answer = try #require(bench.exchange("ffffffff 86 0008 a1a2a3a4a5a6a7a8").first)
        let channel = answer.dropFirst(30).prefix(8)
        #expect(answer == "ffffffff860011a1a2a3a4a5a6a7a8\(channel)0201000005")
        #expect(channel.hasPrefix("00") && channel != "00000000")
    }

    @Test func `every INIT on broadcast gives another channel`() throws {
        let bench = try KeyBench()
        let channels = try (0..<100).map { _ in try bench.openChannel() }
        #expect(Set(channels).count == 100)
    }

    @Test func `INIT on a channel of one's own answers with that channel`() throws {
        let bench = try KeyBench()
        let channel = try bench.openChannel()
        #expect(
            bench.exchange("\(channel) 86 0008 1112131415161718")
                == ["\(channel)8600111112131415161718\(channel)0201000005"]
        )
    }

    @Test func `INIT on a channel that was never given out is answered there, and makes it one`() throws {
        let bench = try KeyBench()
        #expect(bench.exchange("11223344 81 0001 00") == ["11223344bf00010b"])
        #expect(bench.exchange("11223344 86 0008 1112131415161718").first?.hasPrefix("11223344860011") == true)
        #expect(bench.exchange("11223344 81 0001 55") == ["1122334481000155"])
    }

    @Test(arguments: ["0007 01020304050607", "0009 010203040506070809", "0000"])
    func `INIT with anything but eight bytes is INVALID_LEN`(length: String) throws {
        #expect(try KeyBench().exchange("ffffffff 86 \(length)") == ["ffffffffbf000103"])
    }

    // MARK: Channels

    @Test func `channel 0 is INVALID_CHANNEL, even for INIT`() throws {
        let bench = try KeyBench()
        #expect(bench.exchange("00000000 86 0008 0102030405060708") == ["00000000bf00010b"])
        #expect(bench.exchange("00000000 81 0001 00") == ["00000000bf00010b"])
    }

    @Test func `anything but INIT on broadcast is INVALID_CHANNEL`() throws {
        #expect(try KeyBench().exchange("ffffffff 81 0001 00") == ["ffffffffbf00010b"])
    }

    // MARK: PING, WINK, LOCK and unsupported commands

    @Test(arguments: [0, 1, 56, 57, 58, 116, 117, 1024, 7609])
    func `PING comes back as it was, whatever its length`(count: Int) throws {
        let bench = try KeyBench()
        let channel = try bench.openChannel()
        let payload = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ 1) }
        let reports = bench.send(channel, 0x81, payload)
        #expect(KeyBench.payload(of: reports, on: channel, command: 0x81) == payload)
    }

    @Test(arguments: [8, 9, 32, 64, 512, 1024])
    func `every report size works, the smallest included`(size: Int) throws {
        var settings = KeySettings()
        settings.reportSize = size
        let bench = try KeyBench(settings: settings)
        let packets = bench.packets("ffffffff", 0x86, hex("0102030405060708"))
        let reports = packets.flatMap { bench.exchange($0) }
        #expect(reports.first?.hasPrefix("ffffffff860011") == true)
        #expect(bench.sentSizes == [size])
        #expect(reports.count == (size == 8 ? 7 : size == 9 ? 5 : 1))
    }

    @Test func `WINK is answered`() throws {
        let bench = try KeyBench()
        let channel = try bench.openChannel()
        #expect(bench.exchange("\(channel) 88 0000") == ["\(channel)880000"])
        #expect(bench.events.contains(.winked))
    }

    @Test(arguments: ["83 0009 000300000000000000", "a0 0000", "e6 0001 00", "bb 0001 01", "bf 0001 01", "85 0000"])
    func `a command that is not there is INVALID_CMD`(packet: String) throws {
        let bench = try KeyBench(key: #""u2f": false"#)
        let channel = try bench.openChannel()
        #expect(bench.exchange("\(channel) \(packet)") == ["\(channel)bf000101"])
    }

    @Test(arguments: ["90 0000", "88 0001 00", "84 0000", "84 0002 0101", "81 1dba", "90 ffff"])
    func `a length that the command or the reports do not allow is INVALID_LEN`(packet: String) throws {
        let bench = try KeyBench()
        let channel = try bench.openChannel()
        #expect(bench.exchange("\(channel) \(packet)") == ["\(channel)bf000103"])
        #expect(bench.exchange("\(channel) 81 0001 77") == ["\(channel)81000177"])
    }

    @Test func `LOCK keeps the others out until it is given back`() throws {
        let bench = try KeyBench()
        let (holder, other) = (try bench.openChannel(), try bench.openChannel())
        #expect(bench.exchange("\(holder) 84 0001 0a") == ["\(holder)840000"])
        #expect(bench.exchange("\(other) 81 0001 00") == ["\(other)bf000106"])
        #expect(bench.exchange("\(other) 84 0001 00") == ["\(other)bf000106"])
        #expect(bench.exchange("ffffffff 86 0008 0102030405060708") == ["ffffffffbf000106"])
        #expect(bench.exchange("\(holder) 81 0001 33") == ["\(holder)81000133"])
        #expect(bench.exchange("\(holder) 84 0001 00") == ["\(holder)840000"])
        #expect(bench.exchange("\(other) 81 0001 44") == ["\(other)81000144"])
    }

    @Test func `LOCK ends after its seconds, counted from the last one`() throws {
        let bench = try KeyBench()
        let (holder, other) = (try bench.openChannel(), try bench.openChannel())
        bench.exchange("\(holder) 84 0001 01")
        _ = bench.pass(.milliseconds(900))
        bench.exchange("\(holder) 84 0001 01")
        _ = bench.pass(.milliseconds(999))
        #expect(bench.exchange("\(other) 81 0001 01") == ["\(other)bf000106"])
        _ = bench.pass(.milliseconds(1))
        #expect(bench.exchange("\(other) 81 0001 01") == ["\(other)81000101"])
    }

    @Test func `LOCK for more than ten seconds is INVALID_PAR`() throws {
        let bench = try KeyBench()
        let channel = try bench.openChannel()
        #expect(bench.exchange("\(channel) 84 0001 0b") == ["\(channel)bf000102"])
    }

    // MARK: Messages of several packets

    @Test func `a continuation that nobody waits for is ignored`() throws {
        let bench = try KeyBench()
        let (one, other) = (try bench.openChannel(), try bench.openChannel())
        #expect(bench.exchange("\(one) 00 aabb") == [])
        bench.exchange("\(one) 81 0040")
        #expect(bench.exchange("\(other) 00 aabb") == [])
        #expect(bench.exchange("\(one) 00").count == 2)
    }

    @Test(arguments: ["01", "7f"])
    func `a continuation out of order is INVALID_SEQ and ends the message`(sequence: String) throws {
        let bench = try KeyBench()
        let channel = try bench.openChannel()
        bench.exchange("\(channel) 81 0080")
        #expect(bench.exchange("\(channel) \(sequence) aa") == ["\(channel)bf000104"])
        #expect(bench.exchange("\(channel) 00 aa") == [])
        #expect(bench.exchange("\(channel) 81 0001 00") == ["\(channel)810001"])
    }

    @Test func `a new request inside a message is INVALID_SEQ and ends it`() throws {
        let bench = try KeyBench()
        let channel = try bench.openChannel()
        bench.exchange("\(channel) 81 0080")
        #expect(bench.exchange("\(channel) 81 0001 00") == ["\(channel)bf000104"])
        #expect(bench.exchange("\(channel) 00 aa") == [])
    }

    @Test func `INIT inside a message of its channel drops it and is answered`() throws {
        let bench = try KeyBench()
        let channel = try bench.openChannel()
        bench.exchange("\(channel) 81 0080")
        #expect(bench.exchange("\(channel) 86 0008 0102030405060708").first?.hasPrefix("\(channel)860011") == true)
        #expect(bench.exchange("\(channel) 00 aa") == [])
        #expect(bench.pass(.seconds(1)) == [])
    }

    @Test func `while a message is coming in, others get CHANNEL_BUSY and do not disturb it`() throws {
        let bench = try KeyBench()
        let (owner, other) = (try bench.openChannel(), try bench.openChannel())
        bench.exchange("\(owner) 81 003b \(String(repeating: "11", count: 57))")
        #expect(bench.exchange("\(other) 81 0001 00") == ["\(other)bf000106"])
        #expect(bench.exchange("\(other) 91 0000") == [])
        #expect(bench.exchange("\(owner) 91 0000") == [])
        #expect(bench.exchange("ffffffff 86 0008 0102030405060708").first?.hasPrefix("ffffffff860011") == true)
        #expect(bench.exchange("\(other) 86 0008 0102030405060708").first?.hasPrefix("\(other)860011") == true)
        #expect(bench.exchange("\(owner) 00 2222").count == 2)
    }

    @Test func `a message that stops in the middle is MSG_TIMEOUT after half a second`() throws {
        let bench = try KeyBench()
        let channel = try bench.openChannel()
        bench.exchange("\(channel) 81 0100")
        #expect(bench.pass(.milliseconds(499)) == [])
        bench.exchange("\(channel) 00 aa")
        #expect(bench.key.nextWakeup == .milliseconds(999))
        #expect(bench.pass(.milliseconds(499)) == [])
        #expect(bench.pass(.milliseconds(1)) == ["\(channel)bf000105"])
        #expect(bench.exchange("\(channel) 81 0001 09") == ["\(channel)81000109"])
    }

    @Test func `a short report is filled up with zeros, a long or empty one is dropped`() throws {
        let bench = try KeyBench()
        let channel = try bench.openChannel()
        bench.key.receive(hex("\(channel) 81 0003 0102"), at: .zero)
        #expect(bench.key.takeReports().first?.prefix(10).map(\.self) == hex("\(channel) 81 0003 010200"))
        bench.key.receive([], at: .zero)
        bench.key.receive(hex("\(channel) 81 0001 01") + Array(repeating: 0, count: 64), at: .zero)
        #expect(bench.key.takeReports().isEmpty)
    }

    // MARK: Slow requests

    @Test func `a key that waits for a touch says so at once and then every 100 ms`() throws {
        let bench = try KeyBench(presence: TimedPresence(after: .milliseconds(250)))
        let channel = try bench.openChannel()
        #expect(bench.exchange("\(channel) 90 0001 0b") == ["\(channel)bb000102"])
        #expect(bench.pass(.milliseconds(99)) == [])
        #expect(bench.pass(.milliseconds(1)) == ["\(channel)bb000102"])
        #expect(bench.pass(.milliseconds(149)) == ["\(channel)bb000102"])
        #expect(bench.pass(.milliseconds(1)) == ["\(channel)900001"])
        #expect(bench.key.nextWakeup == nil)
    }

    @Test func `CANCEL ends the request with KEEPALIVE_CANCEL and says nothing itself`() throws {
        let bench = try KeyBench(presence: TimedPresence(after: nil))
        let channel = try bench.openChannel()
        bench.exchange("\(channel) 90 0001 0b")
        #expect(bench.exchange("\(channel) 91 0000") == ["\(channel)9000012d"])
        #expect(bench.exchange("\(channel) 91 0000") == [])
        #expect(bench.pass(.seconds(60)) == [])
    }

    @Test func `CANCEL with nothing to cancel, or on another channel, is silent`() throws {
        let bench = try KeyBench(presence: TimedPresence(after: nil))
        let (owner, other) = (try bench.openChannel(), try bench.openChannel())
        #expect(bench.exchange("\(owner) 91 0000") == [])
        bench.exchange("\(owner) 90 0001 0b")
        #expect(bench.exchange("\(other) 91 0000") == [])
        #expect(bench.exchange("11223344 91 0000") == [])
        #expect(bench.pass(.milliseconds(100)) == ["\(owner)bb000102"])
    }

    @Test func `while a request is under way others, and its own channel, get CHANNEL_BUSY`() throws {
        let bench = try KeyBench(presence: TimedPresence(after: nil))
        let (owner, other) = (try bench.openChannel(), try bench.openChannel())
        bench.exchange("\(owner) 90 0001 0b")
        #expect(bench.exchange("\(other) 90 0001 04") == ["\(other)bf000106"])
        #expect(bench.exchange("\(owner) 81 0001 00") == ["\(owner)bf000106"])
        #expect(bench.exchange("\(owner) 00 00") == [])
        #expect(bench.exchange("\(owner) 91 0000") == ["\(owner)9000012d"])
        #expect(bench.exchange("\(other) 81 0001 66") == ["\(other)81000166"])
    }

    @Test func `INIT on the channel of a request under way ends it without a word`() throws {
        let bench = try KeyBench(presence: TimedPresence(after: nil))
        let channel = try bench.openChannel()
        bench.exchange("\(channel) 90 0001 0b")
        #expect(bench.exchange("\(channel) 86 0008 0102030405060708").count == 1)
        #expect(bench.pass(.seconds(40)) == [])
        #expect(bench.exchange("\(channel) 81 0001 21") == ["\(channel)81000121"])
    }

    @Test func `nobody's touch ends after 30 seconds`() throws {
        let bench = try KeyBench(presence: TimedPresence(after: nil))
        let channel = try bench.openChannel()
        bench.exchange("\(channel) 90 0001 0b")
        let reports = bench.pass(.milliseconds(29_999))
        #expect(reports.count == 299 && Set(reports) == ["\(channel)bb000102"])
        #expect(bench.pass(.milliseconds(1)) == ["\(channel)9000012f"])
    }

    @Test func `a log line tells of packets without what is in them`() throws {
        let bench = try KeyBench()
        let channel = try bench.openChannel()
        bench.exchange("\(channel) 81 0004 deadbeef")
        let lines = bench.events.map(\.description)
        #expect(lines.contains("-> \(channel) PING 4") && lines.contains("<- \(channel) PING 4"))
        #expect(!lines.contains { $0.contains("dead") })
    }
}
