import CTAP2

/// authenticatorClientPIN (CTAP 2.1 §6.5.5): dispatches the subcommands and implements the short ones.
extension Authenticator {
    func clientPIN(_ request: ClientPINParameters) throws(Refusal) -> CommandStep {
        switch request.subCommand {
        case 0x01 where verification.supportsPIN: return try getPINRetries()
        case 0x02: return try getKeyAgreement(request)
        case 0x03 where verification.supportsPIN: return try setPIN(request)
        case 0x04 where verification.supportsPIN: return try changePIN(request)
        case 0x05 where verification.supportsPIN: return try getPinToken(request)
        case 0x06 where verification.offersTokenPermissions && verification.builtIn != nil:
            return try getTokenUsingUv(request)
        case 0x07 where verification.builtIn != nil: return try getUVRetries()
        case 0x09 where verification.offersTokenPermissions && verification.supportsPIN:
            return try getTokenUsingPin(request)
        default: throw Refusal(.invalidSubcommand)
        }
    }

    var verification: UserVerificationSettings { settings.userVerification }

    private func getPINRetries() throws(Refusal) -> CommandStep {
        var response: CBORMap = [0x03: .int(try store.read().pin?.retries ?? PINState.maximumRetries)]
        // powerCycleState was added in CTAP 2.1.
        if verification.tokensHavePermissions { response[0x04] = .bool(user.needsPowerCycle) }
        return .finished(response)
    }

    private func getUVRetries() throws(Refusal) -> CommandStep {
        .finished([0x05: .int(try uvRetries(in: store.read()))])
    }

    private func getKeyAgreement(_ request: ClientPINParameters) throws(Refusal) -> CommandStep {
        let pinProtocol = try self.pinProtocol(of: request)
        guard let key = user.keyAgreement.publicKey(for: pinProtocol, random: &store.random) else {
            throw Refusal(.other)
        }
        return .finished([0x01: .map(key)])
    }

    /// The protocol of a request, which must be present and supported.
    func pinProtocol(of request: ClientPINParameters) throws(Refusal) -> PINProtocol {
        let pinProtocol = PINProtocol(rawValue: try request.pinProtocol.required())
        guard let pinProtocol, verification.offeredProtocols.contains(pinProtocol) else {
            throw Refusal(.invalidParameter)
        }
        return pinProtocol
    }
}
