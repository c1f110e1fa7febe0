/// What a key reports while a request is in progress.
public enum ChannelNews: Hashable, Sendable {
    /// The key works on our request, or waits for its user (CTAP 2.1 §11.2.9.1.7).
    case keepalive(KeepaliveStatus)
    /// Another program is using the key: our request has to wait, and a touch would go to the other program.
    ///
    /// Reported once per request.
    case inUseByAnother
}
