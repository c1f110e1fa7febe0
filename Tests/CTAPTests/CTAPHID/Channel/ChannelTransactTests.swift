import Synchronization
import Testing

@testable import CTAPHID

/// A request and its reply, on a node that other programs use too.
@Suite struct ChannelTransactTests {
    static let request: [UInt8] = [4]
    static let long = (0..<7609).map { UInt8(truncatingIfNeeded: $0) }

    static func cbor(_ channel: inout Channel) throws(CTAPHIDError) -> [UInt8] {
        try channel.transact(.cbor, request, by: .far)
    }

    // MARK: Framing

    @Test func requestOpensTheChannelFirst() async throws {
        let script: [ScriptedDevice.Step] = .open + .write(.cbor, Self.request) + .read(.cbor, [0, 1])
        #expect(try await scripted(script, Self.cbor) == [0, 1])
    }

    @Test(arguments: [0, 57, 58, 116, 117, 7609])
    func messagesOfEveryLengthGoBothWays(count: Int) async throws {
        let payload = Array(Self.long.prefix(count))
        let script: [ScriptedDevice.Step] = .open + .write(.ping, payload) + .read(.ping, payload)
        let echo = try await scripted(script) { channel throws(CTAPHIDError) in
            try channel.transact(.ping, payload, by: .far)
        }
        #expect(echo == payload)
    }

