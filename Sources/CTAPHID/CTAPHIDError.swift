/// What can go wrong between this program and a key, below CBOR.
///
/// Which key it was is known to the caller, who chose it; the command is kept where one was under way.
public enum CTAPHIDError: Error, Hashable, Sendable {
    /// There is no such device node, or no longer.
    case noSuchDevice(path: String)
    /// The path is something other than a FIDO key's hidraw node; `reason` says what it is.
    case notASecurityKey(path: String, reason: String)
    /// This user may not open the node.
    case permissionDenied(path: String)
    /// Another program holds the key's lock.
    case inUse(path: String)
    /// The system refused an operation for another reason; `reason` is the system's own text.
    case io(operation: String, reason: String)
    /// The key was pulled out.
    case disconnected
    /// The deadline passed; `response` is set when the key's answer came after all, while it was being told to stop.
    case timedOut(HIDCommand, response: [UInt8]? = nil)
    /// The key sent nothing at all for as long as `ChannelTiming.silence`; `response` as in `timedOut`.
    case silent(HIDCommand, response: [UInt8]? = nil)
    /// The task was cancelled and the key was told so; `response` is set when its answer beat the cancel.
    ///
    /// For CBOR an answer of the one byte 0x2D, CTAP2_ERR_KEEPALIVE_CANCEL, is the usual one.
    case cancelled(HIDCommand, response: [UInt8]?)
    /// The key answered with an ERROR frame.
    case device(HIDErrorCode, HIDCommand)
    /// The key broke the rules of packets and messages.
    case framing(FramingError, HIDCommand)
    /// The request is longer than reports of this key allow.
    case requestTooLong(byteCount: Int, maximum: Int)
    /// The key does not offer this command (INIT's capabilities).
    case unsupported(HIDCommand)
}
