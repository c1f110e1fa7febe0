@testable import CTAPHID

/// A key that sends reports from a fuzzer's bytes and is unplugged when they end.
///
/// One byte selects each report, so that mutated bytes get past INIT, whose nonce they could never guess.
final class HostileDevice: HIDDevice {
    let inputReportSize = 64
    let outputReportSize = 64
    private var rest: ArraySlice<UInt8>
    private var request = Packet(channel: .reserved, kind: .continuation(sequence: 0), data: [])

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    func write(_ report: [UInt8]) throws(CTAPHIDError) {
        guard !rest.isEmpty else { throw .disconnected }
        guard let packet = Packet(report: report), case .initialization = packet.kind else { return }
        request = packet
    }

    func read(within duration: Duration) throws(CTAPHIDError) -> [UInt8]? {
        guard let choice = rest.popFirst() else { throw .disconnected }
        let channel = request.channel.rawValue
        let id = (0..<4).map { UInt8(truncatingIfNeeded: channel >> (24 - 8 * $0)) }
        switch choice & 0x0F {
        case 0, 1: return nil
        // A response to INIT, whose end comes from the bytes.
        case 2, 3: return pad(id + [0x86, 0, choice >> 4 | 16] + request.data.prefix(8) + take(10))
        // The request's own command, in one report or as the start of a longer reply.
        case 4, 5: return pad(id + [command | 0x80, 0] + take(24))
        case 6, 7: return pad(id + [command | 0x80] + take(60))
        case 8: return pad(id + [choice >> 4] + take(59))
        case 9: return pad(id + [0xBB, 0, 1] + take(1))
        case 10: return pad(id + [0xBF, 0, 1] + take(1))
        case 11: return take(Int(choice >> 4) * 5)
        case 12: return id + take(Int(choice >> 4) * 5)
        default: return pad(take(64))
        }
    }

    func close() {
        rest = []
    }

    private var command: UInt8 {
        guard case .initialization(let command, _) = request.kind else { return 0 }
        return command.rawValue
    }

    private func take(_ count: Int) -> [UInt8] {
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    private func pad(_ report: [UInt8]) -> [UInt8] {
        Array((report + [UInt8](repeating: 0, count: 64)).prefix(64))
    }
}
