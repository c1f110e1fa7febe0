import CTAP2
import CTAPHID
import Testing
import VirtualAuthenticator
@testable import WebAuthn

/// A registration and a login of every algorithm, made by the client and the virtual key, with any one byte changed.
@Suite(.ownThread) struct SignedByteTests {
    private struct Pair {
        let registration: RegistrationResponse
        let login: AuthenticationResponse
        let creation: PendingRequest
        let request: PendingRequest
        let record: CredentialRecord
    }

    private static func pair(_ algorithm: COSEAlgorithm) async throws -> Pair {
        let key = try VirtualKey(storage: MemoryStorage(), presence: TimedPresence(after: .zero))
        let client = WebAuthnClient(Session(Connection(VirtualHIDDevice(key))))
        let page = Caller.page(origin: try Origin("https://login.example.com"))
        var creation = CreationOptions(
            challenge: Array(0..<16),
            rp: PublicKeyCredentialRpEntity(id: "example.com", name: "Example"),
            user: PublicKeyCredentialUserEntity(id: [1], name: "alice", displayName: "Alice"),
            algorithms: [algorithm]
        )
        creation.attestation = .direct
        let made = try await client.register(creation, for: page, Operation(within: .seconds(60)))
        let request = RequestOptions(
            challenge: Array(16..<32),
            rpId: "example.com",
            allowCredentials: [PublicKeyCredentialDescriptor(id: made.response.id)]
        )
        let logins = try await client.authenticate(request, for: page, Operation(within: .seconds(60)))
        let login = try #require(logins.first)
        return Pair(
            registration: made.response,
            login: login.response,
            creation: creation.pendingRequest(origins: ["https://login.example.com"]),
            request: request.pendingRequest(origins: ["https://login.example.com"]),
            record: made.credential
        )
    }

    /// Each byte with one bit changed; of a signature of ML-DSA-65 or ML-DSA-87 every 16th, since those of ML-DSA-44 are all tried.
    private func changes(_ bytes: [UInt8]) -> some Sequence<(index: Int, bytes: [UInt8])> {
        stride(from: 0, to: bytes.count, by: bytes.count > 3000 ? 16 : 1).lazy.map { index in
            var changed = bytes
            changed[index] ^= 1 << (index % 8)
            return (index, changed)
        }
    }

    @Test(arguments: KeySettings().algorithms)
    func `a login with a changed byte is not valid`(algorithm: COSEAlgorithm) async throws {
        let pair = try await Self.pair(algorithm)
        #expect(pair.login.verdict(pair.request, credential: pair.record).isGood)
        func refuses(_ changed: AuthenticationResponse) -> Bool {
            !changed.verdict(pair.request, credential: pair.record).isGood
        }
        var response = pair.login
        for (index, changed) in changes(pair.login.authenticatorData) {
            response.authenticatorData = changed
            #expect(refuses(response), "authenticatorData, byte \(index)")
        }
        response = pair.login
        for (index, changed) in changes(pair.login.signature) {
            response.signature = changed
            #expect(refuses(response), "signature, byte \(index)")
        }
        response = pair.login
        guard case .json(let json) = pair.login.clientData else { return }
        for (index, changed) in changes(json) {
            response.clientData = .json(changed)
            #expect(refuses(response), "clientDataJSON, byte \(index)")
        }
    }

    /// All of the attestation object but the certificate's parts that only its issuer signed.
    @Test(arguments: KeySettings().algorithms)
    func `a registration with a changed signed byte is not valid`(algorithm: COSEAlgorithm) async throws {
        let pair = try await Self.pair(algorithm)
        let good = pair.registration
        let object = try AttestationObject(good.attestationObject)
        #expect(good.verdict(pair.creation, requiresAttestation: true).isGood)
        func refuses(_ changed: RegistrationResponse) -> Bool {
            !changed.verdict(pair.creation, requiresAttestation: true).isGood
        }
        var response = good
        // Without the members that repeat them, so that only the signature notices.
        response.copies = RegistrationResponse.Copies(rawID: good.id)
        let signature = try #require(object.attStmt.map?["sig"]?.bytes)
        for signed in [object.authData.bytes, signature] {
            let place = try #require(good.attestationObject.firstRange(of: signed))
            for (index, changed) in changes(signed) {
                response.attestationObject.replaceSubrange(place, with: changed)
                #expect(refuses(response), "byte \(index)")
            }
            response.attestationObject = good.attestationObject
        }
        guard case .json(let json) = good.clientData else { return }
        for (index, changed) in changes(json) {
            response.clientData = .json(changed)
            #expect(refuses(response), "clientDataJSON, byte \(index)")
        }
    }
}
