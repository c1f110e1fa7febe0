import CTAP2
import Testing
import WebAuthn

/// WebAuthn's signals, and the credentials that they concern.
@Suite struct SignalOptionsTests {
    private static let rpId = "example.com"

    private static func credential(_ id: UInt8, user: UInt8 = 1, name: String? = "al", rpId: String = rpId)
        -> DiscoverableCredential
    {
        DiscoverableCredential(
            // Keys may truncate the stored RP ID: the hash decides.
            rp: StoredRelyingParty(id: String(rpId.prefix(4)), rpIdHash: StoredRelyingParty.hash(of: rpId)),
            user: PublicKeyCredentialUserEntity(id: [user], name: name, displayName: "Al"),
            credential: PublicKeyCredentialDescriptor(id: [id])
        )
    }

    @Test func `an unknown credential is that of the relying party and no other`() throws {
        let signal = try UnknownCredentialOptions(
            json: Array(#"{"rpId":"example.com","credentialId":"Bw","more":1}"#.utf8)
        )
        #expect(signal.isStale(Self.credential(7)))
        #expect(!signal.isStale(Self.credential(8)))
        #expect(!signal.isStale(Self.credential(7, rpId: "example.org")))
    }

    @Test func `what is not accepted is stale for that account alone`() throws {
        let json = #"{"rpId":"example.com","userId":"AQ","allAcceptedCredentialIds":["Bw","CA"]}"#
        let signal = try AllAcceptedCredentialsOptions(json: Array(json.utf8))
        #expect(!signal.isStale(Self.credential(7)))
        #expect(signal.isStale(Self.credential(9)))
        #expect(!signal.isStale(Self.credential(9, user: 2)))
        #expect(!signal.isStale(Self.credential(9, rpId: "example.org")))
    }

    @Test func `details are stale where a name differs from what the key can keep of it`() throws {
        let long = String(repeating: "é", count: 40)
        let json = #"{"rpId":"example.com","userId":"AQ","name":"\#(long)","displayName":"Al"}"#
        let signal = try CurrentUserDetailsOptions(json: Array(json.utf8))
        #expect(signal.user.name == String(repeating: "é", count: 32))
        #expect(signal.isStale(Self.credential(7)))
        #expect(!signal.isStale(Self.credential(7, name: signal.user.name)))
        #expect(!signal.isStale(Self.credential(7, user: 2)))
    }

    @Test(arguments: [
        (#"{"rpId":"example.com"}"#, JSONError.missing(path: "credentialId")),
        (#"{"rpId":"example.com","credentialId":"!"}"#, nil),
        (#"{"rpId":1,"credentialId":"Bw"}"#, .wrongType(path: "rpId")),
        (#"[]"#, .wrongType(path: "")),
    ])
    func `a wrong member is refused by its path`(json: String, error: JSONError?) {
        let thrown = #expect(throws: JSONError.self) { try UnknownCredentialOptions(json: Array(json.utf8)) }
        if let error { #expect(thrown == error) }
    }

    @Test(arguments: [
        ("short", "short"), ("", nil), (String(repeating: "a", count: 65), String(repeating: "a", count: 64)),
        // 👩‍👩‍👧 has 18 bytes and is not split.
        (String(repeating: "👩‍👩‍👧", count: 4), String(repeating: "👩‍👩‍👧", count: 3)),
        ("a" + String(repeating: "\u{301}", count: 99), "a" + String(repeating: "\u{301}", count: 15)),
    ])
    func `a name is cut between characters, to what every key accepts`(name: String, fitting: String?) {
        let user = PublicKeyCredentialUserEntity(id: [1], name: name, displayName: name).withFittingNames
        #expect(user.name == fitting)
        #expect(user.displayName == fitting)
        #expect(user.id == [1])
    }
}
