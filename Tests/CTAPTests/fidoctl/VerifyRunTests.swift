import CTAP2
import Crypto
import Testing
@testable import WebAuthn

/// `verify` as a relying party: what it takes about the request and the credential, with the real program.
@Suite struct VerifyRunTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func fidoctl(_ arguments: [String]) async throws -> CommandLineRun {
        try await CommandLineRun(arguments)
    }

    /// Registers and logs in with the embedded key; returns the response to each.
    private func pair(_ algorithm: String) async throws -> (RegistrationResponse, login: String) {
        let made = try await fidoctl(
            ["register", "--rp-id", "example.com", "--user", "al", "--json", "--algorithm", algorithm] + folder.device
        )
        #expect(made.end == .exit(0), "\(made.errors)")
        let stored = try folder.file("registration.json", made.output)
        let login = try await fidoctl(
            ["assert", "--credential", stored, "--challenge", "AQID", "--json"] + folder.device
        )
        #expect(login.end == .exit(0), "\(login.errors)")
        return (
            try RegistrationResponse(json: Array(made.output.utf8)), try folder.file("login.json", login.output)
        )
    }

    private func publicKey(_ response: RegistrationResponse) throws -> COSEKey {
        let object = try AttestationObject(response.attestationObject)
        return try #require(object.authData.attestedCredentialData).publicKey
    }

    // MARK: - A stored public key

    @Test(arguments: ["ES256", "ES512", "EdDSA", "RS256", "PS256", "ML-DSA-44", "ML-DSA-65", "ML-DSA-87"])
    func `a login is verified with the public key in a database`(algorithm: String) async throws {
        let (made, login) = try await pair(algorithm)
        let key = try publicKey(made)
        let pem = try folder.file("key.pem", try key.pem())
        let cose = try folder.file("key.txt", Base64URL.encode(CBOREncoder.encode(try #require(key.cbor))))
        for file in [pem, cose] {
            let known = ["--sign-count", "0", "--credential-id", Base64URL.encode(made.id), "--algorithm", algorithm]
            let run = try await fidoctl(
                ["verify", login, "--public-key", file, "--challenge", "AQID", "--origin", "https://example.com"]
                    + known + ["--json"]
            )
            #expect(run.end == .exit(0), "\(run.errors)")
            let checks = try run.checks()
            for name in ["credentialId", "challenge", "origin", "signature", "signCount"] {
                #expect(checks[name] == "passed", "\(name)")
            }
            #expect(checks["backupState"] == "not-made")
            #expect(try run.document()["algorithm"] == .number(key.algorithm.rawValue))
        }
    }

    @Test func `what is not known of the credential is listed as not checked`() async throws {
        let (made, login) = try await pair("ES256")
        let file = try folder.file("key.pem", try publicKey(made).pem())
        let run = try await fidoctl(["verify", login, "--public-key", file])
        #expect(run.end == .exit(0), "\(run.errors)")
        for line in ["no --credential-id was given", "no --sign-count was given", "flags of the registration"] {
            #expect(run.output.contains(line), "\(run.output)")
        }
        let used = try await fidoctl(["verify", login, "--public-key", file, "--sign-count", "1000", "--json"])
        #expect(used.end == .exit(20))
        #expect(try used.checks()["signCount"] == "failed")
        let other = try await fidoctl(["verify", login, "--public-key", file, "--credential-id", "AAAA", "--json"])
        #expect(other.end == .exit(20))
        #expect(try other.checks()["credentialId"] == "failed")
    }

    @Test func `another key, another algorithm and another file are distinguished`() async throws {
        let (_, login) = try await pair("ES256")
        let other = try folder.file("other.pem", P256.Signing.PrivateKey().publicKey.pemRepresentation)
        let stranger = try await fidoctl(["verify", login, "--public-key", other, "--json"])
        #expect(stranger.end == .exit(20))
        #expect(try stranger.checks()["signature"] == "failed")
        #expect(
            try await fidoctl(["verify", login, "--public-key", other, "--algorithm", "RS256"]).end == .exit(65)
        )
        #expect(try await fidoctl(["verify", login, "--public-key", login]).end == .exit(65))
        let ed448 = try folder.file("ed448.hex", "3043300506032b6571033a00" + String(repeating: "02", count: 57))
        let unsupported = try await fidoctl(["verify", login, "--public-key", ed448, "--json"])
        #expect(unsupported.end == .exit(16))
        #expect(unsupported.output.contains("Ed448"))
        #expect(!unsupported.output.contains("changed"))
    }

    @Test(arguments: [
        ["--sign-count", "1"], ["--credential-id", "AAAA"], ["--algorithm", "ES256"],
        ["--public-key", "a", "--credential", "b"], ["--public-key", "a", "--algorithm", "RS1"],
        ["--public-key", "-"], ["--public-key", "a", "--require-attestation"],
    ])
    func `options that do not go together are a usage error`(options: [String]) async throws {
        #expect(try await fidoctl(["verify", "-"] + options).end == .exit(64))
    }

    // MARK: - Origins

    @Test func `one of several origins, and those of apps and extensions`() async throws {
        var (made, _) = try await pair("ES256")
        made = try withoutStatement(made)
        for origin in ["android:apk-key-hash:AAAA", "moz-extension://1-2", "https://www.example.com:8443"] {
            made.clientData = .json(clientData(origin: origin))
            let file = try folder.file("r.json", String(decoding: JSON.encode(made), as: UTF8.self))
            let verify = ["verify", file, "--rp-id", "example.com", "--json", "--challenge", "AQID"]
            let good = try await fidoctl(verify + ["--origin", "https://example.com", "--origin", origin])
            #expect(good.end == .exit(0), "\(good.errors)")
            #expect(try good.checks()["origin"] == "passed")
            let bad = try await fidoctl(verify + ["--origin", "https://example.com", "--origin", "ios:bundle-id:a"])
            #expect(bad.end == .exit(20))
            #expect(bad.errors.isEmpty || bad.errors.contains("https://example.com, ios:bundle-id:a"), "\(bad.errors)")
        }
        for wrong in ["example.com", "ftp://example.com", "http://example.com"] {
            #expect(try await fidoctl(["verify", "-", "--origin", wrong]).end == .exit(64))
        }
    }

    @Test func `a frame needs permission, and a page around it that is expected`() async throws {
        var (made, _) = try await pair("ES256")
        made = try withoutStatement(made)
        made.clientData = .json(clientData(origin: "https://example.com", top: "https://shop.example"))
        let file = try folder.file("r.json", String(decoding: JSON.encode(made), as: UTF8.self))
        func end(_ options: String...) async throws -> Program.End {
            try await fidoctl(["verify", file, "--json"] + options).end
        }
        #expect(try await end() == .exit(20))
        #expect(try await end("--cross-origin") == .exit(0))
        #expect(try await end("--top-origin", "https://shop.example") == .exit(0))
        #expect(try await end("--top-origin", "https://other.example") == .exit(20))
    }

    /// A login in a frame was not valid with `--credential`, since the credential's registration came from a frame too.
    @Test func `frames that are allowed for a login are allowed for its registration`() async throws {
        var key = HandMadeKey()
        key.topOrigin = "https://shop.example"
        let registration = try folder.file("r.json", try key.registration())
        let verify = ["verify", try folder.file("l.json", try key.login()), "--credential", registration, "--json"]
        #expect(try await fidoctl(verify).end == .exit(20))
        #expect(try await fidoctl(verify + ["--cross-origin"]).end == .exit(0))
        #expect(try await fidoctl(verify + ["--top-origin", "https://shop.example"]).end == .exit(0))
        #expect(try await fidoctl(verify + ["--top-origin", "https://other.example"]).end == .exit(20))
    }

    private func clientData(origin: String, top: String? = nil) -> [UInt8] {
        let frame = top.map { #"true,"topOrigin":"\#($0)""# } ?? "false"
        return Array(
            #"{"type":"webauthn.create","challenge":"AQID","origin":"\#(origin)","crossOrigin":\#(frame)}"#.utf8
        )
    }

    /// The registration without a signature over its client data.
    private func withoutStatement(_ response: RegistrationResponse) throws -> RegistrationResponse {
        var (object, response) = (try AttestationObject(response.attestationObject), response)
        (object.fmt, object.attStmt) = ("none", [:])
        response.attestationObject = object.bytes
        return response
    }
}
