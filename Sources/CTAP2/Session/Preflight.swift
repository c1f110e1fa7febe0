/// Splits lists of credentials into pieces that fit into one request (CTAP 2.1 §6.4, `maxCredentialCountInList`).
struct CredentialList {
    /// The maximum number of entries.
    let maximumCount: Int
    /// The longest ID; `nil` when the key does not say.
    let maximumIDLength: Int?
    /// The maximum size of the entries in CBOR.
    let maximumByteCount: Int

    /// The limits of a request to this key that is `bareRequestSize` bytes long without its list.
    init(info: AuthenticatorInfo, bareRequestSize: Int) {
        maximumCount = info.credentialsPerList
        maximumIDLength = info.maxCredentialIdLength.flatMap { $0 > 0 ? $0 : nil }
        // For the list's own head and the member's key.
        maximumByteCount = info.maxMsgSize - bareRequestSize - 4
    }

    /// The entries that may be this key's, whose IDs have a maximum length.
    func plausible(_ entries: [PublicKeyCredentialDescriptor]) -> [PublicKeyCredentialDescriptor] {
        guard let maximumIDLength else { return entries }
        return entries.filter { $0.id.count <= maximumIDLength }
    }

    /// The entries in pieces that fit, in order; an oversized entry forms a piece of its own.
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
    /// The part of a list that goes into the real request: the whole list if it fits, otherwise the entry that the key
    /// knows, if any.
    ///
    /// The real request follows in any case, so that what the key holds is not revealed without a touch. `probe` is a
    /// request without a list; a key that rejects probes gets the whole list.
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

    /// Searches the key for a credential of the list, in as many requests as necessary.
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
    /// The authorization covers one hash only. Without one the hash is all zeros, so that the signature is useless.
    init(probing rpId: String, clientDataHash: [UInt8], authorization: PINUVAuthorization?) {
        self.init(
            rpId: rpId,
            clientDataHash: authorization == nil ? [UInt8](repeating: 0, count: 32) : clientDataHash,
            options: Options(up: false),
            authorization: authorization
        )
    }
}

/// What a status in response to a probe says about the credentials in it.
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
