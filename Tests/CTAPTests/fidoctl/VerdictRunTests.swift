import CTAP2
import Crypto
import Testing
@testable import WebAuthn

/// `verify` and `assert --credential` with the real program: their guarantees and exit statuses.
@Suite struct VerdictRunTests {
    private let folder: TemporaryFolder
    let key = HandMadeKey()

    init() throws {
        folder = try TemporaryFolder()
    }

    private func fidoctl(_ arguments: [String]) async throws -> CommandLineRun {
        try await CommandLineRun(arguments)
    }

    private func register(_ more: String...) async throws -> RegistrationResponse {
        let run = try await fidoctl(
            ["register", "--rp-id", "example.com", "--user", "al", "--json"] + folder.device + more
        )
        #expect(run.end == .exit(0), "\(run.errors)")
        return try RegistrationResponse(json: Array(run.output.utf8))
    }

    /// Writes a registration without redundant members.
    private func file(_ name: String, _ response: RegistrationResponse) throws -> String {
        var response = response
        response.copies = RegistrationResponse.Copies(rawID: response.id)
        return try folder.file(name, String(decoding: JSON.encode(response), as: UTF8.self))
    }

    private func verify(_ response: RegistrationResponse, _ more: String...) async throws -> CommandLineRun {
        try await fidoctl(["verify", file("r.json", response), "--json"] + more)
    }

    // MARK: - The list

    @Test func `a good registration lists its checks and its attestation`() async throws {
        let response = try await register("--challenge", "AQID")
        let run = try await verify(response, "--challenge", "AQID", "--origin", "https://example.com")
        #expect(run.end == .exit(0), "\(run.errors)")
        #expect(try run.document()["attestationType"] == .text("certified"))
        #expect(try run.document()["attestation"] == .text("packed"))
        let checks = try run.checks()
        #expect(checks["challenge"] == "passed")
        #expect(checks["attestation"] == "passed")
        #expect(checks["userVerified"] == "not-made")
        let unknown = try await verify(response)
        #expect(unknown.end == .exit(0))
        #expect(try unknown.checks()["challenge"] == "not-made")
    }

    @Test func `a failed check is listed beside the error`() async throws {
        let run = try await verify(try await register(), "--challenge", "AAAA")
        #expect(run.end == .exit(20))
        #expect(try run.failure()["code"] == .text("not-verified"))
        #expect(try run.document()["verified"] == .bool(false))
        #expect(try run.checks()["challenge"] == "failed")
        #expect(try run.checks()["signature"] == nil)
        #expect(try run.checks()["attestation"] == "passed")
    }

    @Test func `people read what passed and what was not checked`() async throws {
        let run = try await fidoctl(["verify", file("r.json", await register())])
        #expect(run.output.contains("passed"))
        #expect(run.output.contains("challenge: no --challenge was given"))
    }

    // MARK: - A statement that was not verified

    @Test(arguments: [
        (-7, 20, "not-verified"), (-8, 20, "not-verified"), (-257, 20, "not-verified"), (-47, 16, "unsupported"),
        (-65535, 16, "unsupported"),
    ])
    func `a credential swapped in under another's statement is not verified`(
        algorithm: Int,
        status: Int32,
        code: String
    ) async throws {
        var (stolen, own) = (try await register(), try await register())
        var object = try AttestationObject(stolen.attestationObject)
        object.authData = try AttestationObject(own.attestationObject).authData
        var statement = try #require(object.attStmt.map)
        statement["alg"] = .int(algorithm)
        object.attStmt = .map(statement)
        stolen.attestationObject = object.bytes
        stolen.id = own.id
        let run = try await verify(stolen)
        #expect(run.end == .exit(status), "\(run.output)")
        #expect(try run.failure()["code"] == .text(code))
        #expect(try run.document()["attestationType"] == .text("unverified"))
        #expect(try await verify(stolen, "--require-attestation").end == .exit(20))
        #expect(!run.errors.contains("changed") || status == 20)
        own = stolen
        let login = try await fidoctl(["assert", "--credential", file("s.json", own)] + folder.device)
        #expect(login.end == .exit(status))
    }

    @Test func `an unknown format is not attested, said in one line, and not bad`() async throws {
        for statement in [[], [:], [["fmt": "packed", "attStmt": ["x5c": [.bytes([1])]]]]] as [CBORValue] {
            var response = try await register()
            var object = try AttestationObject(response.attestationObject)
            object.fmt = "new-format"
            object.attStmt = statement
            response.attestationObject = object.bytes
            let run = try await verify(response)
            #expect(run.end == .exit(0), "\(run.errors)")
            #expect(run.errors.contains("not attested: fidoctl does not know the attestation format new-format"))
            #expect(try run.document()["attestationType"] == .text("unverified"))
            #expect(try run.checks()["attestation"] == "not-made")
            let demanded = try await verify(response, "--require-attestation")
            #expect(demanded.end == .exit(20))
            #expect(try demanded.checks()["attestation"] == "not-made")
            let login = try await fidoctl(["assert", "--credential", file("s.json", response)] + folder.device)
            #expect(login.end == .exit(0), "\(login.errors)")
        }
    }

    @Test func `a demand for attestation is not met by none`() async throws {
        let none = try await register("--attestation", "none")
        let plain = try await verify(none)
        #expect(plain.end == .exit(0))
        #expect(try plain.document()["attestationType"] == .text("none"))
        #expect(try await verify(none, "--require-attestation").end == .exit(20))
        #expect(try await verify(await register(), "--require-attestation").end == .exit(0))
    }

