import Testing
import WebAuthn

@Suite struct RelyingPartyIDTests {
    @Test(arguments: [
        ("example.com", "https://example.com"),
        ("example.com", "https://login.example.com"),
        ("example.com", "https://a.b.example.com:8443"),
        ("b.example.com", "https://a.b.example.com"),
        ("localhost", "http://localhost:8080"),
        ("xn--bcher-kva.example", "https://shop.xn--bcher-kva.example"),
        ("example.co.uk", "https://login.example.co.uk"),
        ("alice.github.io", "https://www.alice.github.io"),
        ("example.xn--55qx5d.cn", "https://www.example.xn--55qx5d.cn"),
        // An exception to *.kobe.jp.
        ("city.kobe.jp", "https://www.city.kobe.jp"),
        // Its own host, although a public suffix.
        ("github.io", "https://github.io"),
        ("localhost", "https://localhost"),
    ])
    func mayBeUsed(id: String, by origin: String) throws {
        try RelyingPartyID(id).check(for: Origin(origin))
    }

    @Test(arguments: [
        ("login.example.com", "https://example.com"),
        ("example.org", "https://example.com"),
        ("example.com", "https://badexample.com"),
        ("example.com", "https://example.com.evil.org"),
        ("com", "https://example.com"),
        ("localhost", "http://app.localhost"),
        ("localhost", "https://example.com"),
    ])
    func mayNotBeUsed(id: String, by origin: String) {
        #expect(throws: RelyingPartyIDError.self) { try RelyingPartyID(id).check(for: Origin(origin)) }
    }

    @Test(arguments: [
        ("com", "https://example.com"), ("co.uk", "https://example.co.uk"), ("uk", "https://www.example.co.uk"),
        ("github.io", "https://alice.github.io"), ("io", "https://alice.github.io"),
        ("xn--55qx5d.cn", "https://example.xn--55qx5d.cn"), ("kobe.jp", "https://www.city.kobe.jp"),
        ("other.kobe.jp", "https://www.other.kobe.jp"), ("co.uk.", "https://example.co.uk."),
        ("unknown", "https://www.example.unknown"), ("localhost", "http://app.localhost"),
    ])
    func `a public suffix is nobody's`(id: String, origin: String) throws {
        let id = try RelyingPartyID(id)
        #expect(throws: RelyingPartyIDError.publicSuffix(id)) { try id.check(for: Origin(origin)) }
    }

    @Test(arguments: [
        "", ".", "https://example.com", "example.com:443", "büche.example", "a b", "a/b", "*",
    ])
    func isNoDomain(id: String) {
        #expect(throws: RelyingPartyIDError.notADomain(id)) { try RelyingPartyID(id) }
    }

    @Test func hashIsOfTheText() throws {
        // SHA-256 of "example.com", as in published captures with this RP ID.
        let hash = try RelyingPartyID("example.com").hash
        #expect(hash.prefix(4) == [0xA3, 0x79, 0xA6, 0xF6])
        #expect(hash.suffix(4) == [0x86, 0xCE, 0x19, 0x47])
        #expect(hash == RelyingPartyID.hash(of: "example.com"))
    }

    @Test func candidatesStartAtTheHostAndEndAboveTheTopLevel() throws {
        let names = RelyingPartyID.candidates(for: try Origin("https://a.b.example.com")).map(\.text)
        #expect(names == ["a.b.example.com", "b.example.com", "example.com"])
        let british = RelyingPartyID.candidates(for: try Origin("https://www.example.co.uk")).map(\.text)
        #expect(british == ["www.example.co.uk", "example.co.uk"])
    }
}
