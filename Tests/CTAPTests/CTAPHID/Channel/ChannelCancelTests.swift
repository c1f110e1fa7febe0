import Testing

@testable import CTAPHID

/// Cancelling a request in every state: exactly one CANCEL if one is due, and an idle key afterwards.
@Suite struct ChannelCancelTests {
    typealias Script = [ScriptedDevice.Step]

    static let request: [UInt8] = [2, 0xA0]
    static let cancelled: [UInt8] = [0x2D]

    /// The request, until the key waits for a touch.
    static let waiting: Script = .open + .write(.cbor, request) + [.keepalive(2)]
    /// A request and its reply, without KEEPALIVEs.
    static let next: Script = .write(.cbor, request) + .read(.cbor, [0])

    /// A cancelled request, and another one in a task that is not cancelled.
    static func giveUp(
        _ script: sending Script,
        timing: ChannelTiming = ChannelTiming(),
        command: HIDCommand = .cbor,
        payload: [UInt8] = request,
        within duration: Duration = .seconds(60),
        location: SourceLocation = #_sourceLocation
    ) async -> CTAPHIDError? {
        do {
            return try await scripted(script, timing: timing, location: location) {
                channel throws(CTAPHIDError) -> CTAPHIDError? in
                do throws(CTAPHIDError) {
                    _ = try channel.transact(command, payload, by: Deadline(after: duration))
                    return nil
                } catch {
                    return error
                }
            }
        } catch {
            return error
        }
    }

