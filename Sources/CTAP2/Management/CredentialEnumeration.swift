/// The command sequences that list credentials. Each must run without interruption: any other command ends the
/// enumeration on the key.
enum CredentialEnumeration {
    /// More than any key holds; a larger total is treated as malformed.
    private static let limit = 10_000

    static func count(
        _ request: CredentialManagementRequest,
        _ exchange: inout Exchange,
        _ operation: Operation
    ) throws(SessionError) -> CredentialCount {
        let response = try exchange.send(request, operation)
        guard let existing = response.existingResidentCredentialsCount else {
            throw request.missing("existingResidentCredentialsCount")
        }
        return CredentialCount(
            existing: existing,
            remaining: response.maxPossibleRemainingResidentCredentialsCount ?? 0
        )
    }

    static func relyingParties(
        _ request: CredentialManagementRequest,
        _ exchange: inout Exchange,
        _ operation: Operation
    ) throws(SessionError) -> [StoredRelyingParty] {
        var relyingParties: [StoredRelyingParty] = []
        try all(request, then: .enumerateRPsGetNextRP, total: \.totalRPs, "totalRPs", &exchange, operation) {
            response throws(SessionError) in
            guard let hash = response.rpIDHash ?? response.rpId.map(StoredRelyingParty.hash(of:)) else {
                throw request.missing("rpIDHash")
            }
            relyingParties.append(StoredRelyingParty(id: response.rpId, name: response.rpName, rpIdHash: hash))
        }
        return relyingParties
    }

    static func credentials(
        of rp: StoredRelyingParty,
        _ request: CredentialManagementRequest,
        _ exchange: inout Exchange,
        _ operation: Operation,
        _ take: (DiscoverableCredential) -> Void
    ) throws(SessionError) {
        let next = CredentialManagementSubCommand.enumerateCredentialsGetNextCredential
        try all(request, then: next, total: \.totalCredentials, "totalCredentials", &exchange, operation) {
            response throws(SessionError) in
            guard let user = response.user else { throw request.missing("user") }
            guard let credential = response.credentialID else { throw request.missing("credentialID") }
            take(
                DiscoverableCredential(
                    rp: rp,
                    user: user,
                    credential: credential,
                    publicKey: response.publicKey,
                    credProtect: response.credProtect,
                    largeBlobKey: response.largeBlobKey,
                    thirdPartyPayment: response.thirdPartyPayment
                )
            )
        }
    }

    /// Enumerates one list. Depending on the key, the response for an empty list is NO_CREDENTIALS, a total of 0 or an
    /// empty map. A first response without a total counts as the only element.
    private static func all(
        _ request: CredentialManagementRequest,
        then next: CredentialManagementSubCommand,
        total: KeyPath<CredentialManagementResponse, Int?>,
        _ member: String,
        _ exchange: inout Exchange,
        _ operation: Operation,
        _ take: (CredentialManagementResponse) throws(SessionError) -> Void
    ) throws(SessionError) {
        let first: CredentialManagementResponse
        do throws(SessionError) {
            first = try exchange.send(request, operation)
        } catch {
            guard error.status == .noCredentials else { throw error }
            return
        }
        let count = first[keyPath: total] ?? (first == CredentialManagementResponse() ? 0 : 1)
        guard count <= limit else { throw .malformed(.cbor(.unexpected(member: member)), request.command) }
        guard count > 0 else { return }
        try take(first)
        for _ in 1..<count {
            try take(try exchange.send(CredentialManagementRequest(next, command: request.command), operation))
        }
    }
}

extension CredentialManagementRequest {
    fileprivate func missing(_ member: String) -> SessionError {
        .malformed(.cbor(.missing(member: member)), command)
    }
}
