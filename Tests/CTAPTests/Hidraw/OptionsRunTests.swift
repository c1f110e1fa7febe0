import Glibc
import Testing
import WebAuthn

extension HidrawTests {
    /// `--options`: a site's request goes in as it is.
    @Suite struct OptionsRunTests {
        /// What py_webauthn's generate_registration_options makes with its defaults, and the challenge replaced.
        private static let registration = """
            {"rp": {"name": "Example Co", "id": "example.com"}, "user": {"id": \
            "RZp0Mhi4wgdHz579-XeEGjxMCX-p27wm8sLVBXblXWX5hZIj5DB1sorfiARxDTFnIn0R0dQ8HgsUcfrKz9PIKA", "name": "bob", \
            "displayName": "bob"}, "challenge": "AAECAwQFBgcICQoLDA0ODw", "pubKeyCredParams": \
            [{"type": "public-key", "alg": -8}, {"type": "public-key", "alg": -7}, {"type": "public-key", "alg": -257}], \
            "timeout": 60000, "excludeCredentials": [], "attestation": "none"}
            """
        private static let origin = ["--origin", "https://example.com"]

        /// Runs fidoctl with `json` as `request` in the test bed's folder, or on standard input.
        private func start(
            _ bed: Testbed,
            _ command: String,
            _ json: String,
            byPipe: Bool = false,
            _ more: [String] = []
        ) throws -> Program {
            let file = bed.folder + "/request"
            try TextFile.write(json, to: file)
            let arguments = [Product.fidoctl, command] + Self.origin + more + ["--options"]
            guard byPipe else { return try bed.start(arguments + [file]) }
            return try bed.start(["/bin/sh", "-c", #"cat "$0" | "$@""#, file] + arguments + ["-"])
        }

        @Test(arguments: [false, true]) func `a site's options register and log in`(byPipe: Bool) async throws {
            try await Testbed.with { bed in
                _ = try await bed.plug()
                let register = try start(bed, "register", Self.registration, byPipe: byPipe, ["--json"])
                #expect(try await register.end() == .exit(0), "\(register.errors.text)")
                #expect(!register.errors.text.contains("the challenge is random"))
                let made = try RegistrationResponse(json: Array(register.output.text.utf8))
                guard case .json(let json) = made.clientData else {
                    Issue.record("no client data")
                    return
                }
                let data = try ClientData(json: json)
                #expect(data.challenge == Array(0..<16))
                #expect(data.origin == "https://example.com")
                let request = """
                    {"publicKey": {"challenge": "AQID", "rpId": "example.com", "allowCredentials": \
                    [{"type": "public-key", "id": "\(Base64URL.encode(made.id))", "transports": ["usb"]}], \
                    "userVerification": "preferred", "timeout": 60000}}
                    """
                let login = try start(bed, "assert", request, byPipe: byPipe, ["--json"])
                #expect(try await login.end() == .exit(0), "\(login.errors.text)")
                #expect(try AuthenticationResponse(json: Array(login.output.text.utf8)).id == made.id)
            }
        }

        /// Nobody touches the key, and without the site's timeout the command would end after a minute.
        @Test func `the site's timeout replaces the default`() async throws {
            try await Testbed.with { bed in
                let key = try await bed.plug(serving: ["--touch", "never"])
                let json = Self.registration.replacing("60000", with: "1")
                let register = try start(bed, "register", json)
                #expect(try await register.end() == .exit(75), "\(register.errors.text)")
                #expect(key.wire.cancels.count == 1)
            }
        }

        @Test func `--timeout outranks the site's`() async throws {
            try await Testbed.with { bed in
                _ = try await bed.plug(serving: ["--touch", "never"])
                let json = Self.registration.replacing("60000", with: "600000")
                let register = try start(bed, "register", json, ["--timeout", "0.5"])
                #expect(try await register.end() == .exit(75), "\(register.errors.text)")
            }
        }

        @Test(arguments: [SIGINT, SIGTERM]) func `a signal cancels on the key`(signal: Int32) async throws {
            try await Testbed.with { bed in
                let key = try await bed.plug(serving: ["--touch", "never"])
                let register = try start(bed, "register", Self.registration)
                try await register.errors.wait(for: "Touch your security key")
                register.signal(signal)
                #expect(try await register.end() == .exit(128 + signal), "\(register.errors.text)")
                #expect(key.wire.cancels.count == 1)
            }
        }

        /// Standard input never ends. Writing more than a pipe holds ends when fidoctl reads.
        @Test func `a signal ends the wait for the options`() async throws {
            try await Testbed.with { bed in
                let key = try await bed.plug()
                let register = try bed.start([Product.fidoctl, "register", "--options", "-"] + Self.origin)
                register.write(String(repeating: " ", count: 70_000))
                register.signal(SIGTERM)
                #expect(try await register.end() == .exit(143), "\(register.errors.text)")
                #expect(key.wire.toKey.isEmpty)
            }
        }

        @Test func `an unreadable request is refused before the key is asked`() async throws {
            try await Testbed.with { bed in
                let key = try await bed.plug()
                let brackets = String(repeating: "[", count: 1 << 20)
                for json in [
                    "", "{}", "null", brackets, brackets + "[", Self.registration.replacing("\"bob\"", with: "1"),
                ] {
                    let register = try start(bed, "register", json, byPipe: true, ["--json"])
                    #expect(try await register.end() == .exit(65), "\(json.prefix(40)): \(register.errors.text)")
                    #expect(register.output.text.contains(#""code":"bad-data""#))
                }
                let register = try start(bed, "register", "")
                #expect(try await register.end() == .exit(65))
                let missing = try bed.fidoctl("register", "--options", bed.folder + "/no-such-file")
                #expect(try await missing.end() == .exit(74))
                #expect(key.wire.toKey.isEmpty)
            }
        }

        /// The RP ID belongs to a site of another name, which lists the origin.
        @Test func `a related origin registers and logs in`() async throws {
            try await Testbed.with { bed in
                let key = try await bed.plug()
                let list = bed.folder + "/well-known"
                let request = Self.registration.replacing(#""id": "example.com""#, with: #""id": "example.org""#)
                let related = ["--related-origins", list, "--json"]
                for origins in [#"["https://example.net"]"#, "{}"] {
                    try TextFile.write(#"{"origins": \#(origins)}"#, to: list)
                    let refused = try start(bed, "register", request, related)
                    #expect(try await refused.end() == .exit(origins == "{}" ? 65 : 64), "\(refused.errors.text)")
                }
                #expect(key.wire.toKey.isEmpty)
                try TextFile.write(#"{"origins": ["https://example.net", "https://example.com"]}"#, to: list)
                let register = try start(bed, "register", request, related)
                #expect(try await register.end() == .exit(0), "\(register.errors.text)")
                let credential = bed.folder + "/credential"
                try TextFile.write(register.output.text, to: credential)
                let login = try bed.start(
                    [Product.fidoctl, "assert", "--credential", credential, "--rp-id", "example.org"] + Self.origin
                        + related
                )
                #expect(try await login.end() == .exit(0), "\(login.errors.text)")
            }
        }

        @Test func `a page in a frame of another site says so in its client data`() async throws {
            try await Testbed.with { bed in
                _ = try await bed.plug()
                let cases = [
                    (["--cross-origin"], #""crossOrigin":true}"#),
                    (
                        ["--top-origin", "https://shop.example"],
                        #""crossOrigin":true,"topOrigin":"https://shop.example"}"#
                    ),
                ]
                for (more, ending) in cases {
                    let register = try start(bed, "register", Self.registration, more + ["--json"])
                    defer { _ = more }
                    #expect(try await register.end() == .exit(0), "\(register.errors.text)")
                    let made = try RegistrationResponse(json: Array(register.output.text.utf8))
                    guard case .json(let json) = made.clientData else {
                        Issue.record("no client data")
                        return
                    }
                    #expect(
                        String(decoding: json, as: UTF8.self).hasSuffix(#""origin":"https://example.com",\#(ending)"#)
                    )
                    let credential = bed.folder + "/credential"
                    try TextFile.write(register.output.text, to: credential)
                    let login = try bed.start(
                        [Product.fidoctl, "assert", "--credential", credential] + Self.origin + more
                    )
                    #expect(try await login.end() == .exit(0), "\(login.errors.text)")
                }
            }
        }
    }
}
