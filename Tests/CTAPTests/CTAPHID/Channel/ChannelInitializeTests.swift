import Testing

@testable import CTAPHID

/// INIT on the broadcast channel, where the responses for every program arrive.
@Suite struct ChannelInitializeTests {
    @Test func answerIsReadToTheByte() async throws {
        let response = try await scripted(.open) { channel throws(CTAPHIDError) in try channel.initialize(by: .far) }
        #expect(response.channel == ours)
        #expect(response.protocolVersion == 2)
        #expect(response.deviceVersion == InitResponse.DeviceVersion(major: 5, minor: 7, build: 1))
        #expect(response.capabilities == [.wink, .cbor])
    }

    @Test func longerAnswersAreAccepted() async throws {
        let script: [ScriptedDevice.Step] = [.writeInit(.broadcast), .answerInit(extra: [9, 9, 9])]
        let response = try await scripted(script) { channel throws(CTAPHIDError) in try channel.initialize(by: .far) }
        #expect(response.channel == ours)
    }

    @Test func answersToOtherProgramsAreSkipped() async throws {
        let foreign = report(.`init`, [UInt8](repeating: 7, count: 17), on: .broadcast)
        let script: [ScriptedDevice.Step] = [.writeInit(.broadcast), .read(foreign), .answerInit()]
        let response = try await scripted(script) { channel throws(CTAPHIDError) in try channel.initialize(by: .far) }
        #expect(response.channel == ours)
    }

    @Test func packetsOfOtherChannelsAreSkipped() async throws {
        let script: [ScriptedDevice.Step] = [
            .writeInit(.broadcast),
            .read(report(.cbor, [0], on: theirs)), .read(continuation(0, [1], on: theirs)),
            .read(report(.keepalive, [2], on: theirs)), .error(6, on: theirs),
            .answerInit(),
        ]
        let response = try await scripted(script) { channel throws(CTAPHIDError) in try channel.initialize(by: .far) }
        #expect(response.channel == ours)
    }

    @Test func unfinishedAnswersToOthersDoNotHideOurs() async throws {
        let cut = Packet(channel: .broadcast, kind: .initialization(.`init`, byteCount: 200), data: []).report(size: 64)
        let script: [ScriptedDevice.Step] = [
            .read(cut), .writeInit(.broadcast), .read(continuation(5, [], on: .broadcast)), .read(cut), .answerInit(),
        ]
        let response = try await scripted(script) { channel throws(CTAPHIDError) in try channel.initialize(by: .far) }
        #expect(response.channel == ours)
    }

    @Test func oldReportsAreDiscardedFirst() async throws {
        let old = (0..<63).map { _ in ScriptedDevice.Step.read(report(.cbor, [0])) }
        let response = try await scripted(old + .open) { channel throws(CTAPHIDError) in
            try channel.initialize(by: .far)
        }
        #expect(response.channel == ours)
    }

    @Test func smallReportsCarryTheAnswerInPieces() async throws {
        let device = LoopbackDevice(inputReportSize: 8, outputReportSize: 8)
        var channel = Channel(device)
        #expect(try channel.initialize(by: .far).channel == ours)
        #expect(try channel.transact(.ping, [UInt8](0..<255), by: .far) == [UInt8](0..<255))
    }

    @Test func foreignErrorsDoNotEndTheWait() async throws {
        let script: [ScriptedDevice.Step] = [.writeInit(.broadcast), .error(0x0B, on: .broadcast), .answerInit()]
        let response = try await scripted(script) { channel throws(CTAPHIDError) in try channel.initialize(by: .far) }
        #expect(response.channel == ours)
    }

