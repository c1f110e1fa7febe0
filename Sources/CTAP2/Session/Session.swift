public import CTAPHID

/// A CTAP2 session with one open key.
///
/// Makes credentials and logs in also with a key that has only U2F (CTAP1), as far as U2F goes (CTAP 2.3 §10). That is a key
/// whose INIT response lacks CBOR, or that answers CBOR with ERR_INVALID_CMD.
///
/// Cancelling the task that waits in one of these functions cancels the command on the key.
public actor Session {
    public nonisolated let connection: Connection
    private var info: AuthenticatorInfo?
    /// Whether the key has only U2F; `nil` before the first getInfo.
    private(set) var isU2F: Bool?

    /// Nothing is sent yet.
    public init(_ connection: Connection) {
        self.connection = connection
    }

    /// The key's information, cached after the first request. Pass `refresh` after a change of a PIN, a fingerprint or
    /// a setting. For a key that has only U2F it consists of the version `U2F_V2`.
    public func getInfo(
        refresh: Bool = false,
        _ operation: Operation
    ) async throws(SessionError) -> AuthenticatorInfo {
        if let info, !refresh { return info }
        let fresh: AuthenticatorInfo
        do throws(SessionError) {
            fresh = try await send(GetInfoRequest(), operation)
            isU2F = false
        } catch {
            guard case .refused(.noCTAP2, _) = error else { throw error }
            fresh = try await u2fInfo(operation)
            isU2F = true
        }
        info = fresh
        return fresh
    }

    /// Throws `SessionError.Refusal.noCTAP2` for a key that has only U2F, which lacks `command`.
    public func requireCTAP2(for command: CTAPCommand, _ operation: Operation) async throws(SessionError) {
        _ = try await getInfo(operation)
        if isU2F == true { throw .refused(.noCTAP2, command) }
    }

    /// Sends one command and reads its response.
    public func send<Request: CTAPRequest>(
        _ request: Request,
        _ operation: Operation
    ) async throws(SessionError) -> Request.Response {
        try await job { exchange throws(SessionError) in try exchange.send(request, operation) }
    }

    /// Runs several commands as one job, for stateful commands, which any other command in between would end (CTAP 2.1
    /// §6).
    public func job<Result: Sendable>(
        _ body: sending (inout Exchange) throws(SessionError) -> Result
    ) async throws(SessionError) -> Result {
        let maximum = info?.maxMsgSize ?? AuthenticatorInfo.defaultMaxMsgSize
        let isU2F = isU2F
        return try await connection.run { channel throws(SessionError) in
            var exchange = Exchange(channel, maxMsgSize: maximum, isU2F: isU2F)
            let result: Swift.Result<Result, SessionError>
            do throws(SessionError) {
                result = .success(try body(&exchange))
            } catch {
                result = .failure(error)
            }
            channel = exchange.end()
            return try result.get()
        }
    }

    /// Discards the cached information after a change on the key.
    func forgetInfo() {
        info = nil
    }
}
