public import CTAPHID

/// CTAP2 with one open key.
///
/// A command that waits for its user calls `onKeepalive` with what the key says meanwhile. Cancelling the task that
/// waits cancels the command on the key.
public actor Session {
    public nonisolated let connection: Connection
    private var info: AuthenticatorInfo?

    /// Nothing is sent yet.
    public init(_ connection: Connection) {
        self.connection = connection
    }

    /// What the key is and can do; asked once, and again with `refresh`, as is due after every change of a PIN, a
    /// fingerprint or a setting.
    public func getInfo(refresh: Bool = false, by deadline: Deadline) async throws(SessionError) -> AuthenticatorInfo {
        if let info, !refresh { return info }
        let members = try await send(.getInfo, by: deadline)
        do throws(CBORError) {
            let fresh = try AuthenticatorInfo(cbor: members)
            info = fresh
            return fresh
        } catch {
            throw .malformed(.cbor(error), .getInfo)
        }
    }

    /// Sends any command; returns the members of its response, none when it has no body.
    public func send(
        _ command: CTAPCommand,
        _ parameters: CBORMap? = nil,
        by deadline: Deadline,
        onKeepalive: @escaping @Sendable (KeepaliveStatus) -> Void = { _ in }
    ) async throws(SessionError) -> CBORMap {
        let maximum = maxMsgSize
        return try await connection.run { channel throws(SessionError) in
            try channel.exchange(command, parameters, maximum: maximum, by: deadline, onKeepalive: onKeepalive)
        }
    }

    /// Has the key asked again what it is and can do, for something about it has changed.
    func forgetInfo() {
        info = nil
    }

    /// The key's limit for requests as far as it is known.
    var maxMsgSize: Int { info?.maxMsgSize ?? AuthenticatorInfo.defaultMaxMsgSize }
}
