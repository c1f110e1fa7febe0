/// Lists, deletes and renames a key's discoverable credentials (CTAP 2.3 §6.8).
///
/// Requires a token with the permission `credentialManagement` that is not bound to a relying party, see
/// `OpenKey.credentialManagement()`. A persistent token is enough for listing.
public struct CredentialManagement: Sendable {
    private let session: Session
    private let token: PINUVAuthToken
    private let command: CTAPCommand

    /// `command` is the one that the key supports, see `AuthenticatorInfo.credentialManagementCommand`.
    public init(_ session: Session, command: CTAPCommand, token: PINUVAuthToken) {
        self.session = session
        self.command = command
        self.token = token
    }

    /// The number of stored credentials and the remaining capacity.
    public func count(_ operation: Operation) async throws(SessionError) -> CredentialCount {
        let request = authorized(.getCredsMetadata)
        return try await session.job { exchange throws(SessionError) in
            try CredentialEnumeration.count(request, &exchange, operation)
        }
    }

    /// The relying parties with credentials on the key.
    public func relyingParties(_ operation: Operation) async throws(SessionError) -> [StoredRelyingParty] {
        let request = authorized(.enumerateRPsBegin)
        return try await session.job { exchange throws(SessionError) in
            try CredentialEnumeration.relyingParties(request, &exchange, operation)
        }
    }

    /// The credentials of one relying party.
    public func credentials(
        of rp: StoredRelyingParty,
        _ operation: Operation
    ) async throws(SessionError) -> [DiscoverableCredential] {
        let request = authorized(.enumerateCredentialsBegin) { $0.rpIDHash = rp.rpIdHash }
        return try await session.job { exchange throws(SessionError) in
            var credentials: [DiscoverableCredential] = []
            try CredentialEnumeration.credentials(of: rp, request, &exchange, operation) { credentials.append($0) }
            return credentials
        }
    }

    /// Lists all credentials in one job: one command for each relying party and credential. Reports `progress` in
    /// credentials.
    public func inventory(_ operation: Operation) async throws(SessionError) -> CredentialInventory {
        let metadata = authorized(.getCredsMetadata)
        let first = authorized(.enumerateRPsBegin)
        return try await session.job { exchange throws(SessionError) in
            let count = try CredentialEnumeration.count(metadata, &exchange, operation)
            operation.report(.progress(completed: 0, total: count.existing))
            var credentials: [DiscoverableCredential] = []
            for rp in try CredentialEnumeration.relyingParties(first, &exchange, operation) {
                let request = authorized(.enumerateCredentialsBegin) { $0.rpIDHash = rp.rpIdHash }
                try CredentialEnumeration.credentials(of: rp, request, &exchange, operation) { credential in
                    credentials.append(credential)
                    let total = max(count.existing, credentials.count)
                    operation.report(.progress(completed: credentials.count, total: total))
                }
            }
            return CredentialInventory(count: count, credentials: credentials)
        }
    }

    /// Deletes one credential irrevocably.
    public func delete(
        _ credential: PublicKeyCredentialDescriptor,
        _ operation: Operation
    ) async throws(SessionError) {
        let request = authorized(.deleteCredential) { $0.credentialID = credential }
        _ = try await session.send(request, operation)
        await session.forgetInfo()
    }

    /// Replaces the names of a credential's account. `id` must not change, and a `nil` name is removed.
    ///
    /// Keys from before CTAP 2.1 do not support it.
    public func update(
        _ user: PublicKeyCredentialUserEntity,
        of credential: PublicKeyCredentialDescriptor,
        _ operation: Operation
    ) async throws(SessionError) {
        guard command == .credentialManagement else { throw .refused(.notSupported, command) }
        let request = authorized(.updateUserInformation) { request in
            request.credentialID = credential
            request.user = user
        }
        _ = try await session.send(request, operation)
        await session.forgetInfo()
    }

    private func authorized(
        _ subCommand: CredentialManagementSubCommand,
        _ fill: (inout CredentialManagementRequest) -> Void = { _ in }
    ) -> CredentialManagementRequest {
        var request = CredentialManagementRequest(subCommand, command: command)
        fill(&request)
        request.authorize(with: token)
        return request
    }
}
