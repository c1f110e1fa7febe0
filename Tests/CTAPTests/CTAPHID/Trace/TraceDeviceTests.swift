import FoundationEssentials
import Testing

@testable import CTAPHID

/// The wire log: replayable, and without secrets.
@Suite struct TraceDeviceTests {
    /// Command byte 6 is secret, and responses to requests that contain 0xCD.
    static func secrecy(_ command: HIDCommand, _ payload: [UInt8]) -> TraceSecrecy {
        guard command == .cbor else { return .nothing }
        return payload.first == 6 ? .everything : payload.contains(0xCD) ? .response : .nothing
    }

    /// Runs `body` on a scripted key and returns the log.
    static func trace(
        _ script: [ScriptedDevice.Step],
        _ body: (inout Channel) throws(CTAPHIDError) -> Void
    ) throws -> [TraceRecord] {
        var records: [TraceRecord] = []
        let device = TraceDevice(ScriptedDevice(script), name: "key", secrecy: secrecy) { records.append($0) }
        var channel = Channel(device)
        try body(&channel)
        return records
    }

    static let long = [UInt8](repeating: 0xAB, count: 100)

    @Test func everyReportIsKeptAsItWas() throws {
        let script: [ScriptedDevice.Step] =
            .open + .write(.cbor, [4] + Self.long) + [.keepalive(1)] + .read(.cbor, [0] + Self.long)
        let records = try Self.trace(script) { channel throws(CTAPHIDError) in
            _ = try channel.transact(.cbor, [4] + Self.long, by: .far)
        }
        #expect(records.map(\.direction) == [.out, .in, .out, .out, .in, .in, .in])
        #expect(records.allSatisfy { !$0.redacted && $0.report.count == 128 && $0.device == "key" })
        #expect(records[2].report.hasPrefix("01020304900065" + "04ab"))
        #expect(records[4].report.hasPrefix("01020304bb000101"))
    }

    @Test func secretRequestsAndTheirRepliesKeepOnlyHeaderAndFirstByte() throws {
        let script: [ScriptedDevice.Step] =
            .open + .write(.cbor, [6] + Self.long) + [.keepalive(2)] + .read(.cbor, [0x31] + Self.long)
            + .write(.cbor, [4]) + .read(.cbor, [0, 0xAB])
        let records = try Self.trace(script) { channel throws(CTAPHIDError) in
            _ = try channel.transact(.cbor, [6] + Self.long, by: .far)
            _ = try channel.transact(.cbor, [4], by: .far)
        }
        let zeros = String(repeating: "0", count: 2 * 56)
        #expect(records.map(\.redacted) == [false, false, true, true, false, true, true, false, false])
        #expect(records[2].report == "0102030490006506" + zeros)
        #expect(records[3].report == "0102030400" + String(repeating: "0", count: 2 * 59))
        #expect(records[5].report == "0102030490006531" + zeros)
    }

    @Test func aRequestMayBeLoggedWhoseResponseIsSecret() throws {
        let request = [2] + Self.long + [0xCD]
        let script: [ScriptedDevice.Step] =
            .open + .write(.cbor, request) + [.keepalive(2)] + .read(.cbor, [0] + Self.long)
            + .write(.cbor, [4]) + .read(.cbor, [0, 0xAB])
        let records = try Self.trace(script) { channel throws(CTAPHIDError) in
            _ = try channel.transact(.cbor, request, by: .far)
            _ = try channel.transact(.cbor, [4], by: .far)
        }
        #expect(records.map(\.redacted) == [false, false, false, false, false, true, true, false, false])
        #expect(records[5].report == "0102030490006500" + String(repeating: "0", count: 2 * 56))
    }

    @Test func answerToACancelledSecretRequestStaysSecret() throws {
        let script: [ScriptedDevice.Step] =
            .open + .write(.cbor, [6]) + [.silence] + .write(.cancel) + .read(.cbor, [0, 0xAB])
        let records = try Self.trace(script) { channel throws(CTAPHIDError) in
            _ = try? channel.transact(.cbor, [6], by: Deadline(after: .seconds(1)))
        }
        #expect(records.map(\.redacted) == [false, false, false, false, true])
    }

    @Test func otherProgramsPacketsKeepOnlyTheirHeader() throws {
        let foreign = report(.cbor, Self.long, on: theirs)
        let script: [ScriptedDevice.Step] = .open + .write(.cbor, [4]) + [.read(foreign)] + .read(.cbor, [0])
        let records = try Self.trace(script) { channel throws(CTAPHIDError) in
            _ = try channel.transact(.cbor, [4], by: .far)
        }
        #expect(records[3].redacted)
        #expect(records[3].report == "0a0b0c0d900064" + String(repeating: "0", count: 2 * 57))
    }

    @Test func linesAreJSON() throws {
        let record = TraceRecord(
            time: 1.25,
            device: "a \"b\"\\\u{1B}ü😀",
            direction: .in,
            report: [0, 0xFF],
            redacted: true
        )
        #expect(try JSONDecoder().decode(TraceRecord.self, from: Data(record.line.utf8)) == record)
        #expect(record.line.hasPrefix("{\"time\":1.250000,"))
        #expect(record.line.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
    }

    @Test func logCanBeReplayed() async throws {
        var records: [TraceRecord] = []
        let device = TraceDevice(LoopbackDevice(), name: "key", secrecy: Self.secrecy) { records.append($0) }
        var channel = Channel(device)
        #expect(try channel.transact(.ping, Self.long, by: .far) == Self.long)
        let replayed = try await scripted(.replay(records)) { channel throws(CTAPHIDError) in
            try channel.transact(.ping, Self.long, by: .far)
        }
        #expect(replayed == Self.long)
    }
}
