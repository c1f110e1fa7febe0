import CTAP2
import Testing
import WebAuthn

/// A site's options for a registration, member by member (WebAuthn L3 §5.1.8, §5.4).
@Suite struct CreationOptionsJSONTests {
    /// The smallest document, with some members replaced; `nil` leaves one out.
    private static func json(_ replaced: [String: String?] = [:]) -> [UInt8] {
        let members: [String: String?] = [
            "rp": #"{"id":"example.com","name":"Example"}"#,
            "user": #"{"id":"AQI","name":"alice","displayName":"Alice"}"#,
            "challenge": #""AAEC_w""#,
            "pubKeyCredParams": #"[{"type":"public-key","alg":-7}]"#,
        ].merging(replaced) { $1 }
        let texts = members.compactMap { name, value in value.map { "\"\(name)\":\($0)" } }
        return Array("{\(texts.joined(separator: ","))}".utf8)
    }

    private static func options(_ replaced: [String: String?] = [:]) throws -> CreationOptions {
        try CreationOptions(json: json(replaced))
    }

    private static func error(_ replaced: [String: String?]) -> JSONError? {
        #expect(throws: JSONError.self) { try options(replaced) }
    }

    @Test func `the required members are enough, and the rest has WebAuthn's defaults`() throws {
        var expected = CreationOptions(
            challenge: [0, 1, 2, 0xFF],
            rp: PublicKeyCredentialRpEntity(id: "example.com", name: "Example"),
            user: PublicKeyCredentialUserEntity(id: [1, 2], name: "alice", displayName: "Alice"),
            algorithms: [.es256]
        )
        expected.residentKey = .discouraged
        expected.userVerification = .preferred
        expected.attestation = .none
        #expect(try Self.options() == expected)
    }

