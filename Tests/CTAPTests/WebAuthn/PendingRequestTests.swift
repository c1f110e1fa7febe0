import CTAP2
import Testing
@testable import WebAuthn

/// What a relying party may know about a request, and a credential.
@Suite struct PendingRequestTests {
    let key = HandMadeKey()

    private func login(_ key: HandMadeKey) throws -> AuthenticationResponse {
        try AuthenticationResponse(json: Array(key.login().utf8))
    }

    private func outcome(_ name: VerificationCheck.Name, _ verdict: Verdict) -> VerificationCheck.Outcome? {
        verdict.checks.first { $0.name == name }?.outcome
    }

    private func request(origins: [String], _ policy: PendingRequest.CrossOriginPolicy = .refused) -> PendingRequest {
        PendingRequest(
            content: .webAuthn(challenge: key.challenge, origins: origins, crossOrigin: policy),
            rpId: key.rpId
        )
    }

    // MARK: - Origins

    @Test(arguments: [
        "https://login.example.com", "android:apk-key-hash:-sYXRdwJA3hvue3mKpYrOZ9zSPC7b4mbgzJmdZEDO5w",
        "ios:bundle-id:com.example.app", "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
        "moz-extension://0d4ff3a1-2f2e-4b7e-9d0c-3f4a1b2c3d4e",
    ])
    func `an origin is one of those that are expected, to the letter`(origin: String) throws {
        var other = key
        other.origin = origin
        let response = try login(other)
        let record = try key.record()
        let others = ["https://www.example.com", "android:apk-key-hash:other"]
        #expect(response.verdict(request(origins: others + [origin]), credential: record).isGood)
        for wrong in [others, [origin.uppercased()], [origin + "/"], [String(origin.dropLast())]] {
            let verdict = response.verdict(request(origins: wrong), credential: record)
            #expect(outcome(.origin, verdict) == .failed(.origin(expected: wrong, found: origin)))
        }
    }

    // MARK: - Frames

