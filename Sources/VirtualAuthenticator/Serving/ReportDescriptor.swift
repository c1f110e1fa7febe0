/// What a FIDO key says of its reports (CTAP 2.1 §11.2.8.1).
enum ReportDescriptor {
    /// Usage page 0xF1D0, usage 1, one input and one output report of `reportSize` bytes without numbers.
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