    @Test func `the options may stand under publicKey, and errors then name it`() throws {
        let wrapped = Array(#"{"mediation":"optional","publicKey":"#.utf8) + Self.json() + Array("}".utf8)
        #expect(try CreationOptions(json: wrapped) == Self.options())
        let user =
            #"{"publicKey":{"rp":{"id":"a.b","name":""},"user":{"id":"","name":"","displayName":""},"#
            + #""challenge":"AQ","pubKeyCredParams":[]}}"#
        #expect(throws: JSONError.badValue(path: "publicKey.user.id", reason: "it has 0 bytes, not 1 to 64")) {
            try CreationOptions(json: Array(user.utf8))
        }
        #expect(throws: JSONError.missing(path: "publicKey")) {
            try CreationOptions(json: Array(#"{"publicKey":null}"#.utf8))
        }
    }

    @Test(arguments: ["rp", "user", "challenge", "pubKeyCredParams"])
    func `a required member must be there`(name: String) {
        #expect(Self.error([name: nil as String?]) == .missing(path: name))
        #expect(Self.error([name: "null"]) == .missing(path: name))
        #expect(Self.error([name: "1"]) == .wrongType(path: name))
    }

    @Test(arguments: [
        "timeout", "excludeCredentials", "authenticatorSelection", "hints", "attestation", "attestationFormats",
        "extensions",
        "anythingElse",
    ])
    func `an optional member may be null, and an unknown one anything`(name: String) throws {
        #expect(try Self.options([name: "null"]) == Self.options())
        #expect(try Self.options(["anythingElse": "[{}]"]) == Self.options())
    }

    @Test(
        arguments: [
            ("rp", #"{"id":"example.com"}"#, .missing(path: "rp.name")),
            ("rp", #"{"id":1,"name":""}"#, .wrongType(path: "rp.id")),
            ("rp", #"{"name":"Example"}"#, .missing(path: "rp.id")),
            ("user", #"{"name":"","displayName":""}"#, .missing(path: "user.id")),
            ("user", #"{"id":"AQ","displayName":""}"#, .missing(path: "user.name")),
            ("user", #"{"id":"AQ","name":""}"#, .missing(path: "user.displayName")),
            ("user", #"{"id":[1],"name":"","displayName":""}"#, .wrongType(path: "user.id")),
            ("challenge", #""""#, .badValue(path: "challenge", reason: "it is empty")),
            ("pubKeyCredParams", "{}", .wrongType(path: "pubKeyCredParams")),
            ("pubKeyCredParams", #"[{"type":"public-key"}]"#, .missing(path: "pubKeyCredParams[0].alg")),
            ("pubKeyCredParams", #"[{"alg":-7}]"#, .missing(path: "pubKeyCredParams[0].type")),
            (
                "pubKeyCredParams", #"[{"type":"public-key","alg":-7},{"type":"x","alg":"ES256"}]"#,
                .wrongType(path: "pubKeyCredParams[1].alg")
            ),
            (
                "pubKeyCredParams", #"[{"type":"password","alg":-7}]"#,
                .unsupported(path: "pubKeyCredParams", reason: "none is of the type public-key")
            ),
            ("timeout", #""60""#, .wrongType(path: "timeout")),
            ("timeout", "-1", .badValue(path: "timeout", reason: "it is negative")),
            ("excludeCredentials", "{}", .wrongType(path: "excludeCredentials")),
            ("excludeCredentials", #"[{"type":"public-key"}]"#, .missing(path: "excludeCredentials[0].id")),
            ("excludeCredentials", #"[{"id":"AQ"}]"#, .missing(path: "excludeCredentials[0].type")),
            (
                "excludeCredentials", #"[{"type":"public-key","id":""}]"#,
                .badValue(path: "excludeCredentials[0].id", reason: "it is empty")
            ),
            (
                "excludeCredentials", #"[{"type":"public-key","id":"AQ","transports":"usb"}]"#,
                .wrongType(path: "excludeCredentials[0].transports")
            ),
            ("authenticatorSelection", "[]", .wrongType(path: "authenticatorSelection")),
            (
                "authenticatorSelection", #"{"residentKey":true}"#,
                .wrongType(path: "authenticatorSelection.residentKey")
            ),
            (
                "authenticatorSelection", #"{"requireResidentKey":"yes"}"#,
                .wrongType(path: "authenticatorSelection.requireResidentKey")
            ),
            ("hints", #""hybrid""#, .wrongType(path: "hints")),
            ("attestation", "{}", .wrongType(path: "attestation")),
            ("attestationFormats", "[1]", .wrongType(path: "attestationFormats[0]")),
            ("extensions", "[]", .wrongType(path: "extensions")),
        ] as [(String, String, JSONError)]
    )
    func `a wrong member is refused by its path`(name: String, value: String, error: JSONError) {
        #expect(Self.error([name: value]) == error)
    }

    @Test func `what the caller cannot read is refused as a whole`() {
        for text in ["", "[]", "{", #"{"rp":{},"rp":{}}"#, String(repeating: "[", count: 100_000)] {
            #expect(throws: JSONError.self) { try CreationOptions(json: Array(text.utf8)) }
        }
    }

    @Test(
        arguments: [
            ("AQ", [1]), ("AQ==", [1]), ("AQI", [1, 2]), ("AQI=", [1, 2]), ("AQID", [1, 2, 3]), ("-_8", [0xFB, 0xFF]),
        ] as [(String, [UInt8])]
    )
    func `bytes may be padded`(text: String, bytes: [UInt8]) throws {
        let user = #"{"id":"\#(text)","name":"a","displayName":"A"}"#
        let list = #"[{"type":"public-key","id":"\#(text)"}]"#
        let options = try Self.options(["challenge": "\"\(text)\"", "user": user, "excludeCredentials": list])
        #expect(options.challenge == bytes)
        #expect(options.user.id == bytes)
        #expect(options.excludeCredentials.map(\.id) == [bytes])
    }

    @Test(arguments: ["=", "==", "A===", "AQ=", "AQ===", "AQI==", "AQID=", "AQID====", "A=Q=", "+/8=", "AR=="])
    func `other spellings of bytes are refused`(text: String) {
        let error = Self.error(["challenge": "\"\(text)\""])
        guard case .badValue("challenge", _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: [(1, true), (64, true), (65, false)])
    func `an account's ID has 1 to 64 bytes`(count: Int, isValid: Bool) {
        let id = Base64URL.encode(Array(repeating: 7, count: count))
        let options = try? Self.options(["user": #"{"id":"\#(id)","name":"a","displayName":"A"}"#])
        #expect((options != nil) == isValid)
    }

    @Test func `without an RP ID the origin's host is it`() throws {
        let json = Self.json(["rp": #"{"name":"Example"}"#])
        let options = try CreationOptions(json: json, from: Origin("https://login.example.com:8443"))
        #expect(options.rp.id == "login.example.com")
        let named = try CreationOptions(json: Self.json(), from: Origin("https://login.example.com"))
        #expect(named.rp.id == "example.com")
    }

    @Test(
        arguments: [
            ("[]", [.es256, .rs256]),
            (#"[{"type":"public-key","alg":-257},{"type":"public-key","alg":-7}]"#, [.rs256, .es256]),
            (#"[{"type":"x","alg":-7},{"type":"public-key","alg":-8}]"#, [.edDSA]),
            (#"[{"type":"public-key","alg":-7},{"type":"public-key","alg":-7}]"#, [.es256]),
            (#"[{"type":"public-key","alg":-65000}]"#, [COSEAlgorithm(rawValue: -65000)]),
        ] as [(String, [COSEAlgorithm])]
    )
    func `the algorithms are those for public keys, each once`(json: String, algorithms: [COSEAlgorithm]) throws {
        #expect(try Self.options(["pubKeyCredParams": json]).algorithms == algorithms)
    }

    @Test(
        arguments: [
            ("{}", .discouraged), (#"{"residentKey":"required"}"#, .required),
            (#"{"residentKey":"preferred","requireResidentKey":true}"#, .preferred),
            (#"{"residentKey":"discouraged","requireResidentKey":true}"#, .discouraged),
            (#"{"requireResidentKey":true}"#, .required), (#"{"requireResidentKey":false}"#, .discouraged),
            (#"{"residentKey":"maybe"}"#, .discouraged),
            (#"{"residentKey":"maybe","requireResidentKey":true}"#, .required),
        ] as [(String, CreationOptions.ResidentKey)]
    )
    func `residentKey outranks Level 1's requireResidentKey`(
        selection: String,
        residentKey: CreationOptions.ResidentKey
    ) throws {
        #expect(try Self.options(["authenticatorSelection": selection]).residentKey == residentKey)
    }

    @Test func `unknown values of enumerations count as absent`() throws {
        let selection = #"{"authenticatorAttachment":"orbital","residentKey":"x","userVerification":"x"}"#
        let options = try Self.options([
            "authenticatorSelection": selection, "attestation": #""extreme""#,
            "hints": #"["hybrid","x","security-key","hybrid"]"#,
            "excludeCredentials": #"[{"type":"x","id":"AQ"},{"type":"public-key","id":"Ag","transports":["usb","x"]}]"#,
        ])
        #expect(options.authenticatorAttachment == nil)
        #expect(options.residentKey == .discouraged)
        #expect(options.userVerification == .preferred)
        #expect(options.attestation == .none)
        #expect(options.hints == [.hybrid, .securityKey])
        #expect(options.excludeCredentials == [PublicKeyCredentialDescriptor(id: [2], transports: ["usb", "x"])])
    }

    @Test func `every member arrives`() throws {
        let options = try Self.options([
            "authenticatorSelection": #"{"authenticatorAttachment":"cross-platform","userVerification":"required"}"#,
            "attestation": #""enterprise""#, "attestationFormats": #"["tpm","packed"]"#, "timeout": "60000",
            "extensions": #"{"credProps":true,"new":{"a":[1,"b"]}}"#,
        ])
        #expect(options.authenticatorAttachment == .crossPlatform)
        #expect(options.userVerification == .required)
        #expect(options.attestation == .enterprise)
        #expect(options.attestationFormats == ["tpm", "packed"])
        #expect(options.timeout == .seconds(60))
        #expect(
            options.extensions.members == ["credProps": true, "new": .object(["a": .array([1, "b"])])]
        )
    }

    @Test(arguments: [("0", 0), ("1e3", 1000), ("60000.0", 60_000), ("1e300", 4_294_967_295)])
    func `a timeout of any size is a number of milliseconds`(json: String, milliseconds: Int) throws {
        #expect(try Self.options(["timeout": json]).timeout == .milliseconds(milliseconds))
    }
}
