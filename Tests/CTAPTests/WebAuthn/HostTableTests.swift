import Testing
import WebAuthn

/// Hosts and RP IDs compared with Chromium 156, which parses an origin's host by the URL standard, and requires an RP
/// ID to be that host or, byte for byte, a parent domain.
@Suite struct HostTableTests {
    @Test(arguments: [
        ("https://a_b.example", "https://a_b.example"),
        ("https://_dmarc.example", "https://_dmarc.example"),
        ("https://-a.example", "https://-a.example"),
        ("https://a-.example", "https://a-.example"),
        ("https://-.example", "https://-.example"),
        ("https://a--b.example", "https://a--b.example"),
        ("https://example.com.", "https://example.com."),
        ("https://LOGIN.example.com.:443", "https://login.example.com."),
        ("http://localhost.:8080", "http://localhost.:8080"),
        ("https://1.2.3.4.example", "https://1.2.3.4.example"),
        ("https://0x7f.example", "https://0x7f.example"),
        ("https://1example", "https://1example"),
        ("https://0xg", "https://0xg"),
        ("https://1.2.3.4a", "https://1.2.3.4a"),
    ])
    func `a browser serves this host`(text: String, serialized: String) throws {
        #expect(try Origin(text).description == serialized)
    }

    /// WebAuthn L3 §5.1.3 step 7: "only the domain format of host is allowed here".
    @Test(arguments: [
        "192.0.2.1", "127.0.0.1", "127.1", "1", "0", "2130706433", "0x7f000001", "0X7F.0.0.1", "0x7f.1", "0177.0.0.1",
        "192.0.2.1.", "256.0.0.1", "1.2.3", "1.2.3.4.5", "example.1", "example.0x1", "example.0x", "a.b.09", "01.2.3.4",
        "[::1]", "[2001:db8::1]:443", "[::ffff:192.0.2.1]",
    ])
    func `an IP address is refused in any spelling`(host: String) {
        for origin in ["https://\(host)", "http://\(host)"] {
            let error = #expect(throws: OriginError.self) { try Origin(origin) }
            if case .address = error { continue }
            Issue.record("\(origin): \(String(describing: error))")
        }
        #expect(throws: RelyingPartyIDError.notADomain(host)) { try RelyingPartyID(host) }
    }

    @Test(arguments: ["EXAMPLE.com", "example.COM", "Example.com", "exaMple.com."])
    func `an RP ID in upper case belongs to no origin`(id: String) {
        #expect(throws: RelyingPartyIDError.notADomain(id)) { try RelyingPartyID(id) }
    }

    @Test(arguments: [
        ("example.com.", "https://example.com.", true),
        ("example.com", "https://example.com.", true),
        ("login.example.com", "https://login.example.com.", true),
        ("example.com.", "https://login.example.com.", true),
        ("example.com.", "https://example.com", false),
        ("com.", "https://example.com.", false),
        ("com", "https://example.com.", false),
        ("a_b.example", "https://a_b.example", true),
        ("a_b.example", "https://x.a_b.example", true),
        ("-a.example", "https://-a.example", true),
        ("localhost", "http://localhost.", true),
        ("localhost.", "http://localhost", false),
    ])
    func `an RP ID is compared as it is written`(id: String, origin: String, isAllowed: Bool) throws {
        let id = try RelyingPartyID(id)
        let origin = try Origin(origin)
        #expect(((try? id.check(for: origin)) != nil) == isAllowed)
    }

    @Test func `the host with its root dot comes first among the RP IDs`() throws {
        let names = RelyingPartyID.candidates(for: try Origin("https://a.example.com.")).map(\.text)
        #expect(names == ["a.example.com.", "example.com.", "a.example.com", "example.com"])
    }
}
