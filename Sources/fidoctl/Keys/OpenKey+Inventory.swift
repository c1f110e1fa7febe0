import CTAP2
import CTAPHID
import Interaction
import WebAuthn

/// The credentials on a key, and the source of the list.
struct ListedKey: Sendable {
    var inventory: CredentialInventory
    /// The user's own name for the key.
    var ownName: String?
    /// Whether the list was remembered and is still current, so that the key was not asked.
    var isFromMemory = false
}

/// The options for remembering a key.
struct Remembering: Sendable {
    var isWanted: Bool
    var ownName: String?
}

extension OpenKey {
    /// The credentials on the key; verifies the user.
    func inventory() async throws(UserVerificationError) -> CredentialInventory {
        let management = try await credentialManagement()
        return try await perform { () throws(SessionError) in try await management.inventory(operation) }
    }

    /// The credentials on the key: from memory if the key is remembered and unchanged, with the persistent token if it
    /// is remembered, and otherwise with the PIN.
    func listed(_ memory: KeyMemory, _ remembering: Remembering) async throws(UserVerificationError) -> ListedKey {
        let info = try await freshInfo()
        guard let command = info.credentialManagementCommand else {
            throw .session(.refused(.notSupported, .credentialManagement))
        }
        if let known = memory.key(info), let token = known.persistentToken {
            return try await listed(known, remembering.ownName, token, command, info)
        }
        guard remembering.isWanted else { return ListedKey(inventory: try await inventory()) }
        guard info.options.perCredMgmtRO else {
            throw .interaction(Failure(.unsupported, .cannotRemember(KeyName(description).name), hint: .infoHint))
        }
        let token = try await persistentToken()
        // A key may omit its identifier until it has issued a persistent token.
        let renewed = try await freshInfo()
        guard let identifier = token.identifier(in: renewed) else {
            throw .interaction(Failure(.unsupported, .cannotRemember(KeyName(description).name), hint: .infoHint))
        }
        let new = RememberedKey(
            serial: description.device?.serialNumber,
            identifier: Base64URLBytes(identifier),
            token: Base64URLBytes(token.withExposedBytes { bytes in bytes.indices.map { bytes[$0] } }),
            pinUvAuthProtocol: token.pinUvAuthProtocol.rawValue,
            storeState: nil,
            existing: 0,
            remaining: 0,
            credentials: []
        )
        return try await listed(new, remembering.ownName, token, command, renewed)
    }

    private func listed(
        _ known: RememberedKey,
        _ ownName: String?,
        _ token: PINUVAuthToken,
        _ command: CTAPCommand,
        _ info: AuthenticatorInfo
    ) async throws(UserVerificationError) -> ListedKey {
        var known = known
        let state = token.credentialStoreState(in: info).map(Base64URLBytes.init)
        let isUnchanged = state != nil && state == known.storeState
        if !isUnchanged {
            let management = CredentialManagement(session, command: command, token: token)
            known.inventory = try await perform { () throws(SessionError) in try await management.inventory(operation) }
            let after = token.credentialStoreState(in: try await freshInfo()).map(Base64URLBytes.init)
            // If another program changed the credentials meanwhile, the list may be outdated.
            known.storeState = state == after ? state : nil
        }
        known.ownName = ownName ?? known.ownName
        if !isUnchanged || ownName != nil { try remember(known) }
        return ListedKey(inventory: known.inventory, ownName: known.ownName, isFromMemory: isUnchanged)
    }

    private func remember(_ known: RememberedKey) throws(UserVerificationError) {
        try UserVerificationError.during { () throws(Failure) in try KeyMemory.update { $0.put(known) } }
    }

    private func freshInfo() async throws(UserVerificationError) -> AuthenticatorInfo {
        try await perform { () throws(SessionError) in
            let info = try await session.getInfo(refresh: true, operation)
            try await session.requireCTAP2(for: .credentialManagement, operation)
            return info
        }
    }
}
