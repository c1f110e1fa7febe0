import CTAP2
import Testing
import VirtualAuthenticator

/// Every fault that a scenario can name, as bytes on the wire.
@Suite struct ScenarioTests {
    /// A key with one rule, in JSON.
    private func bench(
        _ rule: String,
        presence: any UserPresence = TimedPresence(after: .zero)
    ) throws -> (KeyBench, channel: String) {
        let scenario = #"{"key": {\#(KeyBench.unmanaged)}, "rules": [\#(rule)]}"#
        let bench = try KeyBench(scenario: scenario, presence: presence)
        return (bench, try bench.openChannel())
    }

    private let initRequest = "ffffffff 86 0008 0102030405060708"

    // MARK: Rules

    @Test func `a key without rules is a good key`() throws {
        let (bench, channel) = try bench("")
        #expect(bench.send(channel, 0x81, Array(repeating: 7, count: 100)).count == 2)
        #expect(try bench.command(0x04).status == 0)
        #expect(try bench.command(0x01, VirtualMakeCredentialTests.request).status == 0)
    }

    @Test func `the first rule that fits and is not used up is the one`() throws {
        let (bench, _) = try bench(
            """
            {"on": "getInfo", "skip": 1, "times": 2, "status": "0x36"},
            {"on": "getInfo", "times": 1, "status": "CTAP2_ERR_PIN_BLOCKED"},
            {"on": "0x41", "status": "0x00"}
            """
        )
        #expect(try (0..<5).map { _ in try bench.command(0x04).status } == [0x32, 0x36, 0x36, 0, 0])
        #expect(try bench.command(0x41).status == 0)
        #expect(try bench.command(0x42).status == 1)
    }

