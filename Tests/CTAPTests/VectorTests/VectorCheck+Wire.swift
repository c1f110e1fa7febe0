@testable import CTAPHID
import CTAP2
import Crypto
import Testing

extension VectorCheck {
    /// CTAPHID: captured and computed reports, and report descriptors.
    static let wire = [
        VectorCheck(name: "captured reports", claims: { isWire($0) && $0.shape == ["reports"] }) { data, expect in
            try checkCapture(try #require(data["reports"]?.bytes), expect)
        },
        VectorCheck(name: "report descriptor", claims: { isWire($0) && $0.shape == ["descriptor"] }) { data, expect in
            let bytes = try #require(data["descriptor"]?.bytes)
            if expect["fido"]?.flag == false {
                #expect(throws: ReportDescriptorError.notFIDO) { try ReportDescriptor(bytes) }
            } else {
                let descriptor = try ReportDescriptor(bytes)
                #expect(descriptor.inputReportSize == expect["inputReportBytes"]?.number)
                #expect(descriptor.outputReportSize == expect["outputReportBytes"]?.number)
                #expect(expect["usagePage"]?.text == "f1d0")
                #expect(expect["usage"]?.text == "01")
            }
        },
        VectorCheck(name: "fragmentation", claims: { isWire($0) && $0.shape.isSuperset(of: ["cid", "cmd"]) }) {
            data,
            expect in
            try checkFragmentation(data, expect)
        },
        VectorCheck(name: "announced length", claims: { isWire($0) && $0.shape == ["initReport"] }) { data, expect in
            let report = try #require(data["initReport"]?.bytes)
            let packet = try #require(Packet(report: report))
            guard case .initialization(_, let byteCount) = packet.kind else { throw WireError.noInitialization }
            let maximum = Message.maximumPayload(reportSize: 64)
            #expect(Int(byteCount) > maximum)
            let payload = [UInt8](repeating: 0, count: Int(byteCount))
            #expect(Message(channel: packet.channel, command: .ping, payload: payload).packets(reportSize: 64) == nil)
            #expect(expect["error"]?.number == Int(HIDErrorCode.invalidLength.rawValue))
        },
        VectorCheck(name: "exchange", claims: { isWire($0) && $0.shape == ["request"] }) { data, expect in
            try checkExchange(try #require(data["request"]?.bytes), expect)
        },
        VectorCheck(name: "single reports", claims: { isWire($0) && $0.shape.isSubset(of: ["cid", "code"]) }) {
            data,
            expect in
            let cid = try #require(data["cid"]?.bytes)
            try checkSingleReports(ChannelID(bytes: cid), code: data["code"]?.number, expect)
        },
    ]

    private static func isWire(_ vector: Vector) -> Bool { vector.file == "ctaphid_wire.json" }

    private static func reports(_ bytes: [UInt8]) -> [[UInt8]] {
        stride(from: 0, to: bytes.count, by: 64).map { Array(bytes[$0..<min($0 + 64, bytes.count)]) }
    }

    private static func message(in reports: [[UInt8]]) throws -> Message {
        var assembler = MessageAssembler()
        for report in reports {
            if let message = try assembler.add(try #require(Packet(report: report))) { return message }
        }
        throw WireError.incomplete
    }

    /// The messages in a capture, and the same reports from the messages.
    private static func checkCapture(_ bytes: [UInt8], _ expect: KnownAnswer) throws {
        var assembler = MessageAssembler()
        var messages: [Message] = []
        let cid = ChannelID(bytes: try #require(expect["cid"]?.bytes))
        for report in reports(bytes) {
            let packet = try #require(Packet(report: report))
            #expect(packet.channel == cid)
            if let message = try assembler.add(packet) { messages.append(message) }
        }
        let expected = try #require(expect["messages"]).array
        #expect(messages.count == expected.count)
        for (message, expected) in zip(messages, expected) {
            #expect(Int(message.command.rawValue) == expected["cmd"]?.number)
            #expect(message.payload.count == expected["bcnt"]?.number)
            #expect(message.payload == expected["payload"]?.bytes)
            if let isCanonical = expected["canonical"]?.flag {
                try checkItem(Array(message.payload.dropFirst()), expected["diag"], isCanonical: isCanonical)
            }
        }
        let again = messages.flatMap { $0.packets(reportSize: 64) ?? [] }.flatMap { $0.report(size: 64) }
        #expect(again == bytes)
    }

    private static func checkFragmentation(_ data: KnownAnswer, _ expect: KnownAnswer) throws {
        let length = data["payloadLength"]?.number ?? 0
        let computed = (0..<length).map { UInt8(truncatingIfNeeded: 7 * $0 + length) }
        let payload = data["payload"]?.bytes ?? computed
        let message = Message(
            channel: ChannelID(bytes: try #require(data["cid"]?.bytes)),
            command: HIDCommand(rawValue: UInt8(try #require(data["cmd"]?.number))),
            payload: payload
        )
        let packets = try #require(message.packets(reportSize: 64))
        let sent = packets.map { $0.report(size: 64) }
        #expect(try self.message(in: sent) == message)
        if let expected = expect["reports"] { #expect(sent == expected.array.compactMap(\.bytes)) }
        if let first = expect["firstReport"] { #expect(sent.first == first.bytes) }
        if let last = expect["lastReport"] { #expect(sent.last == last.bytes) }
        if let count = expect["reportCount"] { #expect(sent.count == count.number) }
        if let digest = expect["sha256OfAllReports"] {
            #expect(Array(SHA256.hash(data: sent.flatMap { $0 })) == digest.bytes)
        }
        if let last = expect["lastSeq"] {
            if case .continuation(let sequence)? = packets.last?.kind {
                #expect(Int(sequence) == last.number)
            } else {
                #expect(last.isNull)
            }
        }
    }

    /// A request and its response; for CANCEL, the response to the cancelled request.
    private static func checkExchange(_ request: [UInt8], _ expect: KnownAnswer) throws {
        let sent = try checkedMessage(request, name: "request")
        if let response = expect["response"] {
            let received = try message(in: reports(try #require(response.bytes)))
            #expect(received.command == sent.command)
            #expect(received.channel == sent.channel)
            if sent.command == .ping { #expect(received.payload == sent.payload) }
            guard sent.command == .`init` else { return }
            let answer = try #require(InitResponse(payload: received.payload))
            #expect(answer.nonce == sent.payload)
            #expect(answer.protocolVersion == 2)
            #expect(sent.channel == .broadcast || answer.channel == sent.channel)
        }
        if let response = expect["cancelledRequestResponse"] {
            #expect(sent.command == .cancel)
            let received = try message(in: reports(try #require(response.bytes)))
            #expect(received.command == .cbor)
            #expect(received.payload == [StatusCode.keepaliveCancel.rawValue])
        }
    }

    private static func checkSingleReports(_ cid: ChannelID, code: Int?, _ expect: KnownAnswer) throws {
        for name in expect.names {
            let message = try checkedMessage(try #require(expect[name]?.bytes), name: name)
            #expect(message.channel == cid)
            if let code {
                #expect(message.command == .error)
                #expect(message.payload.map(Int.init) == [code])
            }
        }
    }

    /// A one-report message that is valid for its command and encodes to the same report.
    private static func checkedMessage(_ report: [UInt8], name: String) throws -> Message {
        let message = try message(in: [report])
        #expect(message.packets(reportSize: 64)?.map { $0.report(size: 64) } == [report])
        let payload = message.payload
        switch message.command {
        case .cancel, .wink: #expect(payload.isEmpty)
        case .`init`: #expect(payload.count == InitResponse.nonceSize)
        case .lock: #expect(name == "response" ? payload.isEmpty : payload.count == 1 && (payload.first ?? 11) <= 10)
        case .keepalive where name == "processing": #expect(payload == [KeepaliveStatus.processing.rawValue])
        case .keepalive: #expect(payload == [KeepaliveStatus.userPresenceNeeded.rawValue])
        case .error: #expect(payload.map { HIDErrorCode(rawValue: $0).description.hasPrefix("0x") } == [false])
        case .cbor: #expect(payload.map { CTAPCommand(rawValue: $0).description.hasPrefix("0x") } == [false])
        case .ping: break
        default: Issue.record("an unknown single report: \(message.command)")
        }
        return message
    }

    private enum WireError: Error {
        case noInitialization
        case incomplete
    }
}

extension ChannelID {
    fileprivate init(bytes: [UInt8]) {
        self.init(rawValue: bytes.reduce(0) { $0 << 8 | UInt32($1) })
    }
}
