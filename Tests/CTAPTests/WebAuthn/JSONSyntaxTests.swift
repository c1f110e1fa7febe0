import Testing
import WebAuthn

/// Different parsers must read a document in the same way (RFC 8259).
@Suite struct JSONSyntaxTests {
    let key = HandMadeKey()

    private func clientData(_ json: String) throws -> ClientData {
        try ClientData(json: Array(json.utf8))
    }

    @Test(arguments: [
        (#"{"type":"t","challenge":"AQ","origin":"o","type":"u"}"#, "type"),
        (#"{"type":"t","challenge":"AQ","origin":"o","typ\u0065":"u"}"#, "type"),
        (#"{"type":"t","challenge":"AQ","challenge":"AQ","origin":"o"}"#, "challenge"),
        (#"{"type":"t","challenge":"AQ","origin":"o","x":{"a":[{"b":1,"b":2}]}}"#, "x.a.b"),
        (#"{"type":"t","challenge":"AQ","origin":"o","":1,"":2}"#, ""),
    ])
    func `a member that is there twice is refused in client data`(json: String, path: String) {
        #expect(throws: JSONError.duplicate(path: path)) { try clientData(json) }
    }

    @Test func `a member that is there twice is refused in a response`() throws {
        let json = try key.registration().replacing("\"type\":", with: "\"rawId\":\"AA\",\"type\":")
        #expect(throws: JSONError.duplicate(path: "rawId")) { try RegistrationResponse(json: Array(json.utf8)) }
        #expect(throws: JSONError.duplicate(path: "rawId")) { try CredentialResponse(json: Array(json.utf8)) }
        let inner = try key.login().replacing("\"signature\":", with: "\"signature\":\"AA\",\"signature\":")
        #expect(throws: JSONError.duplicate(path: "response.signature")) {
            try AuthenticationResponse(json: Array(inner.utf8))
        }
    }

    @Test func `the same member of two objects is no duplicate`() throws {
        let json = #"{"type":"t","challenge":"AQ","origin":"o","x":{"type":1},"y":[{"type":2},{"type":3}]}"#
        #expect(try clientData(json).type.rawValue == "t")
    }

    /// A member's value, in otherwise valid JSON.
    @Test(arguments: [
        "[1,]", "{\"a\":1,}", "[,1]", "{,}", "[1 2]", "{\"a\" 1}", "{a:1}", "{1:1}", "'a'", "01", "-01", "00", "1.",
        ".5", "-",
        "+1", "1e", "1e+", "0x1", "1_0", "NaN", "Infinity", "-Infinity", "True", "nul", "\"\\x41\"", "\"\\u12\"",
        "\"\\u 123\"",
        "\"\\", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\ud800\"", "\"\\ud800x\"", "\"a\u{1}b\"", "\"a\nb\"",
        "\"a\tb\"",
        "// a\n1", "/* a */ 1", "1 //", "undefined", "",
    ])
    func `what is not JSON to the letter is refused`(value: String) {
        #expect(throws: JSONError.notJSON) {
            try clientData(#"{"type":"t","challenge":"AQ","origin":"o","x":"# + value + "}")
        }
    }

    @Test(arguments: [
        "0", "-0", "10", "-1.5e+10", "1E-2", "0.0", "true", "false", "null", "[]", "{}", "[ ]", "{ }", " [ 1 , 2 ] ",
        #""\"\\\/\b\f\n\r\t\u00e9\ud83d\udd11""#, "\"\u{7F}\u{2028}é\"",
    ])
    func `what is JSON is read`(value: String) throws {
        _ = try clientData(#"{"type":"t","challenge":"AQ","origin":"o","x":"# + value + "}")
    }

    @Test(
        arguments: [
            [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC3], [0xE9],
        ] as [[UInt8]]
    )
    func `bytes that are not UTF-8 are refused`(bytes: [UInt8]) {
        let json = Array(#"{"type":"t","challenge":"AQ","origin":"o"#.utf8) + bytes + Array(#""}"#.utf8)
        #expect(throws: JSONError.notJSON) { try ClientData(json: json) }
    }

    @Test func `UTF-16 and UTF-32 are refused`() throws {
        let text = try key.login()
        let little = text.utf8.flatMap { [$0, 0] as [UInt8] }
        let big = text.utf8.flatMap { [0, $0] as [UInt8] }
        let wide = text.utf8.flatMap { [$0, 0, 0, 0] as [UInt8] }
        for bytes in [little, big, [0xFF, 0xFE] + little, [0xFE, 0xFF] + big, wide] as [[UInt8]] {
            #expect(throws: JSONError.notJSON) { try AuthenticationResponse(json: bytes) }
        }
    }

    /// WebAuthn L3 §7.1 step 5 decodes client data as UTF-8 with its mark; a document of its own has none (RFC 8259
    /// §8.1).
    @Test func `a byte order mark is skipped in client data and refused in a document`() throws {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let json = mark + key.clientDataJSON(type: "webauthn.get")
        #expect(try ClientData(json: json).challenge == key.challenge)
        #expect(throws: JSONError.notJSON) { try ClientData(json: mark + json) }
        #expect(throws: JSONError.notJSON) { try AuthenticationResponse(json: mark + Array(key.login().utf8)) }
    }

    @Test func `nesting is bounded`() throws {
        func nested(_ depth: Int) -> String {
            #"{"type":"t","challenge":"AQ","origin":"o","x":"# + String(repeating: "[", count: depth)
                + String(repeating: "]", count: depth) + "}"
        }
        _ = try clientData(nested(31))
        #expect(throws: JSONError.notJSON) { try clientData(nested(32)) }
        #expect(throws: JSONError.notJSON) { try clientData(nested(200_000)) }
    }

    @Test(arguments: ["7", "null", "{}", "[1]"])
    func `members that nothing depends on may have any shape`(value: String) throws {
        let login = try key.login().replacing(
            #""authenticatorAttachment":"cross-platform""#,
            with: "\"authenticatorAttachment\":\(value)"
        )
        #expect(try AuthenticationResponse(json: Array(login.utf8)).authenticatorAttachment == nil)
        let registration = try key.registration().replacing(#""transports":["usb"]"#, with: "\"transports\":\(value)")
        #expect(try RegistrationResponse(json: Array(registration.utf8)).transports == [])
    }

    @Test func `an empty user handle is left out`() throws {
        let json = try key.login().replacing("\"userHandle\":\"AQID\"", with: "\"userHandle\":\"\"")
        let response = try AuthenticationResponse(json: Array(json.utf8))
        #expect(response.userHandle == nil)
        #expect(!String(decoding: try JSON.encode(response), as: UTF8.self).contains("userHandle"))
    }
}
