import Testing

@testable import CTAPHID

/// Reports that other programs are using the key, and the evidence that does not suffice for them.
@Suite struct ChannelNewsTests {
    typealias Script = [ScriptedDevice.Step]

    static let request: [UInt8] = [2, 0xA0]
    static let keepalive = ScriptedDevice.Step.keepalive(2, on: theirs)
    /// The responses to a U2F client that polls for a touch.
    static let poll = ScriptedDevice.Step.read(report(.msg, [0x69, 0x85], on: theirs))

    /// The reports during one request.
    static func news(
        _ script: sending Script,
        timing: ChannelTiming = ChannelTiming()
    ) async throws -> [ChannelNews] {
        try await scripted(script, timing: timing) { channel throws(CTAPHIDError) in
            var news: [ChannelNews] = []
            _ = try channel.transact(.cbor, Self.request, by: .far) { news.append($0) }
            return news
        }
    }

    /// The packets before INIT's answer, or before the reply, that show another program's request in progress.
    static let evidence: [Script] = [
        [keepalive, keepalive],
        [keepalive, .keepalive(1, on: theirs), keepalive, keepalive],
        [keepalive, .read(report(.cbor, [0], on: ChannelID(rawValue: 7))), keepalive],
        [poll, poll],
    ]

    @Test(arguments: evidence)
    func `a request of another program in progress is reported once while INIT waits`(packets: Script) async throws {
        let script: Script =
            [.writeInit(.broadcast)] + packets + packets + [.answerInit()]
            + .write(.cbor, Self.request) + packets + .read(.cbor, [0])
        #expect(try await Self.news(script) == [.inUseByAnother])
    }

    @Test(arguments: evidence)
    func `a request of another program in progress is reported once while ours waits`(packets: Script) async throws {
        let script: Script =
            .open + .write(.cbor, Self.request) + packets + [.keepalive(1)] + packets + .read(.cbor, [0])
        #expect(try await Self.news(script) == [.inUseByAnother, .keepalive(.processing)])
    }

    @Test func `CHANNEL_BUSY is reported once`() async throws {
        let timing = ChannelTiming.with(\.busyPause, .milliseconds(1))
        let busyInit: Script = [.writeInit(.broadcast), .error(6, on: .broadcast)]
        let busy: Script = .write(.cbor, Self.request) + [.error(6)]
        let script: Script = busyInit + busyInit + .open + busy + busy + Self.waiting + .read(.cbor, [0])
        #expect(try await Self.news(script, timing: timing) == [.inUseByAnother, .keepalive(.userPresenceNeeded)])
    }

    /// Our request, until the key waits for a touch.
    static let waiting: Script = .write(.cbor, request) + [.keepalive(2)]

    /// The end of an exchange that was over when ours began, rejected requests of other programs, and noise.
    static let noEvidence: [Script] = [
        [keepalive],
        [keepalive, .read(report(.cbor, [0], on: theirs)), keepalive],
        [keepalive, .error(0x2D, on: theirs), keepalive],
        [keepalive, .keepalive(2, on: ChannelID(rawValue: 7)), keepalive, .keepalive(2, on: ChannelID(rawValue: 7))],
        [.error(6, on: theirs), .error(6, on: theirs)],
        [.read(report(.cbor, [0], on: theirs)), .read(continuation(0, [1], on: theirs))],
        [.read(report(.msg, [0x90, 0], on: theirs)), .read(report(.msg, [0x90, 0], on: theirs))],
        [.read(report(.`init`, [UInt8](repeating: 7, count: 17), on: .broadcast))],
        [poll, .read(report(.msg, [1, 0, 0, 0, 0, 0x90, 0], on: theirs)), poll],
    ]

    @Test(arguments: noEvidence)
    func `what is left of other exchanges is no alarm`(packets: Script) async throws {
        let script: Script =
            .open + packets + packets + .write(.cbor, Self.request) + packets + [.keepalive(2)] + .read(.cbor, [0])
        #expect(try await Self.news(script) == [.keepalive(.userPresenceNeeded)])
    }

    @Test func `what was queued before the request is no alarm`() async throws {
        let queued = Script(repeating: Self.keepalive, count: 60)
        let script: Script = queued + .open + queued + Self.waiting + .read(.cbor, [0])
        #expect(try await Self.news(script) == [.keepalive(.userPresenceNeeded)])
    }

    /// A key that ignores CANCEL still executes our request, on the channel that we left.
    @Test func `a request that we abandoned is no other program's`() async throws {
        var timing = ChannelTiming.with(\.drain, .milliseconds(20))
        timing.busyPause = .milliseconds(1)
        let abandoned: Script = [.keepalive(2), .keepalive(2), .keepalive(2)]
        let script: Script =
            .open + Self.waiting + [.silence] + .write(.cancel) + [.silence] + .initialize(on: ours)
            + [.writeInit(.broadcast)] + abandoned + [.error(6, on: .broadcast)]
            + [.writeInit(.broadcast), .answerInit(handingOut: theirs)]
            + .write(.cbor, Self.request, on: theirs) + abandoned + .read(.cbor, [0], on: theirs)
            + .write(.cbor, Self.request, on: theirs) + [.error(6, on: theirs)]
            + .write(.cbor, Self.request, on: theirs) + .read(.cbor, [0], on: theirs)
        let news = try await scripted(script, timing: timing) { channel throws(CTAPHIDError) in
            _ = try? channel.transact(.cbor, Self.request, by: Deadline(after: .seconds(1)))
            var news: [[ChannelNews]] = [[], []]
            for index in news.indices {
                _ = try channel.transact(.cbor, Self.request, by: .far) { news[index].append($0) }
            }
            return news
        }
        #expect(news == [[], [.inUseByAnother]], "the abandoned request ended before the second one")
    }

    /// A key that delays our request until the other program's is done sends us nothing meanwhile.
    @Test func `a key that works for another program is not silent`() async throws {
        let timing = ChannelTiming.with(\.silence, .seconds(1))
        let work: Script = [Self.keepalive, Self.keepalive, .quiet(.milliseconds(600))]
        let script: Script = .open + .write(.cbor, Self.request) + work + work + .read(.cbor, [0])
        #expect(try await Self.news(script, timing: timing) == [.inUseByAnother])
    }
}
