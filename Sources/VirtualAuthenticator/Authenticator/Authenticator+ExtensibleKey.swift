import CTAP2

extension Authenticator: ExtensibleKey {
    var random: any RandomNumberGenerator {
        get { store.random }
        set { store.random = newValue }
    }

    func minimumPINLength(for rpId: String) throws(Refusal) -> Int? {
        try pinPolicy(for: rpId)?.minimumLength
    }

    func requiresPINComplexity(for rpId: String) throws(Refusal) -> Bool? {
        try pinPolicy(for: rpId)?.requiresComplexity
    }

    private func pinPolicy(for rpId: String) throws(Refusal) -> PINPolicy? {
        let state = try store.read()
        return state.configuration.minPinLengthRPIDs.contains(rpId) ? pinPolicy(state) : nil
    }

    func sharedSecret(with platformKey: CBORMap, for protocolNumber: UInt64?) throws(Refusal) -> PINSharedSecret {
        let pinProtocol = PINProtocol(rawValue: protocolNumber ?? PINProtocol.one.rawValue)
        guard let pinProtocol, verification.offeredProtocols.contains(pinProtocol) else {
            throw Refusal(protocolNumber == nil ? .pinAuthInvalid : .invalidParameter)
        }
        return try sharedSecret(with: platformKey, for: pinProtocol)
    }
}
