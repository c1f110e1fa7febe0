/// One HID report in CTAPHID's terms: the start of a message or a continuation of it (CTAP 2.1 §11.2.4).
///
/// A packet that was read holds every byte after the header, padding included: only the length of the whole message
/// tells how many of them belong to it.
package struct Packet: Hashable, Sendable {
    /// The header after the channel.
    package enum Kind: Hashable, Sendable {
        /// Starts a message of `byteCount` payload bytes.
        case initialization(HIDCommand, byteCount: UInt16)
        /// Continues it; `sequence` is 0 to 127.
        case continuation(sequence: UInt8)
    }

    package var channel: ChannelID
    package var kind: Kind
    /// A part of the message or of the report, which it shares.
    package var data: ArraySlice<UInt8>

    /// Bytes before the data of an initialization packet.
    package static let initializationHeaderSize = 7
    /// Bytes before the data of a continuation packet.
    package static let continuationHeaderSize = 5

    package init(channel: ChannelID, kind: Kind, data: [UInt8]) {
        self.init(channel: channel, kind: kind, data: data[...])
    }

    init(channel: ChannelID, kind: Kind, data: ArraySlice<UInt8>) {
        self.channel = channel
        self.kind = kind
        self.data = data
    }

    /// Parses a report without a report number; `nil` when it is shorter than its header.
    package init?(report: [UInt8]) {
        guard report.count >= Self.continuationHeaderSize else { return nil }
        channel = ChannelID(rawValue: report.prefix(4).reduce(0) { $0 << 8 | UInt32($1) })
        guard report[4] & 0x80 != 0 else {
            kind = .continuation(sequence: report[4])
            data = report[Self.continuationHeaderSize...]
            return
        }
        guard report.count >= Self.initializationHeaderSize else { return nil }
        kind = .initialization(HIDCommand(rawValue: report[4]), byteCount: UInt16(report[5]) << 8 | UInt16(report[6]))
        data = report[Self.initializationHeaderSize...]
    }

    /// The report, padded with zeros to `size` bytes; data that does not fit is cut off.
    package func report(size: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size)
        write(to: &bytes, size: size)
        return bytes
    }

    /// Replaces the contents of `bytes` by the report, so that one array serves for every packet of a message.
    package func write(to bytes: inout [UInt8], size: Int) {
        bytes.removeAll(keepingCapacity: true)
        let number = channel.rawValue
        bytes.append(UInt8(truncatingIfNeeded: number >> 24))
        bytes.append(UInt8(truncatingIfNeeded: number >> 16))
        bytes.append(UInt8(truncatingIfNeeded: number >> 8))
        bytes.append(UInt8(truncatingIfNeeded: number))
        switch kind {
        case .initialization(let command, let byteCount):
            bytes.append(command.rawValue | 0x80)
            bytes.append(UInt8(byteCount >> 8))
            bytes.append(UInt8(byteCount & 0xFF))
        case .continuation(let sequence):
            bytes.append(sequence & 0x7F)
        }
        let room = max(0, size - bytes.count)
        bytes.append(contentsOf: data.count > room ? data.prefix(room) : data)
        if bytes.count < size { bytes.append(contentsOf: repeatElement(0, count: size - bytes.count)) }
    }
}
