public import CTAPHID

/// CTAP2 with one open key.
///
/// Cancelling the task that waits in one of these functions cancels the command on the key.
public actor Session {
    public nonisolated let connection: Connection
    private var info: AuthenticatorInfo?

    /// Nothing is sent yet.
    public init(_ connection: Connection) {
        self.connection = connection
    }

    /// What the key is and can do; asked once, and again with `refresh`, as is due after every change of a PIN, a
    /// fingerprint or a setting.
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

    /// Runs several commands as one job, for commands that another one in between would end (CTAP 2.1 §6, "stateful
    /// commands").
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

    /// Has the key asked again what it is and can do, since something about it has changed.
    func forgetInfo() {
        info = nil
    }
}
