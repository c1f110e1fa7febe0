/// The events of linux/uhid.h: packed structures in the host's byte order.
enum UHIDEvent {
    /// Large enough for every event.
    static let size = 4380
    private static let dataSize = 4096

    /// UHID_DESTROY.
    static let destroy = number(1 as UInt32)

    /// UHID_CREATE2: a FIDO key with the USB bus type, but without a USB parent.
    static func create(name: String, serialNumber: String, reportSize: Int) -> [UInt8] {
        let descriptor = FIDOReportDescriptor.fido(reportSize: reportSize)
        var event = number(11 as UInt32)
        event += text(name, size: 128)
        event += text("fidoctl/virtual", size: 64)
        event += text(serialNumber, size: 64)
        event += number(UInt16(descriptor.count)) + number(3 as UInt16)  // BUS_USB
        event += number(0x1209 as UInt32) + number(0x0001 as UInt32)  // pid.codes, for tests
        event += number(0x0100 as UInt32) + number(0 as UInt32)
        return event + descriptor + repeatElement(0, count: dataSize - descriptor.count)
    }

    /// UHID_INPUT2: one report from the key.
    static func input(_ report: [UInt8]) -> [UInt8] {
        number(12 as UInt32) + number(UInt16(truncatingIfNeeded: report.count)) + report
    }

    /// The kernel's events that concern a key.
    enum Incoming: Hashable {
        /// UHID_OUTPUT: a report as written to hidraw, with the report number in front.
        case output([UInt8])
        /// A request for a feature report, with the response to write: EIO, since the key lacks feature reports.
        case request(reply: [UInt8])

        /// `nil` for events that need no action.
        init?(_ event: [UInt8]) {
            switch UHIDEvent.integer(event, at: 0, size: 4) {
            case 6:
                guard let count = UHIDEvent.integer(event, at: 4 + dataSize, size: 2) else { return nil }
                self = .output(Array(event.dropFirst(4).prefix(min(count, dataSize))))
            case 9: self = .request(reply: UHIDEvent.refusal(10, of: event) + UHIDEvent.number(0 as UInt16))
            case 13: self = .request(reply: UHIDEvent.refusal(14, of: event))
            default: return nil
            }
        }
    }

    private static func refusal(_ type: UInt32, of event: [UInt8]) -> [UInt8] {
        number(type) + event.dropFirst(4).prefix(4) + number(5 as UInt16)
    }

    private static func number<I: FixedWidthInteger>(_ value: I) -> [UInt8] {
        (0..<I.bitWidth / 8).map { UInt8(truncatingIfNeeded: value.littleEndian >> ($0 * 8)) }
    }

    private static func integer(_ event: [UInt8], at offset: Int, size: Int) -> Int? {
        guard event.count >= offset + size else { return nil }
        return event[offset..<offset + size].reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    /// Ends with at least one zero byte.
    private static func text(_ text: String, size: Int) -> [UInt8] {
        let bytes = Array(text.utf8.prefix(size - 1))
        return bytes + repeatElement(0, count: size - bytes.count)
    }
}

/// The report descriptor of a FIDO key (CTAP 2.1 §11.2.8.1).
enum FIDOReportDescriptor {
    /// Usage page 0xF1D0, usage 1, one input and one output report of `reportSize` bytes without report numbers.
    static func fido(reportSize: Int) -> [UInt8] {
        let count: [UInt8] =
            reportSize < 0x100
            ? [0x95, UInt8(truncatingIfNeeded: reportSize)]
            : [0x96, UInt8(truncatingIfNeeded: reportSize), UInt8(truncatingIfNeeded: reportSize >> 8)]
        let bytes: [UInt8] = [0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08] + count
        return [0x06, 0xD0, 0xF1, 0x09, 0x01, 0xA1, 0x01, 0x09, 0x20] + bytes + [0x81, 0x02, 0x09, 0x21] + bytes
            + [0x91, 0x02, 0xC0]
    }
}