    @Test func cancelledBeforeItBeganSendsNothing() async {
        await #expect(throws: CTAPHIDError.cancelled(.cbor, response: nil)) {
            try await scripted([]) { channel throws(CTAPHIDError) in
                unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
                return try channel.transact(.cbor, Self.request, by: .far)
            }
        }
    }

    @Test func cancelIsSentOnceAndTheAnswerAwaited() async {
        let script = Self.waiting + [.cancelTask] + .write(.cancel) + .read(.cbor, Self.cancelled)
        #expect(await Self.giveUp(script) == .cancelled(.cbor, response: Self.cancelled))
    }

    @Test func requestIsFinishedBeforeTheCancel() async {
        let long = [UInt8](repeating: 7, count: 200)
        let frames = Script.write(.cbor, long)
        let script: Script =
            .open + frames.prefix(2) + [.cancelTask] + frames.dropFirst(2)
            + .write(.cancel) + .read(.cbor, Self.cancelled)
        #expect(await Self.giveUp(script, payload: long) == .cancelled(.cbor, response: Self.cancelled))
    }

    @Test func replyThatHasBegunIsReadToItsEndWithoutCancel() async {
        let reply = [UInt8](repeating: 5, count: 200)
        let frames = Script.read(.cbor, reply)
        let script = Self.waiting + frames.prefix(2) + [.cancelTask] + frames.dropFirst(2)
        #expect(await Self.giveUp(script) == .cancelled(.cbor, response: reply))
    }

    @Test func successThatBeatTheCancelIsHandedOver() async {
        let script = Self.waiting + [.cancelTask] + .write(.cancel) + .read(.cbor, [0, 0xA1, 1, 2])
        #expect(await Self.giveUp(script) == .cancelled(.cbor, response: [0, 0xA1, 1, 2]))
    }

    @Test func whatIsNotTheAnswerIsSkippedAfterTheCancel() async {
        let script =
            Self.waiting + [.cancelTask] + .write(.cancel)
            + [.keepalive(2), .read(report(.cbor, [0], on: theirs)), .error(6), .keepalive(1)]
            + .read(.cbor, Self.cancelled)
        #expect(await Self.giveUp(script) == .cancelled(.cbor, response: Self.cancelled))
    }

    @Test func errorAfterTheCancelEndsTheRequest() async {
        let script = Self.waiting + [.cancelTask] + .write(.cancel) + [.error(0x7F)]
        #expect(await Self.giveUp(script) == .cancelled(.cbor, response: nil))
    }

    @Test func keyThatIgnoresTheCancelIsResynchronized() async {
        let script =
            Self.waiting + [.cancelTask] + .write(.cancel) + [.keepalive(2), .silence]
            + .initialize(on: ours)
        #expect(
            await Self.giveUp(script, timing: .with(\.drain, .milliseconds(300))) == .cancelled(.cbor, response: nil)
        )
    }

    @Test func brokenAnswerAfterTheCancelIsResynchronized() async {
        let script =
            Self.waiting + [.cancelTask] + .write(.cancel) + [.read(continuation(4, []))]
            + .initialize(on: ours)
        #expect(await Self.giveUp(script) == .cancelled(.cbor, response: nil))
    }

    @Test func busyResyncIsRepeated() async {
        let timing = ChannelTiming.with(\.busyPause, .milliseconds(2))
        let busy: Script = [.writeInit(ours), .error(6)]
        let broken = ScriptedDevice.Step.read(continuation(4, []))
        let script =
            Self.waiting + [.cancelTask] + .write(.cancel) + [broken] + busy + busy + busy + .initialize(on: ours)
        #expect(await Self.giveUp(script, timing: timing) == .cancelled(.cbor, response: nil))
    }

    @Test func nextRequestFollowsAtOnceOnAnIdleKey() async throws {
        let script =
            Self.waiting + [.silence] + .write(.cancel) + .read(.cbor, Self.cancelled) + Self.next
        let reply = try await scripted(script) { channel throws(CTAPHIDError) in
            _ = try? channel.transact(.cbor, Self.request, by: Deadline(after: .seconds(1)))
            return try channel.transact(.cbor, Self.request, by: .far)
        }
        #expect(reply == [0])
    }

    @Test func nextRequestResynchronizesWhereTheLastCouldNot() async throws {
        let script =
            Self.waiting + [.silence] + .write(.cancel) + [.read(continuation(4, []))]
            + [.writeInit(ours), .error(0x7F)]
            + .initialize(on: ours) + .open + Self.next
        let reply = try await scripted(script) { channel throws(CTAPHIDError) in
            _ = try? channel.transact(.cbor, Self.request, by: Deadline(after: .seconds(1)))
            return try channel.transact(.cbor, Self.request, by: .far)
        }
        #expect(reply == [0])
    }

    /// A key may continue with the request even after CANCEL and INIT.
    @Test func replyThatComesTooLateIsNotTakenForTheNextRequests() async throws {
        var timing = ChannelTiming()
        timing.drain = .milliseconds(20)
        let script: Script =
            Self.waiting + [.silence] + .write(.cancel) + [.silence] + .initialize(on: ours)
            + [.writeInit(.broadcast), .answerInit(handingOut: theirs)]
            + .write(.cbor, Self.request, on: theirs) + .read(.cbor, [0, 1], on: ours) + .read(.cbor, [0], on: theirs)
        let reply = try await scripted(script, timing: timing) { channel throws(CTAPHIDError) in
            _ = try? channel.transact(.cbor, Self.request, by: Deadline(after: .seconds(1)))
            return try channel.transact(.cbor, Self.request, by: .far)
        }
        #expect(reply == [0])
    }

    /// INVALID_COMMAND answers the CANCEL: the request continues and must be ended in another way.
    @Test func keyThatDoesNotKnowCancelIsResynchronized() async {
        let script =
            Self.waiting + [.cancelTask] + .write(.cancel) + [.error(1), .keepalive(2), .silence]
            + .initialize(on: ours)
        #expect(
            await Self.giveUp(script, timing: .with(\.drain, .milliseconds(300))) == .cancelled(.cbor, response: nil)
        )
    }

    @Test func deadlineTakesTheSamePath() async {
        let script =
            Self.waiting + [.silence] + .write(.cancel) + .read(.cbor, Self.cancelled)
        #expect(await Self.giveUp(script, within: .seconds(1)) == .timedOut(.cbor, response: Self.cancelled))
    }

    @Test func silenceTakesTheSamePath() async {
        var timing = ChannelTiming.with(\.silence, .seconds(1))
        timing.drain = .milliseconds(20)
        let script = Self.waiting + [.silence] + .write(.cancel) + [.silence] + .initialize(on: ours)
        #expect(await Self.giveUp(script, timing: timing) == .silent(.cbor))
    }

    @Test func endlessKeepaliveEndsAtTheDeadline() async {
        let tarpit: Script = (0..<1_000).map { _ in .keepalive(1) }
        let script: Script =
            .open + .write(.cbor, Self.request) + tarpit + [.silence]
            + .write(.cancel) + [.keepalive(1), .keepalive(1), .silence] + .initialize(on: ours)
        let timing = ChannelTiming.with(\.drain, .milliseconds(300))
        #expect(await Self.giveUp(script, timing: timing, within: .seconds(2)) == .timedOut(.cbor))
    }

    @Test(arguments: [HIDCommand.msg, .ping]) func onlyCBORIsCancelled(command: HIDCommand) async {
        let script: Script = .open + .write(command, [1]) + [.cancelTask] + .read(command, [0x90, 0])
        #expect(await Self.giveUp(script, command: command, payload: [1]) == .cancelled(command, response: [0x90, 0]))
    }

    @Test func winkThatIsNeverAnsweredIsSilent() async {
        var timing = ChannelTiming.with(\.winkSilence, .milliseconds(20))
        timing.drain = .milliseconds(20)
        let script: Script = .open + .write(.wink) + [.silence, .silence] + .initialize(on: ours)
        await #expect(throws: CTAPHIDError.silent(.wink)) {
            try await scripted(script, timing: timing) { channel throws(CTAPHIDError) in try channel.wink(by: .far) }
        }
    }

    @Test func cancelledWhileBusySendsNothingMore() async {
        let script: Script = .open + .write(.cbor, Self.request) + [.error(6), .cancelTask]
        #expect(await Self.giveUp(script) == .cancelled(.cbor, response: nil))
    }

    @Test func keyPulledOutWhileCancellingIsCancelled() async {
        let gone: Script = [.fail(.disconnected), .fail(.disconnected)]
        #expect(await Self.giveUp(Self.waiting + [.cancelTask] + gone) == .cancelled(.cbor, response: nil))
        let later = Self.waiting + [.cancelTask] + .write(.cancel) + gone
        #expect(await Self.giveUp(later) == .cancelled(.cbor, response: nil))
    }
}
