import Testing
import WebAuthn

@Suite struct OriginTests {
    @Test(arguments: [
        ("https://example.com", "https://example.com"),
        ("HTTPS://Login.Example.COM", "https://login.example.com"),
        ("https://example.com:443", "https://example.com"),
        ("https://example.com:8443", "https://example.com:8443"),
        ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
        ("http://localhost", "http://localhost"),
        ("http://localhost:80", "http://localhost"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://app.localhost:8080", "http://app.localhost:8080"),
        ("https://localhost", "https://localhost"),
    ])
    func isSerializedAsABrowserDoes(text: String, serialized: String) throws {
        #expect(try Origin(text).description == serialized)
    }

    @Test(arguments: [
        "", "example.com", "https:/example.com", "https://", "https://example.com/", "https://example.com/login",
        "https://example.com?x", "https://example.com#x", "https://user@example.com", "http://example.com",
        "http://localhost.example", "ftp://example.com", "android:apk-key-hash:x", "https://exa mple.com",
        "https://example..com", "https://.com", "https://bücher.example", "https://\u{212A}.example", "https://[::1]",
        "https://example.com:", "https://example.com:x", "https://example.com:65536", "https://example.com:+1",
        "https://256.0.0.1", "https://1.2.3", "https://example.1", "https://01.2.3.4",
        "https://" + String(repeating: "a", count: 64) + ".com",
        "https://" + String(repeating: "abcdefg.", count: 32) + "com",
    ])
    func refuses(text: String) {
        #expect(throws: OriginError.self) { try Origin(text) }
    }

    @Test func saysWhatIsWrong() {
        #expect(throws: OriginError.noScheme) { try Origin("example.com") }
        #expect(throws: OriginError.unsupportedScheme("ftp")) { try Origin("ftp://example.com") }
        #expect(throws: OriginError.badPort("65536")) { try Origin("https://example.com:65536") }
        #expect(throws: OriginError.moreThanOrigin) { try Origin("https://example.com/") }
        #expect(throws: OriginError.badHost("bücher.example")) { try Origin("https://bücher.example") }
    }
}
