import CTAP2
import Testing
import WebAuthn

@Suite struct RegistrationVerifyTests {
    let key = HandMadeKey()

    var expected: PendingRequest {
        PendingRequest(content: .webAuthn(challenge: key.challenge, origins: [key.origin]), rpId: key.rpId)
    }

    func response(_ json: String) throws -> RegistrationResponse {
        try RegistrationResponse(json: Array(json.utf8))
    }

    func expect(
        _ error: VerificationError,
        of response: RegistrationResponse,
        _ expected: PendingRequest? = nil,
        algorithms: [COSEAlgorithm] = []
    ) {
        var expected = expected ?? self.expected
        expected.algorithms = algorithms
        #expect(throws: error) { try response.verify(expected) }
    }

    @Test func goodRegistrationGivesTheRecord() throws {
        var expected = expected
        expected.algorithms = [.es256]
        let verified = try response(key.registration()).verify(expected)
        #expect(verified.credential == (try key.record()))
        #expect(verified.attestationType == .selfAttestation)
        #expect(verified.attestation.fmt == "packed")
    }

    @Test func membersThatOnlyRepeatMayBeMissing() throws {
        var response = try response(key.registration())
        response.copies.authenticatorData = nil
        response.copies.publicKey = nil
        response.copies.publicKeyAlgorithm = nil
        _ = try response.verify(expected)
    }

    @Test func requestMustBeTheOneThatWasMade() throws {
        let response = try response(key.registration())
        func expected(
            challenge: [UInt8]? = nil,
            origin: String? = nil,
            rpId: String? = nil
        ) -> PendingRequest {
            PendingRequest(
                content: .webAuthn(challenge: challenge ?? key.challenge, origins: [origin ?? key.origin]),
                rpId: rpId ?? key.rpId
            )
        }
        expect(.challenge, of: response, expected(challenge: key.challenge.dropLast() + [99]))
        expect(
            .origin(expected: ["https://example.com"], found: key.origin),
            of: response,
            expected(origin: "https://example.com")
        )
        expect(.relyingPartyID(expected: "login.example.com"), of: response, expected(rpId: "login.example.com"))
        expect(.ceremony(expected: .create, found: .get), of: try self.response(key.registration(type: "webauthn.get")))
    }

    @Test func flagsAreHeldToTheirMeaning() throws {
        expect(.userPresence, of: try response(key.registration(flags: 0x40)))
        expect(.backupState, of: try response(key.registration(flags: 0x51)))
        expect(
            .attestationObject(.authenticatorData(.missingAttestedCredentialData)),
            of: try response(key.registration(flags: 0x01))
        )
        var demanding = expected
        demanding.requiresUserVerification = true
        expect(.userVerification, of: try response(key.registration()), demanding)
        _ = try response(key.registration(flags: 0x45)).verify(demanding)
    }

    @Test func algorithmMustHaveBeenAskedFor() throws {
        expect(.algorithm(.es256), of: try response(key.registration()), algorithms: [.edDSA, .rs256])
    }

    @Test func otherSitesFramesAreRefusedUnlessAllowed() throws {
        var response = try response(key.registration(format: "none"))
        let json = String(decoding: key.clientDataJSON(type: "webauthn.create"), as: UTF8.self)
            .replacing("false", with: #"true,"topOrigin":"https://evil.example""#)
        response.clientData = .json(Array(json.utf8))
        expect(.crossOrigin(topOrigin: "https://evil.example"), of: response)
        let allowing = PendingRequest.Content.webAuthn(
            challenge: key.challenge,
            origins: [key.origin],
            crossOrigin: .allowed()
        )
        _ = try response.verify(PendingRequest(content: allowing, rpId: key.rpId))
    }

    @Test func repeatedMembersMustSayTheSame() throws {
        let good = try response(key.registration())
        var changed = good
        changed.copies.rawID[0] ^= 1
        expect(.contradiction(member: "rawId"), of: changed)
        changed = good
        changed.copies.publicKey?[40] ^= 1
        expect(.contradiction(member: "response.publicKey"), of: changed)
        changed = good
        changed.copies.authenticatorData?[5] ^= 1
        expect(.contradiction(member: "response.authenticatorData"), of: changed)
        changed = good
        changed.copies.publicKeyAlgorithm = .edDSA
        expect(.contradiction(member: "response.publicKeyAlgorithm"), of: changed)
        changed = good
        changed.id[0] ^= 1
        expect(.credentialID, of: changed)
    }

    @Test func clientDataThatChangedBreaksTheAttestation() throws {
        var response = try response(key.registration())
        response.clientData = .json(key.clientDataJSON(type: "webauthn.create") + [0x20])
        expect(.attestation(format: "packed", .wrongSignature), of: response)
    }

    /// Any changed byte of the attestation object makes the registration invalid or, in the format's name, its
    /// statement unverified.
    @Test func everyByteOfTheAttestationObjectCounts() throws {
        let good = try response(key.registration())
        for index in good.attestationObject.indices {
            for bit: UInt8 in [0x01, 0x80] {
                var changed = good
                changed.attestationObject[index] ^= bit
                guard let verified = try? changed.verify(expected) else { continue }
                let type = verified.attestationType
                #expect(type == .unverified(.format(verified.attestation.fmt)), "byte \(index), bit \(bit)")
                #expect(verified.attestation.fmt != "packed")
            }
        }
    }

    @Test func attestationObjectThatIsCutAnywhereIsRefused() throws {
        let good = try response(key.registration())
        for count in good.attestationObject.indices {
            var cut = good
            cut.attestationObject = Array(good.attestationObject.prefix(count))
            #expect(throws: VerificationError.self) { try cut.verify(expected) }
        }
    }

    @Test func bareHashNeedsNoClientData() throws {
        var response = try response(key.registration())
        let hash = response.clientData.hash
        response.clientData = .hash(hash)
        _ = try response.verify(PendingRequest(content: .clientDataHash(hash), rpId: key.rpId))
        expect(.clientDataHash, of: response)
        let other = PendingRequest(content: .clientDataHash(hash.reversed()), rpId: key.rpId)
        expect(.clientDataHash, of: response, other)
    }
}
