import CTAP2
import Testing

extension VectorCheck {
    /// Requests and responses of makeCredential and getAssertion, and authenticator data alone.
    static let credentials = [
        VectorCheck(name: "makeCredential request", claims: { $0.file == "make_credential.json" && isRequest($0) }) {
            data,
            expect in
            let sent = try checkRequest(data, expect)
            let ours = try makeCredentialRequest(sent).cbor
            #expect(CBOREncoder.encode(ours) == CBOREncoder.encode(asWeSend(makeCredential: sent)))
        },
        VectorCheck(name: "getAssertion request", claims: { $0.file == "get_assertion.json" && isRequest($0) }) {
            data,
            expect in
            let sent = try checkRequest(data, expect)
            let ours = try getAssertionRequest(sent).cbor
            #expect(CBOREncoder.encode(ours) == CBOREncoder.encode(asWeSend(getAssertion: sent)))
        },
        VectorCheck(name: "makeCredential response", claims: { $0.file == "make_credential.json" && isResponse($0) }) {
            data,
            expect in
            try checkMakeCredentialResponse(try #require(data["responseMap"]?.bytes), expect)
        },
        VectorCheck(name: "getAssertion response", claims: { $0.file == "get_assertion.json" && isResponse($0) }) {
            data,
            expect in
            try checkGetAssertionResponse(try #require(data["responseMap"]?.bytes), expect)
        },
        VectorCheck(
            name: "authenticator data refusal",
            claims: { $0.shape == ["authData"] && $0.expectations == ["reject"] }
        ) { data, expect in
            let bytes = try #require(data["authData"]?.bytes)
            #expect(expect["reject"]?.text != nil)
            #expect(throws: (any Error).self) {
                let parsed = try AuthenticatorData(bytes)
                try parsed.attestedCredentialData?.publicKey.check()
            }
        },
    ]

    private static func isRequest(_ vector: Vector) -> Bool { vector.shape == ["requestMap"] }
    private static func isResponse(_ vector: Vector) -> Bool { vector.shape == ["responseMap"] }

    private static func checkRequest(_ data: KnownAnswer, _ expect: KnownAnswer) throws -> CBORMap {
        let bytes = try #require(data["requestMap"]?.bytes)
        let isCanonical = try #require(expect["canonical"]?.flag as Bool?)
        return try #require(try checkItem(bytes, expect["diag"], isCanonical: isCanonical).map)
    }

    static func checkMakeCredentialResponse(_ bytes: [UInt8], _ expect: KnownAnswer) throws {
        let isCanonical = expect["canonical"]?.flag ?? true
        var members = try #require(try checkItem(bytes, expect["diag"], isCanonical: isCanonical).map)
        let authData = try #require(members[2]?.bytes)
        if let parsed = expect["authDataParsed"] { try checkAuthenticatorData(authData, parsed) }
        if (try? AuthenticatorData(authData)) == nil {
            // Dummy or outdated authenticator data: rejected, but the rest is readable with others.
            #expect(throws: ResponseError.self) { try MakeCredentialResponse(cbor: members) }
            members[2] = .bytes(wellFormedAuthenticatorData)
        }
        let response = try MakeCredentialResponse(cbor: members)
        #expect(response.fmt == members[1]?.text)
        #expect(response.attStmt == members[3] ?? [:])
        #expect(response.epAtt == (members[4] == true))
        #expect(response.largeBlobKey?.bytes == members[5]?.bytes)
        #expect(response.unsignedExtensionOutputs == members[6]?.map ?? [:])
        if let fmt = expect["fmt"] { #expect(fmt.text == response.fmt) }
        if let keys = expect["attStmtKeys"] {
            #expect(response.attStmt.map?.entries.compactMap(\.key.text) == keys.array.compactMap(\.text))
        }
        if let epAtt = expect["epAtt"] { #expect(epAtt.flag == response.epAtt) }
        if let largeBlobKey = expect["largeBlobKey"] { #expect(largeBlobKey.bytes == response.largeBlobKey?.bytes) }
    }

    /// A credential with an unknown key type.
    private static let wellFormedAuthenticatorData =
        [UInt8](repeating: 7, count: 32) + hex("4100000000 00000000000000000000000000000000 0001 01 a3010703262040")

    static func checkGetAssertionResponse(_ bytes: [UInt8], _ expect: KnownAnswer) throws {
        let isCanonical = try #require(expect["canonical"]?.flag as Bool?)
        let members = try #require(try checkItem(bytes, nil, isCanonical: isCanonical).map)
        let numbers = try #require(expect["members"]).array.map(\.number)
        #expect(members.entries.map(\.key.int) == numbers)
        let response = try GetAssertionResponse(cbor: members)
        try checkAuthenticatorData(response.authData.bytes, expect["authDataParsed"])
        #expect(response.signature == expect["signature"]?.bytes)
        let credential = expect["credential"]?.diagnostic?.map
        #expect(response.credential?.id == credential?["id"]?.bytes)
        #expect(response.credential?.type == credential?["type"]?.text)
        let user = expect["user"]?.diagnostic?.map
        #expect(response.user?.id == user?["id"]?.bytes)
        #expect(response.user?.name == user?["name"]?.text)
        #expect(response.user?.displayName == user?["displayName"]?.text)
        #expect(response.numberOfCredentials == expect["numberOfCredentials"]?.number)
        #expect(response.userSelected == expect["userSelected"]?.flag ?? false)
        #expect(response.largeBlobKey?.bytes == expect["largeBlobKey"]?.bytes)
    }
}
