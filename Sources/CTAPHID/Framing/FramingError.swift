/// A violation of CTAPHID's packet rules by the key (CTAP 2.1 §11.2.4).
public enum FramingError: Error, Hashable, Sendable {
    /// A report is shorter than its header or than the report descriptor declares.
    case shortReport(byteCount: Int)
    /// A report is longer than the report descriptor declares.
    case longReport(byteCount: Int, expected: Int)
    /// A continuation packet arrived outside a message.
    case unexpectedContinuation(sequence: UInt8)
    /// A continuation packet arrived out of order.
    case wrongSequence(expected: UInt8, received: UInt8)
    /// A message started before the previous one was complete.
    case unexpectedInitialization(HIDCommand, during: HIDCommand)
    /// The command of the response is not that of the request.
    case wrongCommand(expected: HIDCommand, received: HIDCommand)
    /// A message declares more bytes than its packets can carry.
    case tooLong(byteCount: Int, maximum: Int)
    /// The length of a message is invalid for its command.
    case wrongLength(HIDCommand, byteCount: Int)
    /// The response to INIT allocates the broadcast or the reserved channel.
    case invalidChannel(ChannelID)
    /// The response to PING differs from what was sent.
    case alteredEcho
}
