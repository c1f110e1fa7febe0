/// A failure between this program and a key, below CBOR.
///
/// The caller knows which key it chose; the command is kept where one was in progress.
public enum CTAPHIDError: Error, Hashable, Sendable {
    /// The device node does not exist, or no longer belongs to that key.
    case noSuchDevice(path: String)
    /// The path is not the hidraw node of a FIDO key; `reason` says what it is instead.
    case notASecurityKey(path: String, reason: String)
    /// The node's permissions do not let this user open it.
    case permissionDenied(path: String)
    /// Another program held the lock on the node until the deadline.
    case inUse(path: String)
    /// The system refused an operation for another reason, given in the system's own text.
    case io(operation: String, reason: String)
    /// The key was unplugged, or the connection closed.
    case disconnected
    /// The deadline passed. `response` is set when the key's response arrived while the request was being cancelled.
    case timedOut(HIDCommand, response: [UInt8]? = nil)
    /// The key sent nothing for 5 s, or 1 s after WINK; `response` as in `timedOut`.
    case silent(HIDCommand, response: [UInt8]? = nil)
    /// The task was cancelled, and with it the request on the key. `response` is the request's final response, if one
    /// arrived: for CBOR normally the one byte 0x2D, CTAP2_ERR_KEEPALIVE_CANCEL.
    case cancelled(HIDCommand, response: [UInt8]?)
    /// The key responded with ERROR; with CHANNEL_BUSY it still did at the deadline.
    case device(HIDErrorCode, HIDCommand)
    /// The key violated the rules of packets and messages.
    case framing(FramingError, HIDCommand)
    /// The request is longer than this key's reports can carry.
    case requestTooLong(byteCount: Int, maximum: Int)
    /// The key does not offer this command (see `Capabilities`).
    case unsupported(HIDCommand)
}
