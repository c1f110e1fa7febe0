internal import CTAP2

extension RequestOptions {
    /// Reads a site's PublicKeyCredentialRequestOptionsJSON, bare or as the member `publicKey` (WebAuthn L3 §5.1.9).
    ///
    /// Ignores unknown members and values where WebAuthn says so. Without `rpId` the RP ID is the host of `origin`, which is
    /// then required.
    public init(json: [UInt8], from origin: Origin? = nil) throws(JSONError) {
        let document = try JSON.decode(OptionsDocument<Members>.self, from: json)
        let members = document.members
        guard let rpId = members.rpId ?? origin?.host.text else { throw .missing(path: document.path("rpId")) }
        self.init(
            challenge: try document.challenge(members.challenge),
            rpId: rpId,
            allowCredentials: try document.credentials(members.allowCredentials, in: "allowCredentials"),
            userVerification: members.userVerification.flatMap(UserVerificationRequirement.init) ?? .preferred
        )
        if allowCredentials.isEmpty, members.allowCredentials?.isEmpty == false {
            // An empty list would allow any credential (WebAuthn L3 §5.8.3).
            throw .unsupported(path: document.path("allowCredentials"), reason: "none is of the type public-key")
        }
        timeout = try document.timeout(members.timeout)
        hints = PublicKeyCredentialHint.known(members.hints)
        extensions = members.extensions ?? ClientExtensionInputs()
    }

    private struct Members: Decodable {
        var challenge: OptionBytes
        var timeout: Double?
        var rpId: String?
        var allowCredentials: [DescriptorMembers]?
        var userVerification: String?
        var hints: [String]?
        var extensions: ClientExtensionInputs?
    }
}
