/// The search for a list's credentials on a key, without a touch ("pre-flight", CTAP 2.1 §6.1.2, §6.2.2).
struct Preflight {
    /// The limits of the command that the list is for.
    private var command: CredentialListLimits
    /// The limits of `probe`.
    private var probing: CredentialListLimits
    /// A request without a list.
    private let probe: GetAssertionRequest
    /// The longest ID; `nil` when the key does not say.
    private let maximumIDLength: Int?

    /// `bareRequestSize` is the command's size without its list.
    init(info: AuthenticatorInfo, bareRequestSize: Int, probe: GetAssertionRequest) {
        command = CredentialListLimits(info: info, bareRequestSize: bareRequestSize)
        probing = CredentialListLimits(info: info, bareRequestSize: probe.message.count)
        self.probe = probe
        maximumIDLength = info.maxCredentialIdLength.flatMap { $0 > 0 ? $0 : nil }
    }

    /// The entries that may be this key's: their IDs are not too long, and each fits into a request.
    func plausible(_ list: [PublicKeyCredentialDescriptor]) -> [PublicKeyCredentialDescriptor] {
        list.filter { $0.id.count <= maximumIDLength ?? .max && probing.admit([$0]) }
    }

    /// The same search after the key found `list` too long.
    func lowered(below list: [PublicKeyCredentialDescriptor], because status: StatusCode) -> Preflight {
        var lowered = self
        lowered.command.lower(below: list, because: status)
        lowered.probing.lower(below: list, because: status)
        return lowered
    }

    /// The part of a list of plausible entries that goes into the command: the whole list if it fits, otherwise the one
    /// entry that the key holds, or the last entries, which need no probe since the command itself asks for them.
    /// `nil` if the key rejects probes.
    func part(
        of list: [PublicKeyCredentialDescriptor],
        _ session: Session,
        _ operation: Operation
    ) async throws(SessionError) -> [PublicKeyCredentialDescriptor]? {
        if command.admit(list) { return list }
        return try await search(list, upTo: command, session, operation)
    }

    /// Searches until an entry is found or until `command` admits what is left; `nil` if the key rejects probes.
    func search(
        _ list: [PublicKeyCredentialDescriptor],
        upTo command: CredentialListLimits? = nil,
        _ session: Session,
        _ operation: Operation
    ) async throws(SessionError) -> [PublicKeyCredentialDescriptor]? {
        var limits = probing
        var pieces = limits.pieces(list)[...]
        while let piece = pieces.popFirst() {
            if pieces.isEmpty, let command, command.admit(piece) { return piece }
            switch try await ask(for: piece, session, operation) {
            case .found(let credential): return [credential]
            case .oneOfThem where piece.count == 1: return piece
            case .oneOfThem:
                let middle = piece.count / 2
                pieces = [Array(piece[..<middle]), Array(piece[middle...])]
            case .unknown: break
            case .tooLong(let status):
                guard piece.count > 1 else { break }
                limits.lower(below: piece, because: status)
                pieces = limits.pieces(piece + pieces.joined())[...]
            case .rejected: return nil
            }
        }
        return []
    }

    /// A discoverable credential for the probe's relying party; `nil` if there is none.
    func discoverable(
        _ session: Session,
        _ operation: Operation
    ) async throws(SessionError) -> PublicKeyCredentialDescriptor? {
        switch try await ask(for: [], session, operation) {
        case .found(let credential): return credential
        case .unknown: return nil
        case .oneOfThem, .tooLong, .rejected: throw .status(.unsupportedOption, .getAssertion)
        }
    }

    private enum Answer {
        case found(PublicKeyCredentialDescriptor)
        /// The key holds one of them and does not say which.
        case oneOfThem
        case unknown
        case tooLong(StatusCode)
        /// The key does not answer without a touch.
        case rejected
    }

    private func ask(
        for entries: [PublicKeyCredentialDescriptor],
        _ session: Session,
        _ operation: Operation
    ) async throws(SessionError) -> Answer {
        var request = probe
        request.allowList = entries
        do throws(SessionError) {
            let credential = try await session.send(request, operation).credential
            return credential.map(Answer.found) ?? .oneOfThem
        } catch {
            switch error.status {
            case .noCredentials, .invalidCredential, .pinUVAuthTokenRequired: return .unknown
            case .userPresenceRequired: return .oneOfThem
            case .some(let status) where status.findsListTooLong: return .tooLong(status)
            case .unsupportedOption, .invalidOption: return .rejected
            default: throw error
            }
        }
    }
}

extension Session {
    /// Sends a command with the part of its list that fits into one request (see `Preflight`).
    ///
    /// The command follows in any case, so that what the key holds is not revealed without a touch. A key that rejects
    /// probes gets the whole list; one that finds the list too long gets shorter ones.
    func send<Response: Sendable>(
        with list: [PublicKeyCredentialDescriptor],
        _ preflight: Preflight,
        _ operation: Operation,
        _ command: ([PublicKeyCredentialDescriptor]) async throws(SessionError) -> Response
    ) async throws(SessionError) -> Response {
        let plausible = preflight.plausible(list)
        guard let part = try await preflight.part(of: plausible, self, operation) else {
            return try await command(plausible)
        }
        do throws(SessionError) {
            return try await command(part)
        } catch {
            guard let status = error.status, status.findsListTooLong, part.count > 1 else { throw error }
            let lowered = preflight.lowered(below: part, because: status)
            return try await send(with: part, lowered, operation, command)
        }
    }
}

extension GetAssertionRequest {
    /// Asks whether the key knows a credential, without a touch.
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

extension StatusCode {
    fileprivate var findsListTooLong: Bool { self == .limitExceeded || self == .requestTooLarge }
}