    @Test(arguments: [(64, 7609), (62, 7351), (8, 385), (1024, 65_535)])
    func limitComesFromTheOutputReportSize(size: Int, limit: Int) throws {
        let payload = [UInt8](repeating: 7, count: limit + 1)
        var channel = Channel(LoopbackDevice(outputReportSize: size))
        let most = Array(payload.prefix(min(limit, 7609)))
        #expect(try channel.transact(.ping, most, by: .far) == most)
        #expect(throws: CTAPHIDError.requestTooLong(byteCount: limit + 1, maximum: limit)) {
            try channel.transact(.ping, payload, by: .far)
        }
    }

    @Test func packetsOfOthersAreSkippedBeforeAndInsideAReply() async throws {
        let foreign: [ScriptedDevice.Step] = [
            .read(report(.cbor, [0x99], on: theirs)), .read(continuation(0, [0x99], on: theirs)),
            .read(report(.keepalive, [2], on: theirs)), .error(6, on: theirs),
            .read(report(.`init`, [UInt8](repeating: 7, count: 17), on: .broadcast)),
        ]
        let reply = [ScriptedDevice.Step].read(.cbor, Array(Self.long.prefix(150)))
        var script: [ScriptedDevice.Step] = .open + .write(.cbor, Self.request)
        for step in reply { script += foreign + [step] }
        #expect(try await scripted(script, Self.cbor) == Array(Self.long.prefix(150)))
    }

    @Test func shortForeignReportsAreSkippedToo() async throws {
        let short = Array(report(.cbor, [1], on: theirs).prefix(20))
        let script: [ScriptedDevice.Step] = .open + .write(.cbor, Self.request) + [.read(short)] + .read(.cbor, [0])
        #expect(try await scripted(script, Self.cbor) == [0])
    }

    @Test(
        arguments: [
            (report(.msg, [0x90, 0]), FramingError.wrongCommand(expected: .cbor, received: .msg)),
            (continuation(0, [1]), .unexpectedContinuation(sequence: 0)),
            (Array(report(.cbor, [0]).prefix(63)), .shortReport(byteCount: 63)),
            ([1, 2, 3], .shortReport(byteCount: 3)),
            (report(.cbor, [0]) + [0], .longReport(byteCount: 65, expected: 64)),
            (
                [1, 2, 3, 4, 0x90, 0x1D, 0xBA] + [UInt8](repeating: 0, count: 57),
                .tooLong(byteCount: 7610, maximum: 7609)
            ),
            (report(.keepalive, []), .wrongLength(.keepalive, byteCount: 0)),
            (report(.error, []), .wrongLength(.error, byteCount: 0)),
        ] as [([UInt8], FramingError)]
    )
    func brokenReportsAreNamed(report: [UInt8], error: FramingError) async {
        await #expect(throws: CTAPHIDError.framing(error, .cbor)) {
            try await scripted(.open + .write(.cbor, Self.request) + [.read(report)], Self.cbor)
        }
    }

    @Test(
        arguments: [
            (continuation(1, []), FramingError.wrongSequence(expected: 0, received: 1)),
            (report(.cbor, [0]), .unexpectedInitialization(.cbor, during: .cbor)),
        ] as [([UInt8], FramingError)]
    )
    func brokenOrderInsideAReplyIsNamed(second: [UInt8], error: FramingError) async {
        let first = report(.cbor, Array(Self.long.prefix(100)))
        await #expect(throws: CTAPHIDError.framing(error, .cbor)) {
            try await scripted(.open + .write(.cbor, Self.request) + [.read(first), .read(second)], Self.cbor)
        }
    }

    // MARK: KEEPALIVE and ERROR

    @Test func everyKeepaliveIsPassedUp() async throws {
        let script: [ScriptedDevice.Step] =
            .open + .write(.cbor, Self.request)
            + [.keepalive(1), .keepalive(1), .keepalive(2), .keepalive(0x55)] + .read(.cbor, [0])
        let statuses = try await scripted(script) { channel throws(CTAPHIDError) in
            var statuses: [UInt8] = []
            _ = try channel.transact(.cbor, Self.request, by: .far) { news in
                if case .keepalive(let status) = news { statuses.append(status.rawValue) }
            }
            return statuses
        }
        #expect(statuses == [1, 1, 2, 0x55])
    }

    @Test func keepaliveInsideAReplyDoesNotBreakIt() async throws {
        let payload = Array(Self.long.prefix(100))
        let reply = [ScriptedDevice.Step].read(.cbor, payload)
        let script: [ScriptedDevice.Step] =
            .open + .write(.cbor, Self.request) + reply.prefix(1) + [.keepalive(1)] + reply.dropFirst()
        #expect(try await scripted(script, Self.cbor) == payload)
    }

    @Test func keepaliveHoldsOffTheSilenceDeadline() async throws {
        let timing = ChannelTiming.with(\.silence, .seconds(1))
        let script: [ScriptedDevice.Step] =
            .open + .write(.cbor, Self.request)
            + [.quiet(.milliseconds(90)), .keepalive(1), .quiet(.milliseconds(600))] + .read(.cbor, [0])
        #expect(try await scripted(script, timing: timing, Self.cbor) == [0])
    }

    @Test(arguments: [0x01, 0x02, 0x03, 0x04, 0x05, 0x0A, 0x0B, 0x7F, 0x00, 0xEE] as [UInt8])
    func errorCodesAreKept(code: UInt8) async {
        await #expect(throws: CTAPHIDError.device(HIDErrorCode(rawValue: code), .cbor)) {
            try await scripted(.open + .write(.cbor, Self.request) + [.error(code)], Self.cbor)
        }
    }

    @Test func keyIsUsableAfterAnError() async throws {
        let script: [ScriptedDevice.Step] =
            .open + .write(.cbor, Self.request) + [.error(1)] + .write(.cbor, Self.request) + .read(.cbor, [0])
        let reply = try await scripted(script) { channel throws(CTAPHIDError) in
            _ = try? Self.cbor(&channel)
            return try Self.cbor(&channel)
        }
        #expect(reply == [0])
    }

    @Test func busyRequestIsRepeatedAfterAPause() async throws {
        let timing = ChannelTiming.with(\.busyPause, .milliseconds(5))
        let payload = Array(Self.long.prefix(100))
        let busy: [ScriptedDevice.Step] = .write(.cbor, payload) + [.error(6), .error(4)]
        let script: [ScriptedDevice.Step] = .open + busy + busy + .write(.cbor, payload) + .read(.cbor, [0])
        let reply = try await scripted(script, timing: timing) { channel throws(CTAPHIDError) in
            try channel.transact(.cbor, payload, by: .far)
        }
        #expect(reply == [0])
    }

    @Test func busyForEverEndsAsBusy() async {
        let timing = ChannelTiming.with(\.busyPause, .seconds(60))
        await #expect(throws: CTAPHIDError.device(.channelBusy, .cbor)) {
            try await scripted(.open + .write(.cbor, Self.request) + [.error(6)], timing: timing) {
                channel throws(CTAPHIDError) in
                try channel.transact(.cbor, Self.request, by: Deadline(after: .seconds(1)))
            }
        }
    }

    // MARK: Resync

    @Test func oldRepliesAreDiscardedBeforeARequest() async throws {
        let script: [ScriptedDevice.Step] =
            .open + .read(.cbor, Array(Self.long.prefix(100))) + .write(.cbor, Self.request) + .read(.cbor, [0])
        #expect(try await scripted(script, Self.cbor) == [0])
    }

    @Test func brokenReplyIsFollowedByInitOnTheSameChannel() async throws {
        let script: [ScriptedDevice.Step] =
            .open + .write(.cbor, Self.request) + [.read(continuation(0, []))]
            + [.writeInit(ours), .keepalive(1), .read(report(.cbor, [0])), .read(continuation(3, []))]
            + [.answerInit(on: ours)]
            + .write(.cbor, Self.request) + .read(.cbor, [0])
        let reply = try await scripted(script) { channel throws(CTAPHIDError) in
            _ = try? Self.cbor(&channel)
            return try Self.cbor(&channel)
        }
        #expect(reply == [0])
    }

    @Test func keyThatForgotTheChannelGivesANewOne() async throws {
        let script: [ScriptedDevice.Step] =
            .open + .write(.cbor, Self.request) + [.error(0x0B)]
            + [.writeInit(ours), .error(0x0B), .writeInit(.broadcast), .answerInit(handingOut: theirs)]
            + .write(.cbor, Self.request, on: theirs) + .read(.cbor, [0], on: theirs)
        let reply = try await scripted(script) { channel throws(CTAPHIDError) in
            _ = try? Self.cbor(&channel)
            return try Self.cbor(&channel)
        }
        #expect(reply == [0])
    }

    // MARK: Limits

    @Test func deadlineThatHasPassedSendsNothing() async {
        await #expect(throws: CTAPHIDError.timedOut(.cbor)) {
            try await scripted([]) { channel throws(CTAPHIDError) in
                try channel.transact(.cbor, Self.request, by: Deadline(after: .zero))
            }
        }
    }

    @Test(arguments: [(.cbor, .wink), (.wink, .cbor), (.msg, [.cbor, .noMSG])] as [(HIDCommand, Capabilities)])
    func commandsThatTheKeyLacksAreNotSent(command: HIDCommand, capabilities: Capabilities) async {
        await #expect(throws: CTAPHIDError.unsupported(command)) {
            try await scripted(.initialize(on: .broadcast, capabilities: capabilities)) {
                channel throws(CTAPHIDError) in try channel.transact(command, [0], by: .far)
            }
        }
    }

    @Test func unpluggingIsSaidWhereverItHappens() async {
        await #expect(throws: CTAPHIDError.disconnected) {
            try await scripted(.open + [.fail(.disconnected)], Self.cbor)
        }
        await #expect(throws: CTAPHIDError.disconnected) {
            try await scripted(.open + .write(.cbor, Self.request) + [.fail(.disconnected)], Self.cbor)
        }
        await #expect(throws: CTAPHIDError.disconnected) {
            let half = report(.cbor, Array(Self.long.prefix(100)))
            try await scripted(.open + .write(.cbor, Self.request) + [.read(half), .fail(.disconnected)], Self.cbor)
        }
    }

    @Test func closedChannelIsDisconnected() async {
        await #expect(throws: CTAPHIDError.disconnected) {
            try await scripted(.open) { channel throws(CTAPHIDError) in
                try channel.initialize(by: .far)
                channel.close()
                return try Self.cbor(&channel)
            }
        }
    }

    // MARK: Commands

    @Test func pingComparesTheEcho() async throws {
        let script: [ScriptedDevice.Step] = .open + .write(.ping, [1, 2]) + .read(.ping, [1, 3])
        await #expect(throws: CTAPHIDError.framing(.alteredEcho, .ping)) {
            try await scripted(script) { channel throws(CTAPHIDError) in try channel.ping([1, 2], by: .far) }
        }
    }

    @Test func lockCarriesTheSeconds() async throws {
        let script: [ScriptedDevice.Step] = .open + .write(.lock, [10]) + .read(.lock)
        try await scripted(script) { channel throws(CTAPHIDError) in try channel.lock(seconds: 10, by: .far) }
    }

    @Test func winkHasAnEmptyAnswer() async throws {
        try await scripted(.open + .write(.wink) + .read(.wink)) { channel throws(CTAPHIDError) in
            try channel.wink(by: .far)
        }
    }
}
