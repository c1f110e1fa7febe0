import CTAP2

/// Commands by their byte (CTAP 2.1 §6).
extension Authenticator {
    /// The first step of the command in a request; parameters of commands that take none are not looked at.
    func firstStep(of request: [UInt8]) throws(Refusal) -> CommandStep {
        guard let command = request.first else { throw Refusal(.invalidLength) }
        guard request.count <= maximumMessageSize else { throw Refusal(.requestTooLarge) }
        let parameters = Array(request.dropFirst())
        if command != 0x08 { remembered = nil }
        switch command {
        case 0x01: return try makeCredential(MakeCredentialParameters(RequestMap(parameters: parameters)))
        case 0x02: return try getAssertion(GetAssertionParameters(RequestMap(parameters: parameters)))
        case 0x04: return try getInfo()
        case 0x06 where verification.offersClientPIN:
            return try clientPIN(ClientPINParameters(RequestMap(parameters: parameters)))
        case 0x07: return try reset()
        case 0x08: return try getNextAssertion()
        case 0x0B: return selection()
        default: throw Refusal(.invalidCommand)
        }
    }
}
