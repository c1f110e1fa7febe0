import CTAP2

/// hmac-secret-mc (CTAP 2.3 §12.8): hmac-secret with its salts already in makeCredential.
struct HMACSecretMC: KeyExtension {
    let identifier = "hmac-secret-mc"

    private static let base = HMACSecret()

    func takesMakeInput(_ input: CBORValue) -> Bool { input.map != nil }
    func takesAssertInput(_: CBORValue) -> Bool { true }

    /// The secret is that of hmac-secret, which must be requested too.
    func make(_ input: CBORValue, keeping _: inout CBORMap, _ context: ExtensionContext) throws(Refusal) -> CBORValue? {
        guard let secret = context.keptBefore[.text(Self.base.identifier)]?.map else {
            throw Refusal(.missingParameter)
        }
        return try Self.base.assert(input, with: secret, context)
    }

    func assert(_: CBORValue, with _: CBORMap, _: ExtensionContext) -> CBORValue? { nil }
}
