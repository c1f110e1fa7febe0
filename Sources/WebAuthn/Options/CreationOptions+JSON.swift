internal import CTAP2

extension CreationOptions {
    /// Reads a site's PublicKeyCredentialCreationOptionsJSON, bare or as the member `publicKey` (WebAuthn L3 §5.1.8).
    ///
    /// Ignores unknown members and values where WebAuthn says so. Without `rp.id` the RP ID is the host of `origin`, which
    /// is then required.
    public init(json: [UInt8], from origin: Origin? = nil) throws(JSONError) {
        let document = try JSON.decode(OptionsDocument<Members>.self, from: json)
        let members = document.members
        guard let rpId = members.rp.id ?? origin?.host.text else { throw .missing(path: document.path("rp.id")) }
        self.init(
            challenge: try document.challenge(members.challenge),
            rp: PublicKeyCredentialRpEntity(id: rpId, name: members.rp.name),
            user: try document.user,
            algorithms: try document.algorithms
        )
        excludeCredentials = try document.credentials(members.excludeCredentials, in: "excludeCredentials")
        timeout = try document.timeout(members.timeout)
        hints = PublicKeyCredentialHint.known(members.hints)
        attestation = members.attestation.flatMap(Attestation.init) ?? .none
        attestationFormats = members.attestationFormats ?? []
        extensions = members.extensions ?? ClientExtensionInputs()
        if let selection = members.authenticatorSelection {
            authenticatorAttachment = selection.authenticatorAttachment.flatMap(AuthenticatorAttachment.init)
            residentKey =
                selection.residentKey.flatMap(ResidentKey.init)
                ?? (selection.requireResidentKey == true ? .required : .discouraged)
            userVerification =
                selection.userVerification.flatMap(UserVerificationRequirement.init) ?? .preferred
        }
    }

    fileprivate struct Members: Decodable {
        struct RelyingParty: Decodable {
            var id: String?
            var name: String
        }

        struct User: Decodable {
            var id: OptionBytes
            var name: String
            var displayName: String
        }

        struct Parameters: Decodable {
            var type: String
            var alg: Int
        }

        struct Selection: Decodable {
            var authenticatorAttachment: String?
            var residentKey: String?
            /// Level 1's way to say `residentKey`.
            var requireResidentKey: Bool?
            var userVerification: String?
        }

        var rp: RelyingParty
        var user: User
        var challenge: OptionBytes
        var pubKeyCredParams: [Parameters]
        var timeout: Double?
        var excludeCredentials: [DescriptorMembers]?
        var authenticatorSelection: Selection?
        var hints: [String]?
        var attestation: String?
        var attestationFormats: [String]?
        var extensions: ClientExtensionInputs?
    }
}

extension OptionsDocument<CreationOptions.Members> {
    fileprivate var user: PublicKeyCredentialUserEntity {
        get throws(JSONError) {
            let user = members.user
            guard 1...64 ~= user.id.bytes.count else {
                throw .badValue(path: path("user.id"), reason: "it has \(user.id.bytes.count) bytes, not 1 to 64")
            }
            return PublicKeyCredentialUserEntity(id: user.id.bytes, name: user.name, displayName: user.displayName)
        }
    }

    /// The algorithms for public keys, each once, as keys require; for an empty list those that every client offers then
    /// (WebAuthn L3 §5.1.3 step 10).
    fileprivate var algorithms: [COSEAlgorithm] {
        get throws(JSONError) {
            guard !members.pubKeyCredParams.isEmpty else { return [.es256, .rs256] }
            var algorithms: [COSEAlgorithm] = []
            for parameters in members.pubKeyCredParams where parameters.type == "public-key" {
                let algorithm = COSEAlgorithm(rawValue: parameters.alg)
                if !algorithms.contains(algorithm) { algorithms.append(algorithm) }
            }
            guard !algorithms.isEmpty else {
                throw .unsupported(path: path("pubKeyCredParams"), reason: "none is of the type public-key")
            }
            return algorithms
        }
    }
}
