import Testing

@testable import CTAPHID

/// The entry point for a fuzzer: a whole session with a key whose reports come from `bytes`. Must not trap or hang.
func fuzzChannel(_ bytes: [UInt8]) {
    var timing = ChannelTiming()
    timing.busyPause = .zero
    timing.drain = .milliseconds(1)
    timing.resync = .milliseconds(1)
    var channel = Channel(HostileDevice(bytes), timing: timing)
    for command in [HIDCommand.cbor, .ping, .msg, .wink, .lock, .cbor, .cbor] {
        let payload = [UInt8](repeating: 1, count: command == .ping ? 200 : 1)
        _ = try? channel.transact(command, payload, by: Deadline(after: .seconds(5)))
    }
}

/// The entry point for a fuzzer: a report descriptor.
func fuzzReportDescriptor(_ bytes: [UInt8]) {
    guard let descriptor = try? ReportDescriptor(bytes) else { return }
    #expect(ReportDescriptor.reportSizes.contains(descriptor.inputReportSize))
    #expect(ReportDescriptor.reportSizes.contains(descriptor.outputReportSize))
}

@Suite(.ownThread) struct ChannelFuzzTests {
    /// INIT, then a reply of one report, keepalives, a reply of three reports, errors.
    static let session: [UInt8] =
        [0, 0x12] + [0, 0, 0, 9, 2, 5, 7, 1, 5, 0]
        + [0, 9, 1, 9, 2, 4, 1] + [UInt8](repeating: 0, count: 23)
        + [0, 6, 0, 100] + [UInt8](repeating: 1, count: 58) + [0x08] + [UInt8](repeating: 2, count: 59)
        + [0, 10, 6, 0, 0, 10, 1, 0, 10, 0x0B, 0, 0x12] + [0, 0, 0, 9, 2, 5, 7, 1, 5, 0]
        + [0, 0x3B] + [UInt8](repeating: 3, count: 15) + [0, 4, 0] + [UInt8](repeating: 0, count: 24)

    @Test func seedReachesItsReplies() throws {
        var channel = Channel(HostileDevice(Self.session))
        #expect(try channel.transact(.cbor, [4], by: .far) == [0])
        #expect(try channel.transact(.ping, [1], by: .far).count == 100)
    }

    @Test func mutatedSessionsEnd() {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<1_500 { fuzzChannel(Self.session.mutated(using: &generator)) }
    }

    @Test func randomSessionsEnd() {
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<1_000 {
            fuzzChannel((0..<400).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
        }
    }

    @Test func mutatedReportDescriptorsGiveSizesInBounds() {
        var generator = SeededGenerator(seed: 3)
        let seed = ReportDescriptorTests.keyboard + ReportDescriptorTests.fido()
        for _ in 0..<20_000 { fuzzReportDescriptor(seed.mutated(using: &generator)) }
    }
}
