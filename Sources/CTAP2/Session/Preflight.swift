/// Splits lists of credentials into pieces that a key takes in one request (CTAP 2.1 §6.4, `maxCredentialCountInList`).
struct CredentialList {
    /// The most entries.
    let maximumCount: Int
    /// The longest ID; `nil` when the key does not say.
    let maximumIDLength: Int?
    /// The most bytes that the entries may take up.
    let maximumByteCount: Int

    /// What fits into a request of this key that without its list is `bareRequestSize` bytes long.
    init(info: AuthenticatorInfo, bareRequestSize: Int) {
        maximumCount = info.credentialsPerList
        maximumIDLength = info.maxCredentialIdLength.flatMap { $0 > 0 ? $0 : nil }
        // The list's own head and the member's key.
        maximumByteCount = info.maxMsgSize - bareRequestSize - 4
    }

    /// The entries that can be this key's: an ID longer than its longest is another key's.
    func plausible(_ entries: [PublicKeyCredentialDescriptor]) -> [PublicKeyCredentialDescriptor] {
        guard let maximumIDLength else { return entries }
        return entries.filter { $0.id.count <= maximumIDLength }
    }

    /// The entries in pieces that fit, in order; an entry that fits nowhere stands alone.
    func pieces(_ entries: [PublicKeyCredentialDescriptor]) -> [[PublicKeyCredentialDescriptor]] {
        var pieces: [[PublicKeyCredentialDescriptor]] = []
        var piece: [PublicKeyCredentialDescriptor] = []
        var byteCount = 0
        for entry in entries {
            let size = CBOREncoder.encode(entry.cbor).count
            if !piece.isEmpty, piece.count >= maximumCount || byteCount + size > maximumByteCount {
                pieces.append(piece)
                piece = []
                byteCount = 0
            }
            piece.append(entry)
            byteCount += size
        }
        return piece.isEmpty ? pieces : pieces + [piece]
    }
}

extension Session {
    /// What of a list goes into the real request: all of it when it fits, else the entry that the key knows, if any.
    ///
    /// What the key holds is not revealed early: the real request follows in any case, so that the key decides when its
    /// user has to touch it. `probe` is a request without a list; a key that refuses to be probed gets the list as it is.
    func fitting(
        _ list: [PublicKeyCredentialDescriptor],
        bareRequestSize: Int,
        probe: GetAssertionRequest,
        info: AuthenticatorInfo,
        _ operation: Operation
    ) async throws(SessionError) -> [PublicKeyCredentialDescriptor] {
        let limits = CredentialList(info: info, bareRequestSize: bareRequestSize)
        let plausible = limits.plausible(list)
        guard limits.pieces(plausible).count > 1 else { return plausible }
        do throws(SessionError) {
            let known = try await firstKnown(of: plausible, probe: probe, info: info, operation)
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
        _ operation: Operation
    ) async throws(SessionError) -> PublicKeyCredentialDescriptor? {
        var pieces = CredentialList(info: info, bareRequestSize: probe.message.count).pieces(list)[...]
        while let piece = pieces.popFirst() {
            var request = probe
            request.allowList = piece
            do throws(SessionError) {
                return try await send(request, operation).credential
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
    /// A proof of user verification covers one hash only; without a proof the hash is all zeros, so that what the key
    /// signs is of no use.
    init(probing rpId: String, clientDataHash: [UInt8], authorization: PINUVAuthorization?) {
        self.init(
            rpId: rpId,
            clientDataHash: authorization == nil ? [UInt8](repeating: 0, count: 32) : clientDataHash,
            options: Options(up: false),
            authorization: authorization
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
