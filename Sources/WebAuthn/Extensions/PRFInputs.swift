internal import CTAP2
internal import Crypto

/// The input of the extension prf (WebAuthn L3 §10.1.4).
struct PRFInputs: Hashable, Sendable {
    private let eval: HMACSecretSalts?
    private let evalByCredential: [[UInt8]: HMACSecretSalts]

    /// The input at a registration, where the credential is not known yet.
    init(registration input: ExtensionInput) throws(ExtensionError) {
        let members = try input.members()
        guard members["evalByCredential"] == nil else {
            throw input.error(.notSupported, "a registration has no evalByCredential")
        }
        eval = try members["eval"]?.prfValues()
        evalByCredential = [:]
    }

    /// The input at a login with one of these credentials.
    init(
        _ input: ExtensionInput,
        allowing credentials: [PublicKeyCredentialDescriptor]
    ) throws(ExtensionError) {
        let members = try input.members()
        let byCredential = try members["evalByCredential"]?.members() ?? [:]
        guard byCredential.isEmpty || !credentials.isEmpty else {
            throw input.error(.notSupported, "evalByCredential requires allowCredentials")
        }
        var evalByCredential: [[UInt8]: HMACSecretSalts] = [:]
        for (name, values) in byCredential {
            guard let id = try? Base64URL.decode(name), credentials.contains(where: { $0.id == id }) else {
                throw input.error(
                    .syntax,
                    "a key of evalByCredential is not the ID of a credential in allowCredentials"
                )
            }
            evalByCredential[id] = try values.prfValues()
        }
        self.evalByCredential = evalByCredential
        eval = try members["eval"]?.prfValues()
    }

    var hasValues: Bool { eval != nil || !evalByCredential.isEmpty }
    var dependsOnCredential: Bool { !evalByCredential.isEmpty }

    /// The salts for a credential; `nil` if it has none.
    func salts(for credential: [UInt8]?) -> HMACSecretSalts? {
        credential.flatMap { evalByCredential[$0] } ?? eval
    }
}

extension ExtensionInput {
    /// AuthenticationExtensionsPRFValues as salts of hmac-secret.
    fileprivate func prfValues() throws(ExtensionError) -> HMACSecretSalts {
        let members = try members()
        guard let first = members["first"] else { throw wrong("an object with first") }
        let salts = HMACSecretSalts(
            Self.prfSalt(try first.bytes()),
            try members["second"].map { second throws(ExtensionError) in Self.prfSalt(try second.bytes()) }
        )
        guard let salts else { throw wrong("values for salts") }
        return salts
    }

    private static func prfSalt(_ input: [UInt8]) -> [UInt8] {
        Array(SHA256.hash(data: Array("WebAuthn PRF".utf8) + [0] + input))
    }
}
