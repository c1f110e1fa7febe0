import CTAP2

/// The commands of CTAP2 (CTAP 2.1 §6) that a key may have.
extension Authenticator {
    struct Command: Sendable {
        var isOffered: @Sendable (KeySettings) -> Bool = { _ in true }
        /// The options of getInfo that announce the command.
        var options: @Sendable (KeySettings, KeyState) -> CBORMap = { _, _ in [:] }
        /// Starts the command with its parameters, which commands without parameters ignore.
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
        .credentialManagement: Command(
            isOffered: { $0.offersCredentialManagement(.standard) },
            options: { settings, _ in settings.credentialManagementOptions() },
            begin: { key, parameters throws(Refusal) in
                try key.credentialManagement(CredentialManagementParameters(RequestMap(parameters: parameters)))
            }
        ),
        .credentialManagementPreview: Command(
            isOffered: { $0.offersCredentialManagement(.preview) },
            options: { _, _ in ["credentialMgmtPreview": true] },
            begin: { key, parameters throws(Refusal) in
                try key.credentialManagement(CredentialManagementParameters(RequestMap(parameters: parameters)))
            }
        ),
        .bioEnrollment: Command(
            isOffered: { $0.offersBioEnrollment(.standard) },
            options: { $0.bioEnrollmentOptions($1) },
            begin: { key, parameters throws(Refusal) in
                try key.bioEnrollment(BioEnrollmentParameters(RequestMap(parameters: parameters)))
            }
        ),
        .bioEnrollmentPreview: Command(
            isOffered: { $0.offersBioEnrollment(.preview) },
            options: { ["userVerificationMgmtPreview": .bool($0.isBuiltInUVConfigured($1))] },
            begin: { key, parameters throws(Refusal) in
                try key.bioEnrollment(BioEnrollmentParameters(RequestMap(parameters: parameters)))
            }
        ),
        .largeBlobs: Command(
            isOffered: { $0.management.largeBlobCapacity != nil },
            options: { _, _ in ["largeBlobs": true] },
            begin: { key, parameters throws(Refusal) in
                try key.largeBlobs(LargeBlobsParameters(RequestMap(parameters: parameters)))
            }
        ),
        .config: Command(
            isOffered: \.offersConfig,
            options: { $0.configOptions($1) },
            begin: { key, parameters throws(Refusal) in
                try key.config(ConfigParameters(RequestMap(parameters: parameters)))
            }
        ),
        .selection: Command(isOffered: { $0.edition >= .ctap21 }) { key, _ throws(Refusal) in key.selection() },
    ]

    /// getInfo's options for the supported commands.
    func commandOptions(in state: KeyState) -> CBORMap {
        var options: CBORMap = [:]
        for command in Self.commands.values where command.isOffered(settings) {
            options.merge(command.options(settings, state))
        }
        return options
    }

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
