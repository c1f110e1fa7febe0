import Testing

@testable import CTAPHID

/// Every kind of invalid packet, at every point of an exchange where it is possible.
@Suite struct HostileResponseTests {
    typealias Script = [ScriptedDevice.Step]

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let command: HIDCommand
        let payload: [UInt8]
        let script: Script
        let error: CTAPHIDError

        /// The answer to INIT.
        static func open(_ name: String, _ answer: Script, _ error: CTAPHIDError) -> Case {
            Case(name, .cbor, [4], [.writeInit(.broadcast)] + answer, error)
        }

        /// The answer to a request.
        static func answer(
            _ name: String,
            to command: HIDCommand = .cbor,
            sent payload: [UInt8] = [4],
            _ answer: [[UInt8]],
            _ error: FramingError
        ) -> Case {
            let script: Script = .open + .write(command, payload) + answer.map { .read($0) }
            return Case(name, command, payload, script, .framing(error, command))
        }

        private init(_ name: String, _ command: HIDCommand, _ payload: [UInt8], _ script: Script, _ error: CTAPHIDError)
        {
            (testDescription, self.command, self.payload, self.script, self.error) =
                (name, command, payload, script, error)
        }
    }

    /// A report that begins a message of `byteCount` bytes but has none of them.
    static func start(_ command: HIDCommand, byteCount: UInt16, on channel: ChannelID = ours) -> [UInt8] {
        Packet(channel: channel, kind: .initialization(command, byteCount: byteCount), data: []).report(size: 64)
    }

    static let cases: [Case] = [
        .open(
            "INIT: a report shorter than its header",
            [.read([0xFF, 0xFF, 0xFF])],
            .framing(.shortReport(byteCount: 3), .`init`)
        ),
        .open(
            "INIT: a report shorter than the descriptor says",
            [.read(Array(report(.`init`, [], on: .broadcast).prefix(63)))],
            .framing(.shortReport(byteCount: 63), .`init`)
        ),
        .open(
            "INIT: a report longer than the descriptor says",
            [.read(report(.`init`, [], on: .broadcast) + [0])],
            .framing(.longReport(byteCount: 65, expected: 64), .`init`)
        ),
        .open(
            "INIT: our nonce and nothing else",
            [.readInit { report(.`init`, $0, on: .broadcast) }],
            .framing(.wrongLength(.`init`, byteCount: 8), .`init`)
        ),
        .open(
            "INIT: the broadcast channel",
            [.answerInit(handingOut: .broadcast)],
            .framing(.invalidChannel(.broadcast), .`init`)
        ),
        .open("INIT: channel 0", [.answerInit(handingOut: .reserved)], .framing(.invalidChannel(.reserved), .`init`)),
        .open(
            "INIT: an ERROR without a code",
            [.read(report(.error, [], on: .broadcast))],
            .framing(.wrongLength(.error, byteCount: 0), .`init`)
        ),
        .open("INIT: an unknown ERROR", [.error(0xEE, on: .broadcast)], .device(HIDErrorCode(rawValue: 0xEE), .`init`)),
        .open("INIT: unplugged", [.fail(.disconnected)], .disconnected),

        .answer("a report shorter than its header", [[1, 2, 3]], .shortReport(byteCount: 3)),
        .answer("a report with half a header", [[1, 2, 3, 4, 0x90, 0]], .shortReport(byteCount: 6)),
        .answer("an empty report", [[]], .shortReport(byteCount: 0)),
        .answer(
            "a report shorter than the descriptor says",
            [Array(report(.cbor, [0]).prefix(63))],
            .shortReport(byteCount: 63)
        ),
        .answer(
            "a report longer than the descriptor says",
            [report(.cbor, [0]) + [0]],
            .longReport(byteCount: 65, expected: 64)
        ),
        .answer("a continuation first", [continuation(0, [1])], .unexpectedContinuation(sequence: 0)),
        .answer("the last continuation first", [continuation(0x7F, [])], .unexpectedContinuation(sequence: 0x7F)),
        .answer(
            "a continuation left out",
            [start(.cbor, byteCount: 200), continuation(1, [])],
            .wrongSequence(expected: 0, received: 1)
        ),
        .answer(
            "a continuation twice",
            [start(.cbor, byteCount: 200), continuation(0, []), continuation(0, [])],
            .wrongSequence(expected: 1, received: 0)
        ),
        .answer(
            "a second start inside a reply",
            [start(.cbor, byteCount: 200), report(.cbor, [0])],
            .unexpectedInitialization(.cbor, during: .cbor)
        ),
        .answer("MSG for CBOR", [report(.msg, [0x90, 0])], .wrongCommand(expected: .cbor, received: .msg)),
        .answer(
            "another command inside a reply",
            [start(.cbor, byteCount: 200), report(.ping, [])],
            .wrongCommand(expected: .cbor, received: .ping)
        ),
        .answer("CANCEL for CBOR", [report(.cancel, [])], .wrongCommand(expected: .cbor, received: .cancel)),
        .answer(
            "an unknown command",
            [report(HIDCommand(rawValue: 0x55), [0])],
            .wrongCommand(expected: .cbor, received: HIDCommand(rawValue: 0x55))
        ),
        .answer("INIT for CBOR", [report(.`init`, [0])], .wrongCommand(expected: .cbor, received: .`init`)),
        .answer(
            "one byte more than packets can carry",
            [start(.cbor, byteCount: 7610)],
            .tooLong(byteCount: 7610, maximum: 7609)
        ),
        .answer(
            "the most bytes that can be announced",
            [start(.cbor, byteCount: .max)],
            .tooLong(byteCount: 65_535, maximum: 7609)
        ),
        .answer("a KEEPALIVE without a status", [report(.keepalive, [])], .wrongLength(.keepalive, byteCount: 0)),
        .answer("an ERROR without a code", [report(.error, [])], .wrongLength(.error, byteCount: 0)),
        .answer("PING: another echo", to: .ping, sent: [1, 2], [report(.ping, [1, 3])], .alteredEcho),
        .answer("PING: a shorter echo", to: .ping, sent: [1, 2], [report(.ping, [1])], .alteredEcho),
        .answer("PING: a longer echo", to: .ping, sent: [1, 2], [report(.ping, [1, 2, 0])], .alteredEcho),
    ]

    @Test(arguments: cases) func `a broken rule is named`(hostile: Case) async {
        let timing = ChannelTiming.with(\.foreignErrorGrace, .milliseconds(20))
        await #expect(throws: hostile.error) {
            try await scripted(hostile.script, timing: timing) { channel throws(CTAPHIDError) in
                if hostile.command == .ping { _ = try channel.ping(hostile.payload, by: .far) }
                if hostile.command == .cbor { _ = try channel.transact(.cbor, hostile.payload, by: .far) }
            }
        }
    }

    /// The next request always works, if necessary after INIT.
    @Test(arguments: cases.filter { $0.error != .disconnected })
    func `a broken rule is no obstacle for the next request`(hostile: Case) async throws {
        let timing = ChannelTiming.with(\.foreignErrorGrace, .milliseconds(20))
        let key = ObedientAfter(hostile.script)
        let task = Task {
            var channel = Channel(key, timing: timing)
            _ = try? channel.transact(hostile.command, hostile.payload, by: .far)
            return try channel.transact(.ping, [1, 2, 3], by: .far)
        }
        #expect(try await task.value == [1, 2, 3])
    }

    /// Follows a script, then behaves correctly.
    private final class ObedientAfter: HIDDevice {
        let inputReportSize = 64
        let outputReportSize = 64
        private let scripted: ScriptedDevice
        private let obedient = LoopbackDevice()

        init(_ script: sending Script) {
            scripted = ScriptedDevice(script)
        }

        func write(_ report: [UInt8]) throws(CTAPHIDError) {
            try scripted.isUsedUp ? obedient.write(report) : scripted.write(report)
        }

        func read(within duration: Duration) throws(CTAPHIDError) -> [UInt8]? {
            try scripted.isUsedUp ? obedient.read(within: duration) : scripted.read(within: duration)
        }

        func close() {}
    }
}
