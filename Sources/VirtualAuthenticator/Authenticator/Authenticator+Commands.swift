import CTAP2

/// The commands of CTAP2 (CTAP 2.1 §6) that a key may have.
extension Authenticator {
    struct Command: Sendable {
        var isOffered: @Sendable (KeySettings) -> Bool = { _ in true }
        /// Takes the command's parameters, which a command without any does not look at.
        var begin: @Sendable (Authenticator, [UInt8]) throws(Refusal) -> CommandStep
    }

    static let commands: [CTAPCommand: Command] = [
        .makeCredential: Command { key, parameters throws(Refusal) in
            try key.makeCredential(MakeCredentialParameters(RequestMap(parameters: parameters)))
        },
        .getAssertion: Command { key, parameters throws(Refusal) in
            try key.getAssertion(GetAssertionParameters(RequestMap(parameters: parameters)))
        },
        .getNextAssertion: Command { key, _ throws(Refusal) in try key.getNextAssertion() },
        .getInfo: Command { key, _ throws(Refusal) in try key.getInfo() },
        .clientPIN: Command(isOffered: \.userVerification.offersClientPIN) { key, parameters throws(Refusal) in
            try key.clientPIN(ClientPINParameters(RequestMap(parameters: parameters)))
        },
        .reset: Command { key, _ throws(Refusal) in try key.reset() },
        .selection: Command(isOffered: { $0.edition >= .ctap21 }) { key, _ throws(Refusal) in key.selection() },
    ]

    /// The first step of the command in a request.
    func firstStep(of request: [UInt8]) throws(Refusal) -> CommandStep {
        guard let byte = request.first else { throw Refusal(.invalidLength) }
        guard request.count <= maximumMessageSize else { throw Refusal(.requestTooLarge) }
        guard let command = Self.commands[CTAPCommand(rawValue: byte)], command.isOffered(settings) else {
            throw Refusal(.invalidCommand)
        }
        return try command.begin(self, Array(request.dropFirst()))
    }
}
