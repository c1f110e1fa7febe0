import CTAP2

/// authenticatorCredentialManagement (CTAP 2.1 §6.8): dispatches the subcommands and implements those that count or
/// change credentials.
extension Authenticator {
    func credentialManagement(_ request: CredentialManagementParameters) throws(Refusal) -> CommandStep {
        let enumeration = stateful
        stateful = nil
        switch request.subCommand {
        case 0x01: return try getCredsMetadata(request)
        case 0x02: return try enumerateRPs(request)
        case 0x03: return try nextRP(of: enumeration)
        case 0x04: return try enumerateCredentials(request)
        case 0x05: return try nextCredential(of: enumeration)
        case 0x06: return try deleteCredential(request)
        // The preview command lacks it.
        case 0x07 where settings.offersCredentialManagement(.standard):
            return try updateUserInformation(request)
        default: throw Refusal(.invalidSubcommand)
        }
    }

    private func getCredsMetadata(_ request: CredentialManagementParameters) throws(Refusal) -> CommandStep {
        let token = try authorizeReading(request.pinUVAuth, over: [0x01])
        try requireUnbound(token)
        let count = try store.read().credentials.count
        return .finished([0x01: .int(count), 0x02: .int(max(0, settings.discoverableCapacity - count))])
    }

    private func deleteCredential(_ request: CredentialManagementParameters) throws(Refusal) -> CommandStep {
        try requirePINUVAuth(request.pinUVAuth)
        let id = try request.credentialID()
        let token = try authorize(request.pinUVAuth, for: .credentialManagement, over: request.message)
        try store.changeCredentials { state throws(Refusal) in
            state.credentials.remove(at: try place(of: id, in: state.credentials, for: token))
        }
        return .finished(nil)
    }

    /// Removes an absent or empty name.
    private func updateUserInformation(_ request: CredentialManagementParameters) throws(Refusal) -> CommandStep {
        try requirePINUVAuth(request.pinUVAuth)
        let id = try request.credentialID()
        var user = try request.user()
        user.name = user.name.flatMap { $0.isEmpty ? nil : $0 }
        user.displayName = user.displayName.flatMap { $0.isEmpty ? nil : $0 }
        let token = try authorize(request.pinUVAuth, for: .credentialManagement, over: request.message)
        try store.changeCredentials(statusWhenFull: .keyStoreFull) { state throws(Refusal) in
            let place = try place(of: id, in: state.credentials, for: token)
            guard state.credentials[place].user.id == user.id else { throw Refusal(.invalidParameter) }
            state.credentials[place].user = user
        }
        return .finished(nil)
    }

    /// The index of a credential; fails unless the token may change it.
    private func place(
        of id: [UInt8],
        in credentials: [ResidentCredential],
        for token: ManagementToken
    ) throws(Refusal) -> Int {
        guard let place = credentials.firstIndex(where: { $0.id == id }) else { throw Refusal(.noCredentials) }
        guard token.rpId == nil || token.rpId == credentials[place].rpId else { throw Refusal(.pinAuthInvalid) }
        return place
    }
}
