extension AuthenticationResponse {
    /// Reads the result of a browser's `toJSON()`, or this type's own encoding.
    public init(json: [UInt8]) throws(JSONError) {
        let members = try JSON.decode(AuthenticationResponseJSON.self, from: json)
        let response = members.response
        self.init(
            id: members.id.bytes,
            rawID: members.rawId.bytes,
            clientData: try SignedClientData(json: response.clientDataJSON, hash: response.clientDataHash),
            clientDataHash: response.clientDataJSON == nil ? nil : response.clientDataHash?.bytes,
            authenticatorData: response.authenticatorData.bytes,
            signature: response.signature.bytes,
            userHandle: response.userHandle.flatMap { $0.bytes.isEmpty ? nil : $0.bytes },
            authenticatorAttachment: members.authenticatorAttachment?.value,
            clientExtensionResults: members.clientExtensionResults ?? ClientExtensionOutputs()
        )
        try checkCredentialType(members.type)
    }
}

extension AuthenticationResponse: Encodable {
    /// An AuthenticationResponseJSON; with a bare hash in place of client data, `response.clientDataHash` stands for
    /// `response.clientDataJSON`.
    public func encode(to encoder: any Encoder) throws {
        let members = AuthenticationResponseJSON(
            id: Base64URLBytes(id),
            rawId: Base64URLBytes(rawID),
            response: AuthenticationResponseJSON.Response(
                clientDataJSON: clientData.jsonMember,
                clientDataHash: clientData.hashMember ?? clientDataHash.map(Base64URLBytes.init),
                authenticatorData: Base64URLBytes(authenticatorData),
                signature: Base64URLBytes(signature),
                userHandle: userHandle.map(Base64URLBytes.init)
            ),
            authenticatorAttachment: authenticatorAttachment.map(Lenient.init),
            clientExtensionResults: clientExtensionResults,
            type: publicKeyType
        )
        try members.encode(to: encoder)
    }
}

private struct AuthenticationResponseJSON: Codable {
    struct Response: Codable {
        var clientDataJSON: Base64URLBytes?
        var clientDataHash: Base64URLBytes?
        var authenticatorData: Base64URLBytes
        var signature: Base64URLBytes
        var userHandle: Base64URLBytes?
    }

    var id: Base64URLBytes
    var rawId: Base64URLBytes
    var response: Response
    var authenticatorAttachment: Lenient<String>?
    var clientExtensionResults: ClientExtensionOutputs?
    var type: String
}