    @Test func `a public key that contradicts its algorithm is not verified`() async throws {
        var response = try await register("--attestation", "none")
        let key = hex("a5010203262001")
        let start = try #require(response.attestationObject.firstRange(of: key)).lowerBound
        response.attestationObject[start + 6] = 2
        #expect(try await verify(response).end == .exit(20))
        response.attestationObject[start + 6] = 1
        response.attestationObject[start + 4] = 0x25
        #expect(try await verify(response).end == .exit(16))
    }

    // MARK: - A bare hash

    @Test func `a challenge and an origin beside a bare hash are not verified`() async throws {
        var response = try await register("--challenge", "AQID")
        let hash = response.clientData.hash
        response.clientData = .hash(hash)
        let given = ["--rp-id", "example.com", "--client-data-hash", Base64URL.encode(hash)]
        func run(_ options: [String]) async throws -> CommandLineRun {
            try await fidoctl(["verify", file("r.json", response), "--json"] + options)
        }
        #expect(try await run(given).end == .exit(0))
        #expect(try await run(given + ["--challenge", "AQID"]).end == .exit(20))
        #expect(try await run(given + ["--origin", "https://any.example"]).end == .exit(20))
        #expect(
            try await run(["--rp-id", "example.com", "--challenge", "AAAA", "--origin", "https://any.example"]).end
                == .exit(20)
        )
        let alone = try await run(["--rp-id", "example.com"])
        #expect(alone.end == .exit(20))
        #expect(try alone.checks()["clientDataHash"] == "not-made")
        #expect(alone.errors.contains("--client-data-hash"))
    }

    @Test func `a stored registration over a bare hash logs in with hashes only`() async throws {
        var response = try await register()
        response.clientData = .hash(response.clientData.hash)
        let stored = try file("s.json", response)
        let login = ["assert", "--credential", stored, "--rp-id", "example.com"] + folder.device
        #expect(try await fidoctl(login).end == .exit(20))
        #expect(try await fidoctl(login + ["--client-data-hash", Base64URL.encode(Array(0..<32))]).end == .exit(0))
    }

    @Test func `a hash that contradicts the client data beside it is not verified`() async throws {
        var response = try await register()
        response.copies.clientDataHash = [UInt8](repeating: 7, count: 32)
        let path = try folder.file("r.json", String(decoding: JSON.encode(response), as: UTF8.self))
        let run = try await fidoctl(["verify", path, "--json"])
        #expect(run.end == .exit(20))
        #expect(try run.checks()["clientDataHash"] == "failed")
    }

    @Test func `JSON that readers disagree about is refused`() async throws {
        let json = String(decoding: try JSON.encode(try await register()), as: UTF8.self)
        let wrong = [
            json.replacing("\"type\":", with: "\"id\":\"AA\",\"type\":"), json.dropLast() + ",}",
            json.replacing("\"publicKeyAlgorithm\":-7", with: "\"publicKeyAlgorithm\":-07"), "\u{FEFF}" + json,
        ]
        for text in wrong {
            #expect(try await fidoctl(["verify", folder.file("r.json", String(text))]).end == .exit(65))
        }
    }

    // MARK: - Texts

    @Test(arguments: [
        ("no BasicConstraints", "does not exclude use as a certificate authority"),
        ("no OU", "lacks the unit (OU) \"Authenticator Attestation\""),
    ])
    func `verify judges an odd certificate in words of its own`(odd: String, words: String) async throws {
        let signer = P256.Signing.PrivateKey()
        var certificate = HandMadeCertificate(signer)
        if odd == "no OU" { certificate.subject.remove(at: 2) } else { certificate.basicConstraints = nil }
        let run = try await verify(try key.registration(certificate, signedBy: signer))
        #expect(run.end == .exit(20))
        #expect(run.errors.contains(words), "\(run.errors)")
        #expect(!run.errors.contains("certificateAuthority") && !run.errors.contains("subject("))
    }

    @Test func `verify reads a certificate with a negative serial number`() async throws {
        let signer = P256.Signing.PrivateKey()
        var certificate = HandMadeCertificate(signer)
        certificate.serial = [0x87]
        let run = try await verify(try key.registration(certificate, signedBy: signer))
        #expect(run.end == .exit(0), "\(run.errors)")
        #expect(try run.document()["attestationType"] == .text("certified"))
    }

    @Test func `with none the AAGUID stays`() async throws {
        let none = try AttestationObject(try await register("--attestation", "none").attestationObject)
        #expect(none.fmt == "none")
        #expect(none.attStmt == [:])
        #expect(none.authData.attestedCredentialData?.aaguid != .zero)
    }

    @Test(arguments: [
        ["--rp-id", "EXAMPLE.com"], ["--rp-id", "127.0.0.1"], ["--rp-id", "0x7f.1"],
        ["--rp-id", "example.com", "--origin", "https://192.0.2.1"],
        ["--rp-id", "example.com", "--origin", "https://[::1]"],
    ])
    func `a host that WebAuthn does not serve is refused`(options: [String]) async throws {
        #expect(try await fidoctl(["register", "--json"] + folder.device + options).end == .exit(64))
    }

    @Test(arguments: [
        ["--rp-id", "a_b.example"], ["--rp-id=-a.example"],
        ["--rp-id", "example.com", "--origin", "https://example.com."],
    ])
    func `a host that browsers serve is served`(options: [String]) async throws {
        let run = try await fidoctl(["register", "--json"] + folder.device + options)
        #expect(run.end == .exit(0), "\(run.errors)")
        let path = try folder.file("r.json", run.output)
        #expect(try await fidoctl(["verify", path]).end == .exit(0))
    }
}
