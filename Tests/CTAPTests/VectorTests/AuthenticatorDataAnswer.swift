import CTAP2
import Testing

/// Checks authenticator data against a known answer's `authDataParsed`.
func checkAuthenticatorData(_ bytes: [UInt8], _ answer: KnownAnswer?) throws {
    let answer = try #require(answer)
    let key = answer["cosePublicKey"]?.bytes
    var readable = bytes
    if let key, let notation = answer["coseDiag"]?.diagnostic, notation.map?[1] == nil {
        // A public key from before COSE: rejected, but the rest is readable with another key.
        let error = #expect(throws: AuthenticatorDataError.self) { try AuthenticatorData(bytes) }
        if case .publicKey = error {} else { Issue.record("refused for another reason") }
        let start = try #require(bytes.firstRange(of: key))
        readable.replaceSubrange(start, with: hex("a3010703262040"))
    }
    let data = try AuthenticatorData(readable)
    #expect(data.rpIdHash == answer["rpIdHash"]?.bytes)
    #expect(Int(data.flags.rawValue) == answer["flags"]?.number)
    #expect(Int(data.signCount) == answer["signCount"]?.number)
    let names = try #require(answer["flagNames"]).array.compactMap(\.text)
    #expect(flagNames.filter { data.flags.contains($0.1) }.map(\.0) == names)
    let credential = data.attestedCredentialData
    #expect(credential?.aaguid.bytes == answer["aaguid"]?.bytes)
    #expect(credential?.credentialID == answer["credentialId"]?.bytes)
    if readable == bytes { #expect(credential?.publicKeyBytes == key) }
    if let key, readable == bytes {
        let map = try #require(try VectorCheck.checkItem(key, answer["coseDiag"], isCanonical: true).map)
        #expect(try COSEKey(cbor: map) == credential?.publicKey)
    }
    #expect((data.extensions != nil) == (answer["extensions"] != nil))
    if let extensions = answer["extensions"] {
        #expect(extensions.cborMap == data.extensions)
        #expect(answer["extDiag"]?.diagnostic?.map == data.extensions)
    }
}

private let flagNames: [(String, AuthenticatorDataFlags)] = [
    ("UP", .userPresent), ("UV", .userVerified), ("BE", .backupEligible), ("BS", .backupState),
    ("AT", .attestedCredentialData), ("ED", .extensionData),
]
