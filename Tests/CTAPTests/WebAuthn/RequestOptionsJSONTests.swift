import CTAP2
import Testing
import WebAuthn

/// A site's options for a login, member by member (WebAuthn L3 §5.1.9, §5.5).
@Suite struct RequestOptionsJSONTests {
    private static func options(_ json: String, from origin: Origin? = nil) throws -> RequestOptions {
        try RequestOptions(json: Array(json.utf8), from: origin)
    }

    @Test func `the required members are enough, and the rest has WebAuthn's defaults`() throws {
        let options = try Self.options(#"{"challenge":"AQ==","rpId":"example.com","new":1}"#)
        #expect(options == RequestOptions(challenge: [1], rpId: "example.com"))
        #expect(try Self.options(#"{"publicKey":{"challenge":"AQ","rpId":"example.com"}}"#) == options)
    }

    @Test func `every member arrives`() throws {
        let json = """
            {"challenge":"AQ","rpId":"example.com","timeout":300000,"userVerification":"discouraged","hints":["security-key"],
             "allowCredentials":[{"type":"public-key","id":"AgM=","transports":["nfc"]},{"type":"x","id":"BA"}],
             "extensions":{"appid":"https://example.com"}}
            """
        var expected = RequestOptions(
            challenge: [1],
            rpId: "example.com",
            allowCredentials: [PublicKeyCredentialDescriptor(id: [2, 3], transports: ["nfc"])],
            userVerification: .discouraged
        )
        expected.timeout = .seconds(300)
        expected.hints = [.securityKey]
        expected.extensions = ClientExtensionInputs(["appid": "https://example.com"])
        #expect(try Self.options(json) == expected)
    }

    @Test func `without an RP ID the origin's host is it`() throws {
        let json = #"{"challenge":"AQ"}"#
        #expect(try Self.options(json, from: Origin("http://localhost:8080")).rpId == "localhost")
        #expect(throws: JSONError.missing(path: "rpId")) { try Self.options(json) }
    }

    @Test(
        arguments: [
            (#"{"rpId":"a.b"}"#, .missing(path: "challenge")),
            (#"{"rpId":"a.b","challenge":""}"#, .badValue(path: "challenge", reason: "it is empty")),
            (#"{"rpId":1,"challenge":"AQ"}"#, .wrongType(path: "rpId")),
            (#"{"rpId":"a.b","challenge":"AQ","userVerification":1}"#, .wrongType(path: "userVerification")),
            (#"{"rpId":"a.b","challenge":"AQ","timeout":-1}"#, .badValue(path: "timeout", reason: "it is negative")),
            (#"{"rpId":"a.b","challenge":"AQ","allowCredentials":[[]]}"#, .wrongType(path: "allowCredentials[0]")),
            (
                #"{"publicKey":{"rpId":"a.b","challenge":"AQ","allowCredentials":[{"type":"public-key","id":2}]}}"#,
                .wrongType(path: "publicKey.allowCredentials[0].id")
            ),
            (
                #"{"rpId":"a.b","challenge":"AQ","allowCredentials":[{"type":"x","id":"AQ"}]}"#,
                .unsupported(path: "allowCredentials", reason: "none is of the type public-key")
            ),
            ("[]", .wrongType(path: "")),
        ] as [(String, JSONError)]
    )
    func `a wrong member is refused by its path`(json: String, error: JSONError) {
        #expect(throws: error) { try Self.options(json) }
    }

    @Test func `an unknown user verification counts as preferred`() throws {
        let options = try Self.options(#"{"rpId":"a.b","challenge":"AQ","userVerification":"x","allowCredentials":[]}"#)
        #expect(options.userVerification == .preferred)
        #expect(options.allowCredentials == [])
    }
}
