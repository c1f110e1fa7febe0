import CTAP2
import Testing
@testable import WebAuthn

/// `verify --options`: the request as the site sent it, with the real program.
@Suite struct VerifyOptionsRunTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func fidoctl(_ arguments: [String]) async throws -> CommandLineRun {
        try await CommandLineRun(arguments)
    }

    private func creation(
        challenge: String = "AQID",
        rpId: String? = "example.com",
        algorithms: [Int] = [-49, -7],
        userVerification: String = "preferred"
    ) throws -> String {
        let parameters = algorithms.map { #"{"type":"public-key","alg":\#($0)}"# }.joined(separator: ",")
        let id = rpId.map { #""id":"\#($0)","# } ?? ""
        return try folder.file(
            "creation.json",
            #"""
            {"publicKey":{"challenge":"\#(challenge)","rp":{\#(id)"name":"Example"},
            "user":{"id":"AA","name":"alice","displayName":"Alice"},"pubKeyCredParams":[\#(parameters)],
            "authenticatorSelection":{"userVerification":"\#(userVerification)"},"attestation":"direct"}}
            """#
        )
    }

    private func request(challenge: String = "BAUG", allow: [[UInt8]] = []) throws -> String {
        let list = allow.map { #"{"type":"public-key","id":"\#(Base64URL.encode($0))"}"# }.joined(separator: ",")
        return try folder.file(
            "request.json",
            #"{"challenge":"\#(challenge)","rpId":"example.com","allowCredentials":[\#(list)]}"#
        )
    }

    /// A registration of the first of `creation`'s algorithms.
    private func register() async throws -> String {
        let run = try await fidoctl(["register", "--options", creation(), "--json"] + folder.device)
        #expect(run.end == .exit(0), "\(run.errors)")
        return try folder.file("registration.json", run.output)
    }

    private let origin = ["--origin", "https://example.com"]

    @Test func `a registration is held to the options that were sent`() async throws {
        let response = try await register()
        let good = try await fidoctl(["verify", response, "--options", creation(), "--json"] + origin)
        #expect(good.end == .exit(0), "\(good.errors)")
        #expect(try good.document()["algorithm"] == .number(-49))
        for name in ["challenge", "origin", "rpIdHash", "algorithm", "attestation"] {
            #expect(try good.checks()[name] == "passed", "\(name)")
        }
        #expect(!good.errors.contains("not compared"))
        for failed in ["challenge", "rpIdHash", "algorithm", "userVerified"] {
            let run = try await fidoctl(["verify", response, "--options", wrong(failed), "--json"] + origin)
            #expect(run.end == .exit(20))
            #expect(try run.checks().filter { $0.value == "failed" }.keys.sorted() == [failed])
        }
    }

    /// Options whose only fault is found by the check `failed`.
    private func wrong(_ failed: String) throws -> String {
        switch failed {
        case "challenge": try creation(challenge: "AQIE")
        case "rpIdHash": try creation(rpId: "login.example.com")
        case "algorithm": try creation(algorithms: [-7])
        default: try creation(userVerification: "required")
        }
    }

    @Test func `a login is held to the options that were sent`() async throws {
        let stored = try await register()
        let response = try RegistrationResponse(json: Array(TextFile.contents(stored).utf8))
        let login = try await fidoctl(["assert", "--options", request(allow: [response.id]), "--json"] + folder.device)
        #expect(login.end == .exit(0), "\(login.errors)")
        let file = try folder.file("login.json", login.output)
        let key = try #require(try AttestationObject(response.attestationObject).authData.attestedCredentialData)
        let pem = try folder.file("key.pem", try key.publicKey.pem())
        for credential in [["--credential", stored], ["--public-key", pem]] {
            let verify = ["verify", file, "--json"] + credential + origin
            let good = try await fidoctl(verify + ["--options", request(allow: [[1], response.id])])
            #expect(good.end == .exit(0), "\(good.errors)")
            #expect(try good.checks()["allowCredentials"] == "passed")
            #expect(try good.checks()["challenge"] == "passed")
            let other = try await fidoctl(verify + ["--options", request(allow: [[1]])])
            #expect(other.end == .exit(20))
            #expect(try other.checks()["allowCredentials"] == "failed")
            let replayed = try await fidoctl(verify + ["--options", request(challenge: "BAUH")])
            #expect(replayed.end == .exit(20))
            #expect(try replayed.checks()["challenge"] == "failed")
        }
    }

    @Test func `options without an RP ID mean the host of the origin`() async throws {
        let response = try await register()
        let verify = try ["verify", response, "--options", creation(rpId: nil)]
        #expect(try await fidoctl(verify + origin).end == .exit(0))
        #expect(try await fidoctl(verify + ["--origin", "https://login.example.com"]).end == .exit(20))
        #expect(try await fidoctl(verify).end == .exit(65))
    }

    @Test func `options of the other ceremony, and options beside them, are refused`() async throws {
        let response = try await register()
        #expect(try await fidoctl(["verify", response, "--options", request()]).end == .exit(65))
        for more in [
            ["--challenge", "AQID"], ["--rp-id", "example.com"], ["--user-verification", "required"],
            ["--client-data-hash", Base64URL.encode([UInt8](repeating: 0, count: 32))],
        ] {
            #expect(try await fidoctl(["verify", response, "--options", creation()] + more).end == .exit(64))
        }
        #expect(try await fidoctl(["verify", "-", "--options", "-"]).end == .exit(64))
    }
}
