import CTAP2
import Testing

/// Authenticator data with every possible member: a credential and two extension outputs.
private let complete = hex(
    """
    a379a6f6eeafb9a55e378c118034e2751e682fab9f2d30ab13d2125586ce1947 c5 00000007
    00112233445566778899aabbccddeeff 0002 7f3a
    a5010203262001215820b7f39736d981ce0f3e26ed72db4503c4fb906a8e7f7931cb955c292cbfd84c5a
    225820ee4490cf9970a2ea0e08c7869d2c72dd84583683c933b2de64c4b2183db64594
    a26b6372656450726f74656374026b686d61632d736563726574f5
    """
)

@Suite("Authenticator data")
struct AuthenticatorDataTests {
    @Test("every member is read, and the public key's bytes are kept as they stand")
    func members() throws {
        let data = try AuthenticatorData(complete)
        #expect(data.rpIdHash == Array(complete[..<32]))
        #expect(data.flags == [.userPresent, .userVerified, .attestedCredentialData, .extensionData])
        #expect(data.signCount == 7)
        let credential = try #require(data.attestedCredentialData)
        #expect(credential.aaguid.description == "00112233-4455-6677-8899-aabbccddeeff")
        #expect(credential.credentialID == [0x7F, 0x3A])
        #expect(credential.publicKeyBytes == Array(complete[57..<134]))
        #expect(credential.publicKey.algorithm == .es256)
        #expect(data.extensions == ["credProtect": 2, "hmac-secret": true])
        #expect(data.bytes == complete)
    }

    @Test("cut at any byte it is refused", arguments: 0..<complete.count)
    func cut(length: Int) {
        #expect(throws: AuthenticatorDataError.self) { try AuthenticatorData(Array(complete[..<length])) }
    }

    @Test("a byte after the last member is refused")
    func trailing() {
        #expect(throws: AuthenticatorDataError.trailing(offset: complete.count)) {
            try AuthenticatorData(complete + [0])
        }
    }

    @Test("extensions are read if and only if the flag says so")
    func extensionFlag() throws {
        let bare = Array(complete[..<32]) + [0x01, 0, 0, 0, 1]
        #expect(try AuthenticatorData(bare).extensions == nil)
        #expect(throws: AuthenticatorDataError.trailing(offset: 37)) { try AuthenticatorData(bare + [0xA0]) }
        var flagged = bare
        flagged[32] = 0x81
        #expect(throws: AuthenticatorDataError.truncated(member: "extensions")) { try AuthenticatorData(flagged) }
        #expect(try AuthenticatorData(flagged + [0xA0]).extensions == [:])
        #expect(throws: AuthenticatorDataError.extensions(.unexpected(member: "extensions"))) {
            try AuthenticatorData(flagged + [0x01])
        }
    }

    @Test("credential IDs have 1 to 1023 bytes", arguments: [0, 1, 1023, 1024])
    func credentialIDLength(_ length: Int) throws {
        let id = [UInt8](repeating: 7, count: length)
        var bytes = Array(complete[..<53]) + [UInt8(length >> 8), UInt8(length & 0xFF)] + id
        bytes += complete[57...]
        switch length {
        case 0: #expect(throws: AuthenticatorDataError.credentialIDEmpty) { try AuthenticatorData(bytes) }
        case 1024:
            #expect(throws: AuthenticatorDataError.credentialIDTooLong(byteCount: 1024)) {
                try AuthenticatorData(bytes)
            }
        default: #expect(try AuthenticatorData(bytes).attestedCredentialData?.credentialID == id)
        }
    }

    @Test("a credential public key that is not canonical is refused, for relying parties store its bytes")
    func unsortedPublicKey() {
        var bytes = complete
        bytes.replaceSubrange(57..<62, with: [0xA5, 0x03, 0x26, 0x01, 0x02])
        #expect(throws: AuthenticatorDataError.publicKey(.unsortedKeys(offset: 60))) { try AuthenticatorData(bytes) }
    }

    @Test("a key type that this library does not know is kept")
    func unknownKeyType() throws {
        let key = hex("a3 0109 03382f 2042aabb")
        let bytes = Array(complete[..<32]) + [0x41, 0, 0, 0, 1] + Array(complete[37..<57]) + key
        let credential = try #require(try AuthenticatorData(bytes).attestedCredentialData)
        #expect(credential.publicKey.material == .unknown(keyType: 9))
        #expect(credential.publicKeyBytes == key)
    }
}
