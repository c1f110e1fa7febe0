import CTAP2
import Testing

@Suite("Status codes")
struct StatusCodeTests {
    @Test("every code has a name that no other has, and a sentence")
    func names() {
        let codes = (UInt8.min...UInt8.max).map(StatusCode.init(rawValue:))
        #expect(Set(codes.map(\.name)).count == 256)
        #expect(codes.allSatisfy { $0.explanation.hasSuffix(".") })
    }

    @Test("unknown codes keep their number")
    func unknown() {
        #expect(StatusCode.noCredentials.name == "CTAP2_ERR_NO_CREDENTIALS")
        #expect(StatusCode(rawValue: 0x66).name == "CTAP2_ERR_UNKNOWN_0x66")
        #expect(StatusCode(rawValue: 0xE1).name == "CTAP2_ERR_EXTENSION_0xe1")
        #expect(StatusCode(rawValue: 0xF3).name == "CTAP2_ERR_VENDOR_0xf3")
    }
}