    @Test(arguments: [0x01, 0x02, 0x03, 0x04, 0x05, 0x0A, 0x0B, 0x7F, 0x42] as [UInt8])
    func errorIsReportedWhenNoAnswerFollows(code: UInt8) async {
        let script: [ScriptedDevice.Step] = [.writeInit(.broadcast), .error(code, on: .broadcast)]
        await #expect(throws: CTAPHIDError.device(HIDErrorCode(rawValue: code), .`init`)) {
            try await scripted(script, timing: .with(\.foreignErrorGrace, .milliseconds(20))) {
                channel throws(CTAPHIDError) in try channel.initialize(by: .far)
            }
        }
    }

    @Test(.timeLimit(.minutes(1))) func errorShortensTheWait() async {
        var timing = ChannelTiming.with(\.foreignErrorGrace, .milliseconds(20))
        timing.silence = .seconds(90)
        let script: [ScriptedDevice.Step] = [.writeInit(.broadcast), .error(1, on: .broadcast), .silence]
        await #expect(throws: CTAPHIDError.device(.invalidCommand, .`init`)) {
            try await scripted(script, timing: timing) { channel throws(CTAPHIDError) in
                try channel.initialize(by: .far)
            }
        }
    }

    @Test func shortAnswerIsAFramingError() async {
        await #expect(throws: CTAPHIDError.framing(.wrongLength(.`init`, byteCount: 16), .`init`)) {
            let short = ScriptedDevice.Step.readInit { report(.`init`, $0 + [1, 2, 3, 4, 2, 0, 0, 0], on: .broadcast) }
            try await scripted([.writeInit(.broadcast), short]) { channel throws(CTAPHIDError) in
                try channel.initialize(by: .far)
            }
        }
    }

    @Test(arguments: [ChannelID.broadcast, .reserved])
    func channelsThatNobodyMayUseAreRefused(id: ChannelID) async {
        await #expect(throws: CTAPHIDError.framing(.invalidChannel(id), .`init`)) {
            try await scripted([.writeInit(.broadcast), .answerInit(handingOut: id)]) { channel throws(CTAPHIDError) in
                try channel.initialize(by: .far)
            }
        }
    }

    @Test func initIsRepeatedWhileTheKeyIsBusy() async throws {
        let timing = ChannelTiming.with(\.busyPause, .milliseconds(5))
        let busy: [ScriptedDevice.Step] = [.writeInit(.broadcast), .error(6, on: .broadcast)]
        let response = try await scripted(busy + busy + .open, timing: timing) { channel throws(CTAPHIDError) in
            try channel.initialize(by: .far)
        }
        #expect(response.channel == ours)
    }

    @Test func answerDuringTheBusyPauseCounts() async throws {
        let script: [ScriptedDevice.Step] = [.writeInit(.broadcast), .error(6, on: .broadcast), .answerInit()]
        let response = try await scripted(script) { channel throws(CTAPHIDError) in try channel.initialize(by: .far) }
        #expect(response.channel == ours)
    }

    @Test func busyForEverEndsAsBusy() async {
        let timing = ChannelTiming.with(\.busyPause, .seconds(60))
        await #expect(throws: CTAPHIDError.device(.channelBusy, .`init`)) {
            try await scripted([.writeInit(.broadcast), .error(6, on: .broadcast)], timing: timing) {
                channel throws(CTAPHIDError) in try channel.initialize(by: Deadline(after: .milliseconds(200)))
            }
        }
    }

    /// A key may drop INIT while it waits for a touch for another program.
    @Test func `INIT is sent again, with a fresh nonce, when nothing answers it`() async throws {
        let dropped: [ScriptedDevice.Step] = [.writeInit(.broadcast), .silence]
        let timing = ChannelTiming.with(\.initRetry, .milliseconds(10))
        let response = try await scripted(dropped + dropped + .open, timing: timing) { channel throws(CTAPHIDError) in
            try channel.initialize(by: .far)
        }
        #expect(response.channel == ours)
    }

    /// CTAP 2.1 §11.2.9.1.3: the nonce identifies our response.
    @Test func `a late answer to an earlier INIT of ours counts`() async throws {
        let timing = ChannelTiming.with(\.initRetry, .milliseconds(10))
        let script: [ScriptedDevice.Step] = [
            .writeInit(.broadcast), .silence, .writeInit(.broadcast), .silence, .writeInit(.broadcast),
            .answerInit(toAttempt: 0),
        ]
        let response = try await scripted(script, timing: timing) { channel throws(CTAPHIDError) in
            try channel.initialize(by: .far)
        }
        #expect(response.channel == ours)
    }

    @Test func `the answer to a later INIT is not taken for a reply`() async throws {
        let timing = ChannelTiming.with(\.initRetry, .milliseconds(10))
        let script: [ScriptedDevice.Step] =
            [.writeInit(.broadcast), .silence, .writeInit(.broadcast), .answerInit(toAttempt: 0)]
            + .write(.ping, [1]) + [.answerInit(handingOut: theirs)] + .read(.ping, [1])
        try await scripted(script, timing: timing) { channel throws(CTAPHIDError) in
            _ = try channel.transact(.ping, [1], by: .far)
        }
    }

    /// The key drops every INIT, and only the KEEPALIVEs of another program's request show that it is alive.
    @Test func `a key that works for another program is waited for longer than a silent one`() async throws {
        var timing = ChannelTiming.with(\.silence, .seconds(2))
        timing.initRetry = .milliseconds(1_200)
        let keepalives: [ScriptedDevice.Step] = [.keepalive(2, on: theirs), .keepalive(2, on: theirs)]
        let dropped: [ScriptedDevice.Step] = [.writeInit(.broadcast)] + keepalives + [.silence]
        let response = try await scripted(dropped + dropped + .open, timing: timing) { channel throws(CTAPHIDError) in
            try channel.initialize(by: .far)
        }
        #expect(response.channel == ours)
    }

    @Test func `a key that works for another program is waited for until the deadline only`() async {
        let timing = ChannelTiming.with(\.silence, .seconds(90))
        let keepalives: [ScriptedDevice.Step] = [.keepalive(2, on: theirs), .keepalive(2, on: theirs)]
        await #expect(throws: CTAPHIDError.timedOut(.`init`)) {
            try await scripted([.writeInit(.broadcast)] + keepalives, timing: timing) { channel throws(CTAPHIDError) in
                try channel.initialize(by: Deadline(after: .milliseconds(200)))
            }
        }
    }

    @Test func noAnswerIsSilence() async {
        await #expect(throws: CTAPHIDError.silent(.`init`)) {
            try await scripted([.writeInit(.broadcast)], timing: .with(\.silence, .milliseconds(20))) {
                channel throws(CTAPHIDError) in try channel.initialize(by: .far)
            }
        }
    }

    @Test func deadlineBeforeSilenceIsATimeOut() async {
        await #expect(throws: CTAPHIDError.timedOut(.`init`)) {
            try await scripted([.writeInit(.broadcast)]) { channel throws(CTAPHIDError) in
                try channel.initialize(by: Deadline(after: .milliseconds(20)))
            }
        }
    }

    @Test func cancelledTaskSendsNoCancel() async {
        await #expect(throws: CTAPHIDError.cancelled(.`init`, response: nil)) {
            try await scripted([.writeInit(.broadcast), .cancelTask]) { channel throws(CTAPHIDError) in
                try channel.initialize(by: .far)
            }
        }
    }

    @Test func unpluggingIsSaid() async {
        await #expect(throws: CTAPHIDError.disconnected) {
            try await scripted([.writeInit(.broadcast), .fail(.disconnected)]) { channel throws(CTAPHIDError) in
                try channel.initialize(by: .far)
            }
        }
    }
}
