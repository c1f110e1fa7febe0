import CTAP2
import Testing

@Suite("CBOR")
struct CBORTests {
    @Test(
        "what no one may send is refused, whichever rules apply",
        arguments: [
            // No bytes, and truncated items: heads, arguments, strings, arrays, maps.
            ("", .truncated(offset: 0)), ("18", .truncated(offset: 0)), ("1901", .truncated(offset: 0)),
            ("1a010203", .truncated(offset: 0)), ("1b01020304050607", .truncated(offset: 0)),
            ("4201", .truncated(offset: 0)), ("6261", .truncated(offset: 0)), ("8201", .truncated(offset: 0)),
            ("a10101a1", .trailing(offset: 3)), ("a101", .truncated(offset: 0)), ("f8", .truncated(offset: 0)),
            ("f93c", .truncated(offset: 0)), ("a10118", .truncated(offset: 2)), ("820118", .truncated(offset: 2)),
            // Bytes after the item.
            ("0000", .trailing(offset: 1)), ("8000", .trailing(offset: 1)),
            // Reserved additional information, in every major type.
            ("1c", .forbidden(head: 0x1C, offset: 0)), ("3d", .forbidden(head: 0x3D, offset: 0)),
            ("5e", .forbidden(head: 0x5E, offset: 0)), ("fc", .forbidden(head: 0xFC, offset: 0)),
            ("fe", .forbidden(head: 0xFE, offset: 0)),
            // Indefinite lengths and the break.
            ("5f4101ff", .forbidden(head: 0x5F, offset: 0)), ("7f6161ff", .forbidden(head: 0x7F, offset: 0)),
            ("9f01ff", .forbidden(head: 0x9F, offset: 0)), ("bf0101ff", .forbidden(head: 0xBF, offset: 0)),
            ("ff", .forbidden(head: 0xFF, offset: 0)), ("81ff", .forbidden(head: 0xFF, offset: 1)),
            // Tags.
            ("c001", .forbidden(head: 0xC0, offset: 0)), ("d81800", .forbidden(head: 0xD8, offset: 0)),
            // Simple values below 32 in two bytes (RFC 8949 §3.3).
            ("f818", .forbidden(head: 0xF8, offset: 0)),
            // Duplicate keys, also in two encodings.
            ("a201000100", .duplicateKey(offset: 3)), ("a2616100616101", .duplicateKey(offset: 4)),
            ("a20100180100", .duplicateKey(offset: 3)),
            // Five levels.
            ("8181818180", .tooDeep(limit: 4, offset: 4)), ("a101a101a101a101a0", .tooDeep(limit: 4, offset: 8)),
            ("81a101818180", .tooDeep(limit: 4, offset: 5)),
            // Counts that exceed the remaining bytes, up to the maximum.
            ("9a00010000", .truncated(offset: 0)), ("bbffffffffffffffff", .truncated(offset: 0)),
            ("5bffffffffffffffff00", .truncated(offset: 0)), ("7b7fffffffffffffff00", .truncated(offset: 0)),
            ("9b8000000000000000", .truncated(offset: 0)),
        ] as [(String, CBORError)]
    )
    func refused(bytes: String, error: CBORError) {
        #expect(throws: error) { try CBORDecoder.decode(hex(bytes)) }
        let canonical = #expect(throws: CBORError.self) { try CBORDecoder.decode(hex(bytes), rules: .canonical) }
        // A duplicate key in two encodings breaks another canonical rule first.
        if canonical != .notShortest(offset: 3) { #expect(canonical == error) }
    }

    @Test(arguments: [
        ("a3020001000200", 5), ("a4010003000200180200", 7), ("a320000100200a", 5), ("a341000041010041000a", 7),
        ("a3616100010061610a", 6),
    ])
    func `a duplicate key is found in whatever order the keys come`(bytes: String, offset: Int) {
        #expect(throws: CBORError.duplicateKey(offset: offset)) { try CBORDecoder.decode(hex(bytes)) }
    }

    @Test(
        "what keys are known to send is refused from clients and read from keys",
        arguments: [
            ("1817", .notShortest(offset: 0), 23), ("3900ff", .notShortest(offset: 0), -256),
            ("1a0000ffff", .notShortest(offset: 0), 65535),
            ("1b00000000ffffffff", .notShortest(offset: 0), 4_294_967_295),
            ("59000161", .notShortest(offset: 0), .bytes([0x61])), ("780161", .notShortest(offset: 0), "a"),
            ("980100", .notShortest(offset: 0), [0]), ("b8010000", .notShortest(offset: 0), [0: 0]),
            ("a220000100", .unsortedKeys(offset: 3), [-1: 0, 1: 0]),
            ("a262616100616200", .unsortedKeys(offset: 5), ["aa": 0, "b": 0]),
            ("62c3", .truncated(offset: 0), nil), ("61c3", .invalidText(offset: 0), "\u{FFFD}"),
            ("64f09f98", .truncated(offset: 0), nil), ("63f09f98", .invalidText(offset: 0), "\u{FFFD}"),
            ("62edA0", .invalidText(offset: 0), nil),
        ] as [(String, CBORError, CBORValue?)]
    )
    func tolerated(bytes: String, error: CBORError, value: CBORValue?) throws {
        #expect(throws: error) { try CBORDecoder.decode(hex(bytes), rules: .canonical) }
        guard let value else { return }
        #expect(try CBORDecoder.decode(hex(bytes)) == value)
    }

    @Test(
        "numbers, simple values and floats come back as they were",
        arguments: [
            "00", "17", "1818", "18ff", "190100", "19ffff", "1a00010000", "1affffffff", "1b0000000100000000",
            "1bffffffffffffffff", "20", "37", "3818", "3bffffffffffffffff", "f4", "f5", "f6", "f7", "e0", "f820",
            "f8ff",
            "f90000", "f97e00", "fa7f800000", "fb3ff199999999999a",
        ]
    )
    func roundTrip(bytes: String) throws {
        #expect(CBOREncoder.encode(try CBORDecoder.decode(hex(bytes), rules: .canonical)).hex == bytes)
    }

    @Test("keys are sorted by major type, then length, then bytes")
    func keyOrder() {
        let map: CBORMap = [
            "aa": 0, "b": 0, .bytes([]): 0, .bytes([1, 2]): 0, .bytes([3]): 0, -1: 0, -300: 0, 256: 0, 255: 0, 1: 0,
            true: 0,
        ]
        #expect(
            CBOREncoder.encode(map).hex
                == "ab0100" + "18ff00" + "19010000" + "2000" + "39012b00" + "4000" + "410300" + "42010200" + "616200"
                + "62616100" + "f500"
        )
    }

