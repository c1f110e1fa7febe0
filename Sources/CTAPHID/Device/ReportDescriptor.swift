/// The report sizes of the FIDO collection in a HID report descriptor (HID 1.11 §6.2.2, CTAP 2.1 §11.2.8.1).
///
/// The descriptor comes from the key. Only unnumbered reports are accepted: FIDO keys have no others, and a report
/// number that is read as data would shift every byte.
struct ReportDescriptor: Hashable, Sendable {
    /// Bytes in a report from the key.
    let inputReportSize: Int
    /// Bytes in a report to the key.
    let outputReportSize: Int

    /// Sizes that CTAPHID can use, from USB low speed to high speed.
    static let reportSizes = 8...1024

    init(_ bytes: [UInt8]) throws(ReportDescriptorError) {
        var parser = DescriptorParser()
        var items = ReportItems(bytes)
        while let item = try items.next() {
            try parser.take(item)
        }
        guard parser.depth == 0 else { throw .unbalanced }
        guard parser.foundFIDO else { throw .notFIDO }
        guard !parser.isNumbered else { throw .numberedReports }
        let input = (parser.inputBits + 7) / 8
        let output = (parser.outputBits + 7) / 8
        guard Self.reportSizes.contains(input), Self.reportSizes.contains(output) else {
            throw .reportSize(input: input, output: output)
        }
        inputReportSize = input
        outputReportSize = output
    }
}

/// Why a report descriptor is not a FIDO key's.
enum ReportDescriptorError: Error, Hashable, Sendable {
    /// The descriptor ends within an item.
    case truncated
    /// Collections or pushed states do not pair up, or are nested beyond reason.
    case unbalanced
    /// No top-level collection has the FIDO usage.
    case notFIDO
    /// The reports of a FIDO device begin with a number.
    case numberedReports
    /// The report sizes of a FIDO device cannot carry CTAPHID.
    case reportSize(input: Int, output: Int)
}

/// The state that the items of a descriptor accumulate.
private struct DescriptorParser {
    /// The state that Push saves and Pop restores.
    private struct Globals {
        var usagePage: UInt32 = 0
        var reportSize: UInt32 = 0
        var reportCount: UInt32 = 0
    }

    /// Usage page F1D0, usage 01.
    private static let fidoUsage: UInt32 = 0xF1D0_0001
    /// Far more bits than a report has; sums saturate there.
    private static let bitLimit = 1 << 20
    private static let stackLimit = 16

    private var globals = Globals()
    private var saved: [Globals] = []
    /// The first usage since the last main item, and whether it includes its page.
    private var usage: (value: UInt32, isExtended: Bool)?
    private var isInFIDO = false
    private(set) var depth = 0
    private(set) var foundFIDO = false
    private(set) var isNumbered = false
    private(set) var inputBits = 0
    private(set) var outputBits = 0

    mutating func take(_ item: ReportItem) throws(ReportDescriptorError) {
        switch item.kind {
        case .usagePage: globals.usagePage = item.value
        case .reportSize: globals.reportSize = item.value
        case .reportCount: globals.reportCount = item.value
        case .reportID: isNumbered = true
        case .usage: usage = usage ?? (item.value, item.byteCount == 4)
        case .push:
            guard saved.count < Self.stackLimit else { throw .unbalanced }
            saved.append(globals)
        case .pop:
            guard let last = saved.popLast() else { throw .unbalanced }
            globals = last
        case .input:
            if isInFIDO { inputBits = sum(inputBits) }
            usage = nil
        case .output:
            if isInFIDO { outputBits = sum(outputBits) }
            usage = nil
        case .feature: usage = nil
        case .collection: open()
        case .endCollection: try close()
        case .other: break
        }
    }

    /// A usage of one or two bytes takes the page that is current at the main item.
    private mutating func open() {
        if depth == 0, !foundFIDO, let usage {
            let full = usage.isExtended ? usage.value : globals.usagePage << 16 | usage.value
            isInFIDO = full == Self.fidoUsage
            foundFIDO = isInFIDO
        }
        usage = nil
        depth += 1
    }

    private mutating func close() throws(ReportDescriptorError) {
        guard depth > 0 else { throw .unbalanced }
        depth -= 1
        usage = nil
        if depth == 0 { isInFIDO = false }
    }

    private func sum(_ bits: Int) -> Int {
        let (product, overflow) = Int(globals.reportSize).multipliedReportingOverflow(by: Int(globals.reportCount))
        return overflow || product > Self.bitLimit ? Self.bitLimit : min(Self.bitLimit, bits + product)
    }
}