    @Test func `a rule may wait for the first CANCEL`() throws {
        let (bench, channel) = try bench(#"{"on": "*", "after": "cancel", "faults": ["busy:2"]}"#)
        #expect(bench.exchange("\(channel) 81 0000") == ["\(channel)810000"])
        #expect(bench.exchange("\(channel) 91 0000") == [])
        #expect(bench.exchange(initRequest) == ["ffffffffbf000106"])
        #expect(bench.exchange("\(channel) 81 0000") == ["\(channel)bf000106"])
        #expect(bench.exchange("\(channel) 81 0000") == ["\(channel)810000"])
    }

    @Test func `the key's limits may be others`() throws {
        let bench = try KeyBench(
            scenario: #"{"key": {"maxCredentialCountInList": 2, "algorithms": ["EdDSA"], "maxMsgSize": 1024}}"#
        )
        let info = try #require(bench.command(0x04).response)
        #expect(info[0x07] == 2 && info[0x05] == 1024)
        #expect(info[0x0A]?.array?.count == 1)
    }

    // MARK: Time and touch

    @Test func `processing comes before the touch, each with its status`() throws {
        let (bench, channel) = try bench(#"{"on": "selection", "processing": 0.15, "touch": "after:0.1"}"#)
        #expect(bench.exchange("\(channel) 90 0001 0b") == [])
        #expect(bench.pass(.milliseconds(149)) == ["\(channel)bb000101"])
        #expect(bench.pass(.milliseconds(1)) == ["\(channel)bb000102"])
        #expect(bench.pass(.milliseconds(99)) == [])
        #expect(bench.pass(.milliseconds(1)) == ["\(channel)900001"])
    }

    @Test func `while a rule keeps the key busy, others get CHANNEL_BUSY and INIT its answer`() throws {
        let (bench, channel) = try bench(#"{"on": "selection", "processing": 1}"#)
        let other = try bench.openChannel()
        bench.exchange("\(channel) 90 0001 0b")
        #expect(bench.exchange("\(other) 81 0000") == ["\(other)bf000106"])
        #expect(bench.exchange("\(channel) 81 0000") == ["\(channel)bf000106"])
        #expect(bench.exchange("\(other) 86 0008 0102030405060708").count == 1)
        #expect(bench.exchange("\(channel) 91 0000") == ["\(channel)9000012d"])
        #expect(bench.exchange("\(other) 81 0000") == ["\(other)810000"])
    }

    @Test func `a status is the answer after the waiting, and nothing is done`() throws {
        let (bench, channel) = try bench(
            #"{"on": "makeCredential", "touch": "after:1", "status": "CTAP2_ERR_KEY_STORE_FULL"}"#
        )
        let request = [0x01] + CBOREncoder.encode(discoverableRequest(user: 1))
        let first = bench.send(channel, 0x90, request)
        #expect(first == ["\(channel)bb000102"])
        #expect(bench.pass(.seconds(1)).last == "\(channel)90000128")
        #expect(try bench.command(0x04).response?[0x14] == 100)
    }

    @Test func `a touch may wait for its line`() throws {
        let (bench, channel) = try bench(#"{"on": "selection", "touch": "ask"}"#)
        bench.exchange("\(channel) 90 0001 0b")
        _ = bench.pass(.seconds(5))
        try bench.scenarioKey.answer(.declined)
        #expect(bench.pass(.zero) == ["\(channel)90000127"])
        bench.exchange("\(channel) 90 0001 0b")
        try bench.scenarioKey.answer(.touched)
        #expect(bench.pass(.zero) == ["\(channel)900001"])
    }

    @Test func `silent swallows the request and its CANCEL, and INIT wakes the key`() throws {
        let (bench, channel) = try bench(#"{"on": "selection", "faults": ["silent"]}"#)
        #expect(bench.exchange("\(channel) 90 0001 0b") == [])
        #expect(bench.exchange("\(channel) 91 0000") == [])
        #expect(bench.pass(.seconds(100)) == [])
        #expect(bench.exchange("\(channel) 86 0008 0102030405060708").count == 1)
        #expect(bench.exchange("\(channel) 81 0000") == ["\(channel)810000"])
    }

    @Test(arguments: [("tarpit", "01"), ("tarpit:touch", "02")])
    func `tarpit keeps alive for ever, and CANCEL ends it`(fault: String, status: String) throws {
        let (bench, channel) = try bench(#"{"on": "selection", "faults": ["\#(fault)"]}"#)
        bench.exchange("\(channel) 90 0001 0b")
        let reports = bench.pass(.seconds(100))
        #expect(reports.count >= 1000 && Set(reports) == ["\(channel)bb0001\(status)"])
        #expect(bench.exchange("\(channel) 91 0000") == ["\(channel)9000012d"])
    }

    @Test func `no-keepalive waits without a word`() throws {
        let (bench, channel) = try bench(
            #"{"on": "selection", "processing": 1, "touch": "after:1", "faults": ["no-keepalive"]}"#
        )
        #expect(bench.exchange("\(channel) 90 0001 0b") == [])
        #expect(bench.pass(.milliseconds(1999)) == [])
        #expect(bench.pass(.milliseconds(1)) == ["\(channel)900001"])
    }

    @Test func `late-reply holds the answer back, also that to CANCEL`() throws {
        let (bench, channel) = try bench(
            #"{"on": "selection", "touch": "never", "faults": ["late-reply:2.5"]}, {"on": "PING", "faults": ["late-reply:1"]}"#
        )
        bench.exchange("\(channel) 90 0001 0b")
        #expect(bench.exchange("\(channel) 91 0000") == [])
        #expect(bench.pass(.milliseconds(2499)) == [])
        #expect(bench.pass(.milliseconds(1)) == ["\(channel)9000012d"])
        #expect(bench.exchange("\(channel) 81 0001 05") == [])
        #expect(bench.pass(.seconds(1)) == ["\(channel)81000105"])
    }

    /// The number of continuation packets in the reply to getInfo.
    private func continuationsOfInfo() throws -> Int {
        let (bench, channel) = try bench("")
        return bench.exchange("\(channel) 90 0001 04").count - 1
    }

    @Test func `hold stops in the middle of a reply until it may go on`() throws {
        let (bench, channel) = try bench(#"{"on": "getInfo", "faults": ["hold:reply"]}"#)
        #expect(bench.exchange("\(channel) 90 0001 04").count == 1)
        #expect(bench.pass(.seconds(10)) == [])
        try bench.scenarioKey.goOn()
        #expect(try bench.pass(.zero).count == continuationsOfInfo())
    }

    @Test func `hold may end by itself`() throws {
        let (bench, channel) = try bench(
            #"{"on": "getInfo", "faults": ["hold:reply:0.5"]}, {"on": "PING", "faults": ["hold:processing:0.5"]}"#
        )
        #expect(bench.exchange("\(channel) 90 0001 04").count == 1)
        #expect(bench.pass(.milliseconds(499)) == [])
        #expect(try bench.pass(.milliseconds(1)).count == continuationsOfInfo())
        #expect(bench.exchange("\(channel) 81 0000") == [])
        #expect(bench.pass(.milliseconds(500)) == ["\(channel)810000"])
    }

    @Test func `hold in the middle of a request takes no more reports`() throws {
        let (bench, channel) = try bench(#"{"on": "PING", "faults": ["hold:request"]}"#)
        let packets = bench.packets(channel, 0x81, Array(repeating: 9, count: 100))
        #expect(bench.key.acceptsReports)
        bench.exchange(packets[0])
        #expect(!bench.key.acceptsReports)
        #expect(bench.exchange(packets[1]) == [])
        #expect(bench.pass(.seconds(10)) == [])
        try bench.scenarioKey.goOn()
        #expect(bench.pass(.zero).count == 2)
        #expect(bench.key.acceptsReports)
    }

    @Test func `a request that stops in the middle is still MSG_TIMEOUT`() throws {
        let (bench, channel) = try bench(#"{"on": "PING"}"#)
        bench.exchange("\(channel) 81 0100")
        #expect(bench.pass(.seconds(2)) == ["\(channel)bf000105"])
    }

    @Test func `a broken request gets the key's own error`() throws {
        let (bench, channel) = try bench(#"{"on": "PING"}"#)
        bench.exchange("\(channel) 81 0100")
        #expect(bench.exchange("\(channel) 05") == ["\(channel)bf000104"])
    }

    // MARK: CANCEL

    @Test func `ignore-cancel goes on as if nothing had been said`() throws {
        let (bench, channel) = try bench(
            #"{"on": "selection", "touch": "after:1", "faults": ["ignore-cancel"]}"#
        )
        bench.exchange("\(channel) 90 0001 0b")
        #expect(bench.exchange("\(channel) 91 0000") == [])
        #expect(bench.pass(.seconds(1)).last == "\(channel)900001")
    }

    @Test(arguments: [#""touch": "never""#, #""processing": 5"#])
    func `success may beat the CANCEL`(wait: String) throws {
        let (bench, channel) = try bench(
            #"{"on": "makeCredential", \#(wait), "faults": ["success-beats-cancel"]}"#
        )
        _ = bench.send(channel, 0x90, [0x01] + CBOREncoder.encode(discoverableRequest(user: 1)))
        let reports = bench.exchange("\(channel) 91 0000") + bench.pass(.seconds(1))
        #expect(KeyBench.payload(of: reports, on: channel, command: 0x90)?.first == 0)
        #expect(reports.allSatisfy { !$0.contains("9000012d") })
        #expect(try bench.command(0x04).response?[0x14] == 99)
    }

    @Test func `a reply may follow the answer to CANCEL`() throws {
        let (bench, channel) = try bench(
            #"{"on": "selection", "touch": "never", "faults": ["reply-after-cancel:0.3"]}"#
        )
        bench.exchange("\(channel) 90 0001 0b")
        #expect(bench.exchange("\(channel) 91 0000") == ["\(channel)9000012d"])
        #expect(bench.pass(.milliseconds(299)) == [])
        #expect(bench.pass(.milliseconds(1)) == ["\(channel)900001"])
    }

    // MARK: Unplugging

    @Test(arguments: [("request", 0), ("processing", 0), ("reply", 1)])
    func `the key may be pulled out around a request`(point: String, count: Int) throws {
        let (bench, channel) = try bench(#"{"on": "getInfo", "faults": ["unplug:\#(point)"]}"#)
        #expect(bench.exchange("\(channel) 90 0001 04").count == count)
        #expect(!bench.key.isPluggedIn)
        #expect(bench.exchange(initRequest) == [])
    }

    @Test func `the key may be pulled out when it asks for a touch, or when CANCEL comes`() throws {
        let (touch, channel) = try bench(#"{"on": "selection", "touch": "never", "faults": ["unplug:touch"]}"#)
        touch.exchange("\(channel) 90 0001 0b")
        #expect(!touch.key.isPluggedIn)
        let (cancel, other) = try bench(#"{"on": "selection", "touch": "never", "faults": ["unplug:cancel"]}"#)
        cancel.exchange("\(other) 90 0001 0b")
        #expect(cancel.key.isPluggedIn)
        #expect(cancel.exchange("\(other) 91 0000") == [])
        #expect(!cancel.key.isPluggedIn)
    }

    // MARK: Packets

    @Test func `foreign-packets surround every packet of the reply and every KEEPALIVE`() throws {
        let (bench, channel) = try bench(
            #"{"on": "getInfo", "faults": ["foreign-packets"]}, {"on": "selection", "faults": ["foreign-packets"], "touch": "after:1"}"#
        )
        let reports = bench.exchange("\(channel) 90 0001 04")
        let own = reports.filter { $0.hasPrefix(channel) }
        #expect(try own.count == 1 + continuationsOfInfo() && reports.count == 2 * own.count + 1)
        #expect(KeyBench.payload(of: own, on: channel, command: 0x90)?.first == 0)
        #expect(bench.exchange("\(channel) 90 0001 0b").count == 3)
    }

    @Test func `wrong-nonce answers another program first, or only`() throws {
        let bench = try KeyBench(
            scenario:
                #"{"rules": [{"on": "INIT", "times": 1, "faults": ["wrong-nonce"]}, {"on": "INIT", "times": 1, "faults": ["wrong-nonce:only"]}]}"#
        )
        let nonces = { bench.exchange(self.initRequest).map { String($0.dropFirst(14).prefix(16)) } }
        #expect(nonces() == ["fefdfcfbfaf9f8f7", "0102030405060708"])
        #expect(nonces() == ["fefdfcfbfaf9f8f7"])
        #expect(nonces() == ["0102030405060708"])
    }

    @Test func `continuations out of order, and twice`() throws {
        let (bench, channel) = try bench(
            #"{"on": "getInfo", "times": 1, "faults": ["out-of-order"]}, {"on": "getInfo", "faults": ["duplicate"]}"#
        )
        let sequences = { bench.exchange("\(channel) 90 0001 04").map { String($0.dropFirst(8).prefix(2)) } }
        let numbers = try (0..<continuationsOfInfo()).map { "0\($0)" }
        #expect(sequences() == ["90", "01", "00"] + numbers.dropFirst(2))
        #expect(sequences() == ["90"] + numbers.flatMap { [$0, $0] })
    }

    @Test func `short cuts the last report`() throws {
        let (bench, channel) = try bench(#"{"on": "getInfo", "faults": ["short"]}"#)
        bench.exchange("\(channel) 90 0001 04")
        #expect(bench.sentSizes == [64, 21])
    }

    @Test func `oversize announces more than packets can carry`() throws {
        let (bench, channel) = try bench(#"{"on": "getInfo", "faults": ["oversize"]}"#)
        let reports = bench.exchange("\(channel) 90 0001 04")
        #expect(reports.first?.hasPrefix("\(channel)901dba") == true)
        #expect(reports.count == 129)
    }

    // MARK: Contents

    private func info(_ fault: String) throws -> [UInt8] {
        let (bench, channel) = try bench(#"{"on": "getInfo", "faults": ["\#(fault)"]}"#)
        let reports = bench.exchange("\(channel) 90 0001 04")
        return try Array(#require(KeyBench.payload(of: reports, on: channel, command: 0x90)).dropFirst())
    }

    @Test func `broken-cbor ends in the middle`() throws {
        let whole = try info("no-keepalive")
        #expect(try info("broken-cbor") == Array(whole.prefix(whole.count / 2)))
    }

    @Test func `unsorted-maps says the same in reverse`() throws {
        let (whole, crooked) = (try info("no-keepalive"), try info("unsorted-maps"))
        #expect(throws: CBORError.self) { try CBORDecoder.decode(crooked, rules: .canonical) }
        #expect(try CBOREncoder.encode(CBORDecoder.decode(crooked)) == whole)
        #expect(crooked.count == whole.count)
    }

    @Test func `long-lengths says the same in more bytes`() throws {
        let (whole, crooked) = (try info("no-keepalive"), try info("long-lengths"))
        #expect(throws: CBORError.self) { try CBORDecoder.decode(crooked, rules: .canonical) }
        #expect(try CBOREncoder.encode(CBORDecoder.decode(crooked)) == whole)
        #expect(crooked.count == whole.count + 2)
    }

    @Test func `omit leaves a member out`() throws {
        let map = try #require(CBORDecoder.decode(info("omit:3"), rules: .canonical).map)
        #expect(map[3] == nil && map.count == 13)
    }

    @Test func `cut-text cuts texts, within a character too, but no names of members`() throws {
        let crooked = try info("cut-text:7")
        #expect(throws: CBORError.self) { try CBORDecoder.decode(Array("\u{e9}".utf8.prefix(1)), rules: .canonical) }
        let map = try #require(CBORDecoder.decode(crooked, rules: .canonical).map)
        #expect(map[1] == .array(["U2F_V2", "FIDO_2_"]) && map[4]?.map?["pinUvAuthToken"] == true)
        let rules = #"[{"on": "credentialManagement", "faults": ["cut-text:2"]}]"#
        let bench = try KeyBench(scenario: #"{"key": {"pin": "1234"}, "rules": \#(rules)}"#)
        try bench.register(name: "né")
        let channel = try bench.openChannel()
        let request = try [0x0A] + CBOREncoder.encode(bench.token(0x04).managing(4, [1: rpIDHash("example.com")]))
        let reports = bench.send(channel, 0x90, request)
        let payload = try #require(KeyBench.payload(of: reports, on: channel, command: 0x90))
        #expect(payload.hex.contains("646e616d65626ec3"))
    }

    // MARK: Files

    @Test(arguments: [
        ("", "not JSON"), ("[]", "not an object"), (#"{"rule": []}"#, "\"rule\" is not known"),
        (#"{"rules": {}}"#, "rules: not an array"),
        (#"{"rules": [{}, {"on": "getinfo"}]}"#, "rules[1].on: \"getinfo\" is not known"),
        (#"{"rules": [{"times": 0}]}"#, "rules[0].times: not an integer from 1 to 1000000"),
        (#"{"rules": [{"times": 1.5}]}"#, "rules[0].times: not an integer from 1 to 1000000"),
        (#"{"rules": [{"touch": "after:x"}]}"#, "rules[0].touch: \"after:x\" is not known"),
        (#"{"rules": [{"faults": ["busy"]}]}"#, "rules[0].faults[0]: \"busy\" is not known"),
        (#"{"rules": [{"faults": ["hold:touch"]}]}"#, "rules[0].faults[0]: \"hold:touch\" is not known"),
        (#"{"rules": [{"faults": ["late-reply:-1"]}]}"#, "rules[0].faults[0]: \"late-reply:-1\" is not known"),
        (#"{"rules": [{"status": "PIN_BLOCKED"}]}"#, "rules[0].status: \"PIN_BLOCKED\" is not known"),
        (#"{"rules": [{"processing": "1"}]}"#, "rules[0].processing: not seconds from 0 to 86400"),
        (#"{"key": {"reportSize": 7}}"#, "key.reportSize: not an integer from 8 to 1024"),
        (#"{"key": {"algorithms": ["RS1"]}}"#, "key.algorithms[0]: \"RS1\" is not known"),
    ])
    func `what is no scenario is refused with the place`(json: String, message: String) {
        let error = #expect(throws: ScenarioError.self) { try Scenario(json: Array(json.utf8)) }
        #expect(error?.description == message)
    }

    @Test(arguments: [
        "foreign-packets", "wrong-nonce", "wrong-nonce:only", "out-of-order", "duplicate", "short", "silent", "tarpit",
        "tarpit:touch", "no-keepalive", "busy:3", "late-reply:2.5", "reply-after-cancel", "reply-after-cancel:1.5",
        "ignore-cancel", "success-beats-cancel", "unplug:request", "unplug:processing", "unplug:touch", "unplug:cancel",
        "unplug:reply", "broken-cbor", "unsorted-maps", "long-lengths", "omit:3", "cut-text:64", "oversize",
        "hold:request",
        "hold:processing", "hold:reply", "hold:reply:0.5",
    ])
    func `a fault's name reads back`(name: String) {
        #expect(Fault(name: name)?.name == name)
    }
}