    private func framed(top: String?) throws -> AuthenticationResponse {
        var response = try login(key)
        let json = String(decoding: key.clientDataJSON(type: "webauthn.get"), as: UTF8.self)
        let member = top.map { #","topOrigin":"\#($0)""# } ?? ""
        response.clientData = .json(Array(json.replacing("false", with: "true" + member).utf8))
        return response
    }

    @Test func `a frame is refused unless it is allowed in the page around it`() throws {
        let record = try key.record()
        func verdict(_ top: String?, _ policy: PendingRequest.CrossOriginPolicy) throws -> Verdict {
            try framed(top: top).verdict(request(origins: [key.origin], policy), credential: record)
        }
        let shop = "https://shop.example"
        for top in [nil, shop] {
            let refused = try verdict(top, .refused)
            #expect(outcome(.crossOrigin, refused) == .failed(.crossOrigin(topOrigin: top)))
            let any = try verdict(top, .allowed())
            #expect(outcome(.crossOrigin, any) == .passed)
            #expect(outcome(.topOrigin, any) == .notMade(.notAsked))
        }
        #expect(outcome(.topOrigin, try verdict(shop, .allowed(topOrigins: ["https://a.example", shop]))) == .passed)
        for (top, expected) in [(shop, "https://a.example"), (nil, shop)] {
            let wrong = try verdict(top, .allowed(topOrigins: [expected]))
            #expect(outcome(.topOrigin, wrong) == .failed(.topOrigin(expected: [expected], found: top)))
        }
    }

    @Test func `a page that is no frame is good where frames are allowed`() throws {
        let policy = PendingRequest.CrossOriginPolicy.allowed(topOrigins: ["https://shop.example"])
        let verdict = try login(key).verdict(request(origins: [key.origin], policy), credential: key.record())
        #expect(verdict.isGood)
    }

    // MARK: - Options

    @Test func `options say what a registration must hold`() throws {
        var options = CreationOptions(
            challenge: key.challenge,
            rp: PublicKeyCredentialRpEntity(id: key.rpId, name: "Example"),
            user: PublicKeyCredentialUserEntity(id: [1], name: "a", displayName: "A"),
            algorithms: [.mlDSA65, .es256]
        )
        func verdict() throws -> Verdict {
            let response = try RegistrationResponse(json: Array(key.registration().utf8))
            return response.verdict(options.pendingRequest(origins: [key.origin]))
        }
        #expect(outcome(.algorithm, try verdict()) == .passed)
        #expect(try verdict().isGood)
        options.algorithms = [.mlDSA65]
        #expect(outcome(.algorithm, try verdict()) == .failed(.algorithm(.es256)))
        options.userVerification = .required
        #expect(outcome(.userVerified, try verdict()) == .failed(.userVerification))
        options.rp.id = "example.org"
        #expect(outcome(.rpIdHash, try verdict()) == .failed(.relyingPartyID(expected: "example.org")))
        options.challenge = [1]
        #expect(outcome(.challenge, try verdict()) == .failed(.challenge))
    }

    @Test func `options say which credentials may log in`() throws {
        func verdict(_ allowed: [[UInt8]]) throws -> Verdict {
            let options = RequestOptions(
                challenge: key.challenge,
                rpId: key.rpId,
                allowCredentials: allowed.map { PublicKeyCredentialDescriptor(id: $0) }
            )
            return try login(key).verdict(options.pendingRequest(origins: [key.origin]), credential: key.record())
        }
        #expect(outcome(.allowCredentials, try verdict([])) == .notMade(.notAsked))
        #expect(outcome(.allowCredentials, try verdict([[1], key.id])) == .passed)
        #expect(outcome(.allowCredentials, try verdict([[1], key.id + [0]])) == .failed(.notAllowed))
        #expect(try !verdict([[1]]).isGood)
    }

    // MARK: - A public key alone

    @Test func `with a public key alone the other checks are not made, and the signature is`() throws {
        let publicKey = try key.record().publicKey
        let request = request(origins: [key.origin])
        let verdict = try login(key).verdict(request, publicKey: publicKey)
        for name in [VerificationCheck.Name.credentialId, .backupState, .signCount] {
            #expect(outcome(name, verdict) == .notMade(.notAsked), "\(name)")
        }
        #expect(outcome(.signature, verdict) == .passed)
        #expect(verdict.credential == (try key.record(signCount: 8)))
        let known = try login(key).verdict(request, publicKey: publicKey, id: key.id, signCount: 8)
        #expect(outcome(.credentialId, known) == .passed)
        #expect(outcome(.signCount, known) == .failed(.counter(stored: 8, received: 8)))
        let other = try login(HandMadeKey()).verdict(request, publicKey: publicKey)
        #expect(outcome(.signature, other) == .failed(.signature))
    }

    @Test func `backup flags that contradict each other fail without a registration too`() throws {
        let response = try AuthenticationResponse(json: Array(key.login(flags: 0x11).utf8))
        let verdict = response.verdict(request(origins: [key.origin]), publicKey: try key.record().publicKey)
        #expect(outcome(.backupState, verdict) == .failed(.backupState))
    }

    @Test func `a login under RS1 is a failed check, not an unknown algorithm`() throws {
        let rs1 = COSEKey(algorithm: .rs1, material: .rsa(n: [UInt8](repeating: 0xFF, count: 256), e: [1, 0, 1]))
        let verdict = try login(key).verdict(request(origins: [key.origin]), publicKey: rs1)
        #expect(outcome(.signature, verdict) == .failed(.publicKey(.insecure(.rs1))))
        let registration = key.registration(format: "none", coseKey: CBOREncoder.encode(try #require(rs1.cbor))) { _ in
            [:]
        }
        let made = registration.verdict(request(origins: [key.origin]))
        #expect(outcome(.publicKey, made) == .failed(.publicKey(.insecure(.rs1))))
    }
}
