import CTAP2
import Testing
import WebAuthn

@Suite struct AuthenticationVerifyTests {
    let key = HandMadeKey()

    var expected: PendingRequest {
        PendingRequest(content: .webAuthn(challenge: key.challenge, origins: [key.origin]), rpId: key.rpId)
    }

    func response(_ json: String) throws -> AuthenticationResponse {
        try AuthenticationResponse(json: Array(json.utf8))
    }

    func expect(
        _ error: VerificationError,
        of response: AuthenticationResponse,
        _ expected: PendingRequest? = nil,
        signCount: UInt32 = 7
    ) throws {
        let record = try key.record(signCount: signCount)
        #expect(throws: error) { try response.verify(expected ?? self.expected, credential: record) }
    }

    @Test func goodLoginGivesTheRecordWithTheNewCounter() throws {
        let record = try response(key.login()).verify(expected, credential: key.record())
        #expect(record == (try key.record(signCount: 8)))
    }

    @Test func requestMustBeTheOneThatWasMade() throws {
        let response = try response(key.login())
        try expect(
            .challenge,
            of: response,
            PendingRequest(content: .webAuthn(challenge: [1], origins: [key.origin]), rpId: key.rpId)
        )
        try expect(
            .origin(expected: ["https://example.com"], found: key.origin),
            of: response,
            PendingRequest(
                content: .webAuthn(challenge: key.challenge, origins: ["https://example.com"]),
                rpId: key.rpId
            )
        )
        try expect(
            .relyingPartyID(expected: "example.org"),
            of: response,
            PendingRequest(content: expected.content, rpId: "example.org")
        )
        try expect(
            .ceremony(expected: .get, found: .create),
            of: self.response(key.login(type: "webauthn.create"))
        )
    }

    @Test func credentialMustBeTheRecords() throws {
        var other = key
        other.id = [1]
        try expect(.credentialID, of: response(other.login()))
        var response = try response(key.login())
        response.rawID = [1]
        try expect(.contradiction(member: "rawId"), of: response)
    }

    @Test func flagsAreHeldToTheirMeaning() throws {
        try expect(.userPresence, of: response(key.login(flags: 0)))
        try expect(.backupState, of: response(key.login(flags: 0x11)))
        try expect(.backupState, of: response(key.login(flags: 0x09)))
        var demanding = expected
        demanding.requiresUserVerification = true
        try expect(.userVerification, of: response(key.login()), demanding)
        _ = try response(key.login(flags: 0x05)).verify(demanding, credential: key.record())
    }

    @Test(arguments: [(7, 7), (6, 7), (0, 7)] as [(UInt8, UInt32)])
    func counterMustGoUp(received: UInt8, stored: UInt32) throws {
        try expect(
            .counter(stored: stored, received: UInt32(received)),
            of: response(key.login(signCount: received)),
            signCount: stored
        )
    }

    @Test(arguments: [(1, 0), (8, 7), (255, 7), (0, 0)] as [(UInt8, UInt32)])
    func counterMayJumpOrNotExist(received: UInt8, stored: UInt32) throws {
        _ = try response(key.login(signCount: received)).verify(expected, credential: key.record(signCount: stored))
    }

    @Test func anotherKeysSignatureIsRefused() throws {
        let impostor = HandMadeKey()
        try expect(.signature, of: response(impostor.login()))
    }

    /// Any changed byte of the signed data or of the signature makes the login invalid.
    @Test func everyByteCounts() throws {
        let good = try response(key.login())
        let record = try key.record()
        func refuses(_ changed: AuthenticationResponse, _ what: String) {
            #expect(throws: VerificationError.self, "\(what)") { try changed.verify(expected, credential: record) }
        }
        for index in good.authenticatorData.indices {
            var changed = good
            changed.authenticatorData[index] ^= 0x40
            refuses(changed, "authenticator data, byte \(index)")
        }
        for index in good.signature.indices {
            var changed = good
            changed.signature[index] ^= 0x01
            refuses(changed, "signature, byte \(index)")
        }
        guard case .json(let json) = good.clientData else { return }
        for index in json.indices {
            var changed = good
            var bytes = json
            bytes[index] ^= 0x01
            changed.clientData = .json(bytes)
            refuses(changed, "client data, byte \(index)")
        }
    }

    @Test func authenticatorDataThatIsCutAnywhereIsRefused() throws {
        let good = try response(key.login())
        for count in good.authenticatorData.indices {
            var cut = good
            cut.authenticatorData = Array(good.authenticatorData.prefix(count))
            #expect(throws: VerificationError.self) { try cut.verify(expected, credential: key.record()) }
        }
    }
}
