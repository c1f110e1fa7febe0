public import CTAPHID

/// A CTAP2 session with one open key.
///
/// Cancelling the task that waits in one of these functions cancels the command on the key.
public actor Session {
    public nonisolated let connection: Connection
    private var info: AuthenticatorInfo?

    /// Nothing is sent yet.
    public init(_ connection: Connection) {
        self.connection = connection
    }

    /// The key's information, cached after the first request. Pass `refresh` after a change of a PIN, a fingerprint or
    /// a setting.
    public func getInfo(
        refresh: Bool = false,
        _ operation: Operation
    ) async throws(SessionError) -> AuthenticatorInfo {
        if let info, !refresh { return info }
        let fresh = try await send(GetInfoRequest(), operation)
        info = fresh
        return fresh
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
        return try await connection.run { channel throws(SessionError) in
            var exchange = Exchange(channel, maxMsgSize: maximum)
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
