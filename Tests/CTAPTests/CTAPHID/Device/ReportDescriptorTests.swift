import Testing

@testable import CTAPHID

@Suite struct ReportDescriptorTests {
    /// The 34 bytes of CTAP 2.1 §11.2.8.1, with the sizes to be filled in.
    static func fido(input: UInt8 = 64, output: UInt8 = 64) -> [UInt8] {
        [0x06, 0xD0, 0xF1, 0x09, 0x01, 0xA1, 0x01, 0x09, 0x20, 0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08]
            + [0x95, input, 0x81, 0x02, 0x09, 0x21, 0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08, 0x95, output]
            + [0x91, 0x02, 0xC0]
    }

    static let keyboard: [UInt8] =
        [0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0x05, 0x07, 0x19, 0xE0, 0x29, 0xE7, 0x15, 0x00, 0x25, 0x01]
        + [0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0x95, 0x06, 0x75, 0x08, 0x25, 0x65, 0x19, 0x00, 0x29, 0x65]
        + [0x81, 0x00, 0xC0]

    @Test(arguments: [(64, 64), (8, 8), (62, 62), (64, 32), (9, 255)] as [(UInt8, UInt8)])
    func sizesOfBothDirectionsAreRead(input: UInt8, output: UInt8) throws {
        let descriptor = try ReportDescriptor(Self.fido(input: input, output: output))
        #expect(descriptor.inputReportSize == Int(input))
        #expect(descriptor.outputReportSize == Int(output))
    }

    @Test func highSpeedReportsHaveATwoByteCount() throws {
        let descriptor = try ReportDescriptor(
            [0x06, 0xD0, 0xF1, 0x09, 0x01, 0xA1, 0x01, 0x75, 0x08, 0x96, 0x00, 0x04, 0x81, 0x02, 0x91, 0x02, 0xC0]
        )
        #expect(descriptor.inputReportSize == 1024)
        #expect(descriptor.outputReportSize == 1024)
    }

    @Test func sizeIsCountTimesBitsPerField() throws {
        let descriptor = try ReportDescriptor(
            [0x06, 0xD0, 0xF1, 0x09, 0x01, 0xA1, 0x01, 0x75, 0x20, 0x95, 0x10, 0x81, 0x02, 0x91, 0x02, 0xC0]
        )
        #expect(descriptor.inputReportSize == 64)
    }

    @Test func collectionIsFoundAfterOthers() throws {
        let descriptor = try ReportDescriptor(Self.keyboard + Self.fido())
        #expect(descriptor.inputReportSize == 64)
        #expect(try ReportDescriptor(Self.fido() + Self.keyboard).inputReportSize == 64)
    }

    @Test func fourByteUsageNamesItsPage() throws {
        let extended: [UInt8] = [0x05, 0x01, 0x0B, 0x01, 0x00, 0xD0, 0xF1] + Self.fido().dropFirst(5)
        #expect(try ReportDescriptor(extended).inputReportSize == 64)
    }

    @Test func usageTakesThePageInForceAtTheCollection() throws {
        let late: [UInt8] = [0x09, 0x01, 0x06, 0xD0, 0xF1] + Self.fido().dropFirst(5)
        #expect(try ReportDescriptor(late).inputReportSize == 64)
    }

    @Test func popBringsBackTheSizesAtPush() throws {
        // 8 bits x 64 are pushed, overwritten by 1 x 1 and restored.
        let descriptor = try ReportDescriptor(
            [0x06, 0xD0, 0xF1, 0x09, 0x01, 0xA1, 0x01, 0x75, 0x08, 0x95, 0x40, 0xA4, 0x75, 0x01, 0x95, 0x01, 0xB4]
                + [0x81, 0x02, 0x91, 0x02, 0xC0]
        )
        #expect(descriptor.inputReportSize == 64)
    }

    @Test func longItemsAreSkipped() throws {
        let descriptor = try ReportDescriptor([0xFE, 0x03, 0xF0, 0x95, 0x01, 0xC0] + Self.fido())
        #expect(descriptor.inputReportSize == 64)
    }

    @Test func nestedCollectionsBelongToTheTopmost() throws {
        let nested: [UInt8] =
            [0x06, 0xD0, 0xF1, 0x09, 0x01, 0xA1, 0x01, 0x09, 0x20, 0xA1, 0x00, 0x75, 0x08, 0x95, 0x40, 0x81, 0x02]
            + [0xC0, 0x91, 0x02, 0xC0]
        #expect(try ReportDescriptor(nested).outputReportSize == 64)
    }

    @Test(arguments: [[], keyboard, [0x06, 0xD0, 0xF1, 0x09, 0x02] + fido().dropFirst(5)])
    func otherUsagesAreNotFIDO(bytes: [UInt8]) {
        #expect(throws: ReportDescriptorError.notFIDO) { try ReportDescriptor(bytes) }
    }

    @Test func fidoUsageInsideAnotherCollectionIsNotFIDO() {
        let inside: [UInt8] = [0x05, 0x01, 0x09, 0x06, 0xA1, 0x01] + Self.fido() + [0xC0]
        #expect(throws: ReportDescriptorError.notFIDO) { try ReportDescriptor(inside) }
    }

    @Test func numberedReportsAreRefused() {
        let numbered: [UInt8] = Array(Self.fido().prefix(7)) + [0x85, 0x01] + Self.fido().dropFirst(7)
        #expect(throws: ReportDescriptorError.numberedReports) { try ReportDescriptor(numbered) }
    }

    @Test(arguments: [(7, 64), (64, 7), (0, 64)] as [(UInt8, UInt8)])
    func reportsTooSmallForCTAPHIDAreRefused(input: UInt8, output: UInt8) {
        #expect(throws: ReportDescriptorError.reportSize(input: Int(input), output: Int(output))) {
            try ReportDescriptor(Self.fido(input: input, output: output))
        }
    }

    @Test func absurdSizesAreRefusedWithoutOverflow() throws {
        let huge: [UInt8] =
            [0x06, 0xD0, 0xF1, 0x09, 0x01, 0xA1, 0x01, 0x77, 0xFF, 0xFF, 0xFF, 0xFF, 0x97, 0xFF, 0xFF, 0xFF, 0xFF]
            + [UInt8](repeating: 0, count: 0) + [0x81, 0x02, 0x81, 0x02, 0x91, 0x02, 0xC0]
        let error = #expect(throws: ReportDescriptorError.self) { try ReportDescriptor(huge) }
        guard case .reportSize = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: 1..<34) func everyCutIsRefused(count: Int) {
        #expect(throws: ReportDescriptorError.self) { try ReportDescriptor(Array(Self.fido().prefix(count))) }
    }

    @Test(arguments: [[0xC0] + fido(), [0xB4] + fido(), [UInt8](repeating: 0xA4, count: 17) + fido(), fido() + [0xC0]])
    func unbalancedItemsAreRefused(bytes: [UInt8]) {
        #expect(throws: ReportDescriptorError.unbalanced) { try ReportDescriptor(bytes) }
    }
}
