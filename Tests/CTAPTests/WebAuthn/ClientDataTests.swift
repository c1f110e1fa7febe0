import Testing
@testable import WebAuthn

@Suite struct ClientDataTests {
    @Test func bytesAreThoseOfTheSpecification() throws {
        let origin = try Origin("https://example.org")
        let data = ClientData(type: .create, challenge: [0, 1, 2, 0xFF], origin: origin)
        #expect(
            String(decoding: data.json, as: UTF8.self)
                == #"{"type":"webauthn.create","challenge":"AAEC_w","origin":"https://example.org","crossOrigin":false}"#
        )
    }

    @Test func aFrameNamesItsPage() throws {
        let data = ClientData(
            type: .get,
            challenge: [1],
            origin: try Origin("https://pay.example:8443"),
            crossOrigin: true,
            topOrigin: try Origin("https://shop.example")
        )
        #expect(
            String(decoding: data.json, as: UTF8.self) == #"{"type":"webauthn.get","challenge":"AQ","#
                + #""origin":"https://pay.example:8443","crossOrigin":true,"topOrigin":"https://shop.example"}"#
        )
    }

    @Test func aFrameNeedNotNameItsPage() throws {
        let data = ClientData(type: .get, challenge: [1], origin: try Origin("https://pay.example"), crossOrigin: true)
        #expect(
            String(decoding: data.json, as: UTF8.self) == #"{"type":"webauthn.get","challenge":"AQ","#
                + #""origin":"https://pay.example","crossOrigin":true}"#
        )
    }

    /// WebAuthn L3 §5.8.1.2 (CCDToString): two characters and the C0 controls are escaped, nothing else.
    @Test(arguments: [
        ("a/b", #""a/b""#),
        ("\"\\", #""\"\\""#),
        ("\u{0}\t\n\u{1F}", #""\u0000\u0009\u000a\u001f""#),
        ("\u{7F}é\u{2028}\u{1F511}", "\"\u{7F}é\u{2028}\u{1F511}\""),
    ])
    func escapesOnlyWhatItMust(text: String, quoted: String) {
        #expect(ClientData.quote(text) == quoted)
    }

    @Test func readsWhatItWrote() throws {
        let written = ClientData(
            type: .get,
            challenge: Array(0..<32),
            origin: try Origin("http://localhost:8080"),
            crossOrigin: true,
            topOrigin: try Origin("https://example.com")
        )
        #expect(try ClientData(json: written.json) == written)
    }

    @Test func readsAnyOrderAndKeepsTheBytes() throws {
        let json = Array(#"{ "x": {"y":[1]}, "origin":"android:x", "challenge":"AQ", "type":"other" }"#.utf8)
        let data = try ClientData(json: json)
        #expect(data.type.rawValue == "other")
        #expect(data.challenge == [1])
        #expect(data.origin == "android:x")
        #expect(!data.crossOrigin)
        #expect(data.topOrigin == nil)
        #expect(data.json == json)
    }

    @Test(arguments: [
        (#"{"challenge":"AQ","origin":"o"}"#, JSONError.missing(path: "type")),
        (#"{"type":null,"challenge":"AQ","origin":"o"}"#, .missing(path: "type")),
        (#"{"type":"t","origin":"o"}"#, .missing(path: "challenge")),
        (#"{"type":"t","challenge":"AQ"}"#, .missing(path: "origin")),
        (#"{"type":1,"challenge":"AQ","origin":"o"}"#, .wrongType(path: "type")),
        (#"{"type":"t","challenge":["AQ"],"origin":"o"}"#, .wrongType(path: "challenge")),
        (#"{"type":"t","challenge":"AQ","origin":"o","crossOrigin":"yes"}"#, .wrongType(path: "crossOrigin")),
        (
            #"{"type":"t","challenge":"AQ=","origin":"o"}"#,
            .badValue(path: "challenge", reason: "base64url here has no '=' padding")
        ),
        ("[]", .wrongType(path: "")),
    ])
    func refuses(json: String, error: JSONError) {
        #expect(throws: error) { try ClientData(json: Array(json.utf8)) }
    }

    @Test(arguments: ["", "{", "{\"type\":\"t\"", "\u{FF}", "nonsense", String(repeating: "[", count: 100_000)])
    func refusesWhatIsNoJSON(text: String) {
        #expect(throws: JSONError.notJSON) { try ClientData(json: Array(text.utf8)) }
    }

    @Test func refusesTooMuch() {
        let json = Array(repeating: UInt8(ascii: " "), count: JSON.maximumByteCount + 1)
        #expect(throws: JSONError.tooLong(byteCount: json.count)) { try ClientData(json: json) }
    }
}
