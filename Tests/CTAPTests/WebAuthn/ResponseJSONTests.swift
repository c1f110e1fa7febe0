import Testing
import WebAuthn

@Suite struct ResponseJSONTests {
    let key = HandMadeKey()

    @Test func registrationIsWrittenAsItWasRead() throws {
        let response = try RegistrationResponse(json: Array(key.registration().utf8))
        #expect(response.transports == ["usb"])
        #expect(response.authenticatorAttachment == "cross-platform")
        #expect(try RegistrationResponse(json: JSON.encode(response)) == response)
    }

    @Test func loginIsWrittenAsItWasRead() throws {
        let response = try AuthenticationResponse(json: Array(key.login().utf8))
        #expect(response.userHandle == [1, 2, 3])
        #expect(try AuthenticationResponse(json: JSON.encode(response)) == response)
    }

    /// Scripts compare the output as text, so a different order or an extra space changes the format.
    @Test func membersComeInOneOrder() throws {
        var response = try AuthenticationResponse(json: Array(key.login().utf8))
        response.clientData = .json([1])
        response.authenticatorData = [2]
        response.signature = [3]
        #expect(
            String(decoding: try JSON.encode(response), as: UTF8.self)
                == #"{"authenticatorAttachment":"cross-platform","clientExtensionResults":{},"id":"wP_u","#
                + #""rawId":"wP_u","response":{"authenticatorData":"Ag","clientDataJSON":"AQ","signature":"Aw","#
                + #""userHandle":"AQID"},"type":"public-key"}"#
        )
    }

    @Test func bareHashTakesThePlaceOfClientData() throws {
        var response = try RegistrationResponse(json: Array(key.registration().utf8))
        response.clientData = .hash(Array(repeating: 7, count: 32))
        let json = String(decoding: try JSON.encode(response), as: UTF8.self)
        #expect(json.contains(#""clientDataHash":"BwcH"#))
        #expect(!json.contains("clientDataJSON"))
        #expect(try RegistrationResponse(json: Array(json.utf8)) == response)
    }

    @Test func whichDocumentItIsShows() throws {
        guard case .registration = try CredentialResponse(json: Array(key.registration().utf8)) else {
            Issue.record("not seen as a registration")
            return
        }
        guard case .authentication = try CredentialResponse(json: Array(key.login().utf8)) else {
            Issue.record("not seen as a login")
            return
        }
        #expect(throws: JSONError.missing(path: "response.attestationObject")) {
            try CredentialResponse(json: Array(#"{"response":{}}"#.utf8))
        }
        #expect(throws: JSONError.missing(path: "response")) { try CredentialResponse(json: Array("{}".utf8)) }
    }

    @Test(arguments: [
        ("\"signature\":\"", "\"signatur\":\"", JSONError.missing(path: "response.signature")),
        ("\"signature\":\"", "\"signature\":\"*", badValue("response.signature", 1)),
        ("\"userHandle\":\"AQID\"", "\"userHandle\":3", .wrongType(path: "response.userHandle")),
        ("\"rawId\":\"", "\"rawId\":\"A", nil),
        ("\"id\":\"wP_u\"", "\"id\":\"wP/u\"", badValue("id", 3)),
        (
            "\"type\":\"public-key\"", "\"type\":\"password\"",
            .badValue(path: "type", reason: "\"public-key\" is the only type there is")
        ),
        ("\"type\":\"public-key\"", "\"type\":null", .missing(path: "type")),
        ("\"response\":{", "\"response\":[{", nil),
    ])
    func saysWhichMemberIsWrong(text: String, replacement: String, error: JSONError?) throws {
        let json = try key.login().replacing(text, with: replacement)
        let thrown = #expect(throws: JSONError.self) { try AuthenticationResponse(json: Array(json.utf8)) }
        if let error { #expect(thrown == error) }
    }

    private static func badValue(_ path: String, _ character: Int) -> JSONError {
        .badValue(
            path: path,
            reason: "character \(character) is not of base64url's alphabet (A-Z a-z 0-9 - _)"
        )
    }

    @Test func documentThatIsCutAnywhereIsRefused() throws {
        let json = Array(try key.registration().utf8)
        for count in json.indices {
            #expect(throws: JSONError.self) { try RegistrationResponse(json: Array(json.prefix(count))) }
        }
    }
}
