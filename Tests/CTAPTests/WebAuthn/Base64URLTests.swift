import Testing
import WebAuthn

@Suite struct Base64URLTests {
    /// RFC 4648 §10 without padding, and the two characters that differ between base64url and base64.
    static let pairs: [(bytes: [UInt8], text: String)] = [
        ([], ""),
        (Array("f".utf8), "Zg"),
        (Array("fo".utf8), "Zm8"),
        (Array("foo".utf8), "Zm9v"),
        (Array("foob".utf8), "Zm9vYg"),
        (Array("fooba".utf8), "Zm9vYmE"),
        (Array("foobar".utf8), "Zm9vYmFy"),
        ([0xFB, 0xFF, 0xFE], "-__-"),
        ([0, 0, 0, 0], "AAAAAA"),
    ]

    @Test(arguments: pairs)
    func bothWays(bytes: [UInt8], text: String) throws {
        #expect(Base64URL.encode(bytes) == text)
        #expect(try Base64URL.decode(text) == bytes)
    }

    @Test func everyByteSurvives() throws {
        let bytes = (0..<3).flatMap { start in (0...255).map { UInt8(truncatingIfNeeded: $0 &+ start) } }
        #expect(try Base64URL.decode(Base64URL.encode(bytes)) == bytes)
    }

    @Test(arguments: [
        ("Zg==", Base64URLError.padding),
        ("=", .padding),
        ("Zm+v", .badCharacter(offset: 2)),
        ("Zm/v", .badCharacter(offset: 2)),
        ("Zm 9v", .badCharacter(offset: 2)),
        ("Zm9v\n", .badCharacter(offset: 4)),
        ("Zm9é", .badCharacter(offset: 3)),
        ("Z", .badLength),
        ("Zm9vY", .badLength),
        ("Zh", .unusedBits),
        ("Zm9", .unusedBits),
    ])
    func refuses(text: String, error: Base64URLError) {
        #expect(throws: error) { try Base64URL.decode(text) }
    }
}
