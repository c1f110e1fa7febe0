import CTAP2
import Testing

@Suite("CBOR")
struct CBORTests {
    @Test("maps are equal whatever the order of their entries; text is equal only byte by byte")
    func equality() {
        let map: CBORMap = [1: 2, "a": ["b": 1, "c": 2]]
        #expect(map == ["a": ["c": 2, "b": 1], 1: 2])
        #expect(map.hashValue == (["a": ["c": 2, "b": 1], 1: 2] as CBORMap).hashValue)
        #expect(map != [1: 2, "a": ["b": 1, "c": 3]])
        #expect(CBORValue.text("\u{E9}") != CBORValue.text("e\u{301}"))
        #expect(CBORValue.bytes([0x61]) != CBORValue.text("a"))
    }
}
