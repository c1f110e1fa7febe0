import CTAPHID

extension Session {
    /// What of a list goes into the real request: all of it when it fits, else the entry that the key knows, if any.
    ///
    /// Nobody is told early what the key knows: the real request follows in any case, so that the key decides when its
    /// user has to touch it. `probe` is a request without a list; a key that does not let itself be probed gets the list
    /// as it is.
    func fitting(
        _ list: [PublicKeyCredentialDescriptor],
        bareRequestSize: Int,
        probe: GetAssertionRequest,
        info: AuthenticatorInfo,
        by deadline: Deadline,
        onKeepalive: @escaping @Sendable (KeepaliveStatus) -> Void
    ) async throws(SessionError) -> [PublicKeyCredentialDescriptor] {
        let limits = CredentialList(info: info, bareRequestSize: bareRequestSize)
        let plausible = limits.plausible(list)
        guard limits.pieces(plausible).count > 1 else { return plausible }
        do throws(SessionError) {
            let known = try await firstKnown(
                of: plausible,
                probe: probe,
                info: info,
                by: deadline,
                onKeepalive: onKeepalive
            )
            return known.map { [$0] } ?? []
        } catch {
            guard error.status == .unsupportedOption || error.status == .invalidOption else { throw error }
            return plausible
        }
    }

    /// Looks for a credential of the list on the key, in as many requests as that takes.
    private func firstKnown(
        of list: [PublicKeyCredentialDescriptor],
        probe: GetAssertionRequest,
        info: AuthenticatorInfo,
        by deadline: Deadline,
        onKeepalive: @escaping @Sendable (KeepaliveStatus) -> Void
    ) async throws(SessionError) -> PublicKeyCredentialDescriptor? {
        let bareSize = CTAPCommand.getAssertion.message(probe.cbor).count
        var pieces = CredentialList(info: info, bareRequestSize: bareSize).pieces(list)[...]
        while let piece = pieces.popFirst() {
            var request = probe
            request.allowList = piece
            do throws(SessionError) {
                let members = try await send(.getAssertion, request.cbor, by: deadline, onKeepalive: onKeepalive)
                return try GetAssertionResponse(members, to: request, command: .getAssertion).credential
            } catch {
                guard let status = error.status, let verdict = PreflightVerdict(status) else { throw error }
                switch verdict {
                case .unknown: break
                case .known where piece.count == 1: return piece.first
                case .known, .tooMany:
                    guard piece.count > 1 else { break }
                    let middle = piece.count / 2
                    pieces = [Array(piece[..<middle]), Array(piece[middle...])] + pieces
                }
            }
        }
        return nil
    }
}

extension GetAssertionRequest {
    /// Asks whether the key knows a credential, without a touch ("pre-flight").
    ///
    /// A proof of the user's verification is only good for the hash that it was made for; without one the hash is all
    /// zeros, so that what the key signs is good for nothing.
    init(probing rpId: String, clientDataHash: [UInt8], pinUvAuthParam: [UInt8]?, pinUvAuthProtocol: Int?) {
        self.init(
            rpId: rpId,
            clientDataHash: pinUvAuthParam == nil ? [UInt8](repeating: 0, count: 32) : clientDataHash,
            options: Options(up: false),
            pinUvAuthParam: pinUvAuthParam,
            pinUvAuthProtocol: pinUvAuthProtocol
        )
    }
}

/// What a key's refusal of a probe says about the credentials that it was asked for.
private enum PreflightVerdict {
    case unknown
    case known
    case tooMany

    /// `nil` for a status that says nothing about credentials.
    init?(_ status: StatusCode) {
        switch status {
        case .noCredentials, .invalidCredential, .pinUVAuthTokenRequired: self = .unknown
        case .userPresenceRequired: self = .known
        case .limitExceeded, .requestTooLarge: self = .tooMany
        default: return nil
        }
    }
}
