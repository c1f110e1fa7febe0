import CTAP2
import CTAPHID
import Crypto
import Testing
@testable import WebAuthn

/// What the client checks: that the response matches the request, but not the attestation.
@Suite struct ResponseChecksTests {
    let key = HandMadeKey()
    let signer = P256.Signing.PrivateKey()

    private func options(_ attestation: CreationOptions.Attestation) throws -> CreationOptions {
        var options = CreationOptions(
            challenge: key.challenge,
            rp: PublicKeyCredentialRpEntity(id: key.rpId),
            user: PublicKeyCredentialUserEntity(id: [1])
        )
        options.attestation = attestation
        return options
    }

    /// Registers with a key whose response is the attestation object of `answer`.
    private func register(
        _ answer: RegistrationResponse,
        attestation: CreationOptions.Attestation = .direct,
        _ change: (inout CreationOptions) -> Void = { _ in }
    ) async throws -> Registration {
        let object = try AttestationObject(answer.attestationObject)
        let reply = success([1: .text(object.fmt), 2: .bytes(object.authData.bytes), 3: object.attStmt])
        let answering = AnsweringKey(log: RequestLog()) { command, _ in command == .getInfo ? info() : reply }
        var options = try options(attestation)
        change(&options)
        return try await WebAuthnClient(Session(Connection(answering)))
            .register(options, for: .page(origin: Origin(key.origin)), Operation(within: .seconds(60)))
    }

    private func odd(_ change: (inout HandMadeCertificate) -> Void) throws -> RegistrationResponse {
        var certificate = HandMadeCertificate(signer)
        change(&certificate)
        return try key.registration(certificate, signedBy: signer)
    }

    @Test(arguments: [CreationOptions.Attestation.direct, .none])
    func `a credential with an odd certificate is registered`(attestation: CreationOptions.Attestation) async throws {
        let answers = [
            try odd { $0.basicConstraints = nil }, try odd { $0.subject.remove(at: 2) }, try odd { $0.serial = [0x87] },
            try odd { $0.publicKey = [] },
        ]
        for answer in answers {
            let made = try await register(answer, attestation: attestation)
            #expect(made.response.id == key.id)
            #expect(made.attestation.fmt == (attestation == .none ? "none" : "packed"))
        }
    }

    @Test func `the oddity of a statement that is passed on is reported`() async throws {
        let made = try await register(try odd { $0.basicConstraints = nil })
        #expect(made.attestationType == .unverified(.invalid(.certificate(.certificateAuthority))))
        let stripped = try await register(try odd { $0.basicConstraints = nil }, attestation: .none)
        #expect(stripped.attestationType == .none)
    }

    @Test(arguments: AttestationStatementTests.shapes)
    func `a statement of any shape is passed on as it came`(statement: CBORValue) async throws {
        let answer = key.registration(format: "compound") { _ in statement }
        let made = try await register(answer)
        #expect(made.response.attestationObject == answer.attestationObject)
        #expect(made.attestation.attStmt == statement)
        let broken = key.registration(format: "packed") { _ in statement }
        #expect(try await register(broken).response.attestationObject == broken.attestationObject)
    }

    @Test func `with none only the statement goes`() async throws {
        var answer = try AttestationObject(try odd { _ in }.attestationObject)
        var bytes = answer.authData.bytes
        bytes.replaceSubrange(37..<53, with: 1...16)
        answer.authData = try AuthenticatorData(bytes)
        var response = try odd { _ in }
        response.attestationObject = answer.bytes
        let made = try await register(response, attestation: .none)
        #expect(made.attestation == AttestationObject(fmt: "none", authData: answer.authData, attStmt: [:]))
        #expect(made.attestation.authData.attestedCredentialData?.aaguid.bytes == Array(1...16))
    }

    @Test func `self attestation with an AAGUID of zeros is kept`() async throws {
        let answer = try RegistrationResponse(json: Array(key.registration().utf8))
        #expect(try await register(answer, attestation: .none).attestation.fmt == "packed")
    }

    @Test func `an answer that is not to this request is refused`() async throws {
        var other = key
        other.rpId = "example.org"
        let none: ([UInt8]) -> CBORValue = { _ in [:] }
        let cases: [(RegistrationResponse, VerificationError)] = [
            (other.registration(format: "none", statement: none), .relyingPartyID(expected: "example.com")),
            (key.registration(format: "none", flags: 0x40, statement: none), .userPresence),
        ]
        for (answer, error) in cases {
            let thrown = await #expect(throws: CeremonyError.self) { _ = try await register(answer) }
            guard case .notVerified(error) = thrown else { Issue.record("\(String(describing: thrown))"); continue }
        }
        let good = key.registration(format: "none", statement: none)
        let thrown = await #expect(throws: CeremonyError.self) {
            _ = try await register(good) { $0.algorithms = [.edDSA] }
        }
        guard case .notVerified(.algorithm(.es256)) = thrown else {
            Issue.record("\(String(describing: thrown))"); return
        }
        let curve = key.coseKey.map { $0 }
        let contradicting = Array(curve.prefix(6)) + [2] + Array(curve.dropFirst(7))
        let bad = key.registration(format: "none", coseKey: contradicting, statement: none)
        let refused = await #expect(throws: CeremonyError.self) { _ = try await register(bad) }
        guard case .notVerified(.publicKey(.invalid(.es256))) = refused else {
            Issue.record("\(String(describing: refused))")
            return
        }
    }

    @Test func `an algorithm that the relying party asked for need not be known here`() async throws {
        let answer = key.registration(format: "none", coseKey: hex("a50102 03382e 2008 2141aa 2241bb")) { _ in [:] }
        let made = try await register(answer) { $0.algorithms = [.es256K] }
        #expect(made.credential.publicKey.algorithm == .es256K)
    }

    @Test func `an empty user id is left out of a login`() {
        let data = RelyingPartyID.hash(of: key.rpId) + [1, 0, 0, 0, 1]
        guard let authData = try? AuthenticatorData(data) else { Issue.record("not authenticator data"); return }
        let assertion = GetAssertionResponse(
            authData: authData,
            signature: [1],
            user: PublicKeyCredentialUserEntity(id: [])
        )
        #expect(AuthenticationResponse(id: [1], clientData: .json([]), assertion: assertion).userHandle == nil)
    }
}
