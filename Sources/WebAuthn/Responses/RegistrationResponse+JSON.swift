internal import CTAP2

extension RegistrationResponse {
    /// Reads the result of a browser's `toJSON()`, or this type's own encoding.
    public init(json: [UInt8]) throws(JSONError) {
        let members = try JSON.decode(RegistrationResponseJSON.self, from: json)
        let response = members.response
        self.init(
            id: members.id.bytes,
            clientData: try SignedClientData(json: response.clientDataJSON, hash: response.clientDataHash),
            attestationObject: response.attestationObject.bytes,
            transports: response.transports?.value ?? [],
            authenticatorAttachment: members.authenticatorAttachment?.value,
            clientExtensionResults: members.clientExtensionResults ?? ClientExtensionOutputs(),
            copies: Copies(
                rawID: members.rawId.bytes,
                clientDataHash: response.clientDataJSON == nil ? nil : response.clientDataHash?.bytes,
                authenticatorData: response.authenticatorData?.bytes,
                publicKey: response.publicKey?.bytes,
                publicKeyAlgorithm: response.publicKeyAlgorithm.map(COSEAlgorithm.init(rawValue:))
            )
        )
        try checkCredentialType(members.type)
    }
}

extension RegistrationResponse: Encodable {
    /// A RegistrationResponseJSON; with a bare hash in place of client data, `response.clientDataHash` stands for
    /// `response.clientDataJSON`.
    public func encode(to encoder: any Encoder) throws {
        let members = RegistrationResponseJSON(
            id: Base64URLBytes(id),
            rawId: Base64URLBytes(copies.rawID),
            response: RegistrationResponseJSON.Response(
                clientDataJSON: clientData.jsonMember,
                clientDataHash: clientData.hashMember ?? copies.clientDataHash.map(Base64URLBytes.init),
                attestationObject: Base64URLBytes(attestationObject),
                authenticatorData: copies.authenticatorData.map(Base64URLBytes.init),
                transports: Lenient(transports),
                publicKey: copies.publicKey.map(Base64URLBytes.init),
                publicKeyAlgorithm: copies.publicKeyAlgorithm?.rawValue
            ),
            authenticatorAttachment: authenticatorAttachment.map(Lenient.init),
            clientExtensionResults: clientExtensionResults,
            type: publicKeyType
        )
        try members.encode(to: encoder)
    }
}

private struct RegistrationResponseJSON: Codable {
    struct Response: Codable {
        var clientDataJSON: Base64URLBytes?
        var clientDataHash: Base64URLBytes?
        var attestationObject: Base64URLBytes
        var authenticatorData: Base64URLBytes?
        var transports: Lenient<[String]>?
        var publicKey: Base64URLBytes?
        var publicKeyAlgorithm: Int?
    }

    var id: Base64URLBytes
    var rawId: Base64URLBytes
    var response: Response
    var authenticatorAttachment: Lenient<String>?
    var clientExtensionResults: ClientExtensionOutputs?
    var type: String
}
