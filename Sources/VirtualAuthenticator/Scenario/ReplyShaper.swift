import CTAP2
import CTAPHID

/// Turns a reply into reports, with a rule's faults applied.
struct ReplyShaper {
    var faults: [Fault]
    var reportSize: Int

    func reports(for reply: Message) -> [[UInt8]] {
        var reply = reply
        if faults.contains(.wrongNonce(only: true)), reply.command == .`init` { reply = Self.withOtherNonce(reply) }
        if reply.command == .cbor { reply.payload = response(reply.payload) }
        if reply.command == .msg, faults.contains(.unusedBits) {
            reply.payload = MalformedCertificate.unusedBits(in: reply.payload)
        }
        let packets = ordered(
            faults.contains(.oversize) ? oversized(reply) : reply.packets(reportSize: reportSize) ?? []
        )
        var reports = withForeignPackets(before(reply) + packets, besides: reply.channel)
        if faults.contains(.short), let last = reports.popLast() {
            reports.append(Array(last.prefix(last.count / 3)))
        }
        return reports
    }

    /// A KEEPALIVE, surrounded by other programs' packets if the rule requires it.
    func keepalive(_ message: Message) -> [[UInt8]] {
        withForeignPackets(message.packets(reportSize: reportSize) ?? [], besides: message.channel)
    }

    // MARK: Contents

    private func response(_ payload: [UInt8]) -> [UInt8] {
        guard let status = payload.first, let value = try? CBORDecoder.decode(Array(payload.dropFirst())) else {
            return payload
        }
        var bytes = MalformedCBOREncoder(
            isReversed: faults.contains(.unsortedMaps),
            isLong: faults.contains(.longLengths),
            textLimit: faults.lazy.compactMap { if case .cutText(let count) = $0 { count } else { nil } }.first
        )
        .bytes(of: omitting(value))
        if faults.contains(.brokenCBOR) { bytes.removeLast((bytes.count + 1) / 2) }
        return [status] + bytes
    }

    private func omitting(_ value: CBORValue) -> CBORValue {
        guard var map = value.map else { return value }
        for fault in faults {
            if case .omit(let member) = fault { map[.int(member)] = nil }
        }
        return .map(map)
    }

    // MARK: Packets

    /// A response to another program's INIT.
    private func before(_ reply: Message) -> [Packet] {
        guard reply.command == .`init`, faults.contains(.wrongNonce(only: false)) else { return [] }
        return Self.withOtherNonce(reply).packets(reportSize: reportSize) ?? []
    }

    private static func withOtherNonce(_ reply: Message) -> Message {
        var other = reply
        other.payload = reply.payload.prefix(8).map { ~$0 } + reply.payload.dropFirst(8)
        return other
    }

    private func ordered(_ packets: [Packet]) -> [Packet] {
        var packets = packets
        if faults.contains(.outOfOrder) {
            if packets.count > 2 {
                packets.swapAt(1, 2)
            } else if packets.count == 2 {
                packets[1].kind = .continuation(sequence: 1)
            }
        }
        guard faults.contains(.duplicate) else { return packets }
        guard packets.count > 1 else { return packets + packets }
        return packets.prefix(1) + packets.dropFirst().flatMap { [$0, $0] }
    }

    private func oversized(_ reply: Message) -> [Packet] {
        let most = Message.maximumPayload(reportSize: reportSize)
        var message = reply
        message.payload = Array((reply.payload + repeatElement(0, count: most)).prefix(most))
        var packets = message.packets(reportSize: reportSize) ?? []
        guard !packets.isEmpty else { return [] }
        packets[0].kind = .initialization(reply.command, byteCount: UInt16(clamping: most + 1))
        return packets
    }

    private func withForeignPackets(_ packets: [Packet], besides channel: ChannelID) -> [[UInt8]] {
        guard faults.contains(.foreignPackets) else { return packets.map { $0.report(size: reportSize) } }
        let other = ChannelID(rawValue: channel == .broadcast ? 0x00C0_FFEE : ~channel.rawValue)
        let data = [UInt8](repeating: 0x2D, count: reportSize)
        let start = Packet(channel: other, kind: .initialization(.cbor, byteCount: 100), data: data)
        let next = Packet(channel: other, kind: .continuation(sequence: 0), data: data)
        return ([start] + packets.flatMap { [$0, next] }).map { $0.report(size: reportSize) }
    }
}