    @Test("four levels are read")
    func depth() throws {
        #expect(try CBORDecoder.decode(hex("81818180")) == [[[[]]]])
        #expect(try CBORDecoder.decode(hex("81a101818101")) == [[1: [[1]]]])
    }

    @Test("one item is read out of more, and the offset moves past it")
    func first() throws {
        let bytes = hex("ff 820102 03")
        var offset = 1
        #expect(try CBORDecoder.decodeFirst(of: bytes, from: &offset) == [1, 2])
        #expect(offset == 4)
        #expect(try CBORDecoder.decodeFirst(of: bytes, from: &offset) == 3)
        #expect(throws: CBORError.truncated(offset: 5)) { try CBORDecoder.decodeFirst(of: bytes, from: &offset) }
        var negative = -1
        #expect(throws: CBORError.truncated(offset: -1)) { try CBORDecoder.decodeFirst(of: bytes, from: &negative) }
    }

    @Test("integers that do not fit are not read as if they did")
    func range() throws {
        #expect(try CBORDecoder.decode(hex("1b8000000000000000")).int == nil)
        #expect(try CBORDecoder.decode(hex("1b8000000000000000")).unsigned == 1 << 63)
        #expect(try CBORDecoder.decode(hex("3b7fffffffffffffff")).int == .min)
        #expect(try CBORDecoder.decode(hex("3b8000000000000000")).int == nil)
        #expect(try CBORDecoder.decode(hex("20")).nonNegativeInt == nil)
    }

    @Test("maps are equal whatever the order of their entries; text is equal only byte by byte")
    func equality() {
        let map: CBORMap = [1: 2, "a": ["b": 1, "c": 2]]
        #expect(map == ["a": ["c": 2, "b": 1], 1: 2])
        #expect(map.hashValue == (["a": ["c": 2, "b": 1], 1: 2] as CBORMap).hashValue)
        #expect(map != [1: 2, "a": ["b": 1, "c": 3]])
        #expect(CBORValue.text("\u{E9}") != CBORValue.text("e\u{301}"))
        #expect(CBORValue.bytes([0x61]) != CBORValue.text("a"))
    }

    @Test("members are read by name, and missing and wrong ones are named")
    func members() throws {
        let map: CBORMap = [1: "a"]
        #expect(try map.required(1, "name", \.text) == "a")
        #expect(try map.optional(2, "other", \.text) == nil)
        #expect(throws: CBORError.missing(member: "other")) { try map.required(2, "other", \.text) }
        #expect(throws: CBORError.unexpected(member: "name")) { try map.optional(1, "name", \.int) }
    }
}
