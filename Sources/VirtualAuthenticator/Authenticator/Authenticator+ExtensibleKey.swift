import CTAP2

extension Authenticator: ExtensibleKey {
    var random: any RandomNumberGenerator {
        get { store.random }
        set { store.random = newValue }
    }

    func minimumPINLength(toldTo rpId: String) throws(Refusal) -> Int? {
        let state = try store.read()
        guard state.configuration.minPinLengthRPIDs.contains(rpId) else { return nil }
        return pinPolicy(state).minimumLength
    }

    func sharedSecret(with platformKey: CBORMap, for protocolNumber: UInt64?) throws(Refusal) -> PINSharedSecret {
        let pinProtocol = PINProtocol(rawValue: protocolNumber ?? PINProtocol.one.rawValue)
        guard let pinProtocol, verification.offeredProtocols.contains(pinProtocol) else {
            throw Refusal(protocolNumber == nil ? .pinAuthInvalid : .invalidParameter)
        }
        return try sharedSecret(with: platformKey, for: pinProtocol)
    }
}
