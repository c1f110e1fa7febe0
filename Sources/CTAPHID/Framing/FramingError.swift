/// A break of the rules of CTAPHID packets, whoever sent them (CTAP 2.1 §11.2.4).
public enum FramingError: Error, Hashable, Sendable {
    /// A report has fewer bytes than its header, or than the report descriptor says.
    case shortReport(byteCount: Int)
    /// A report has more bytes than the report descriptor says.
    case longReport(byteCount: Int, expected: Int)
    /// A continuation packet came where no message had begun.
    case unexpectedContinuation(sequence: UInt8)
    /// A continuation packet came out of order.
    case wrongSequence(expected: UInt8, received: UInt8)
    /// A new message began before the last one was complete.
    case unexpectedInitialization(HIDCommand, during: HIDCommand)
    /// The answer's command is not the request's.
    case wrongCommand(expected: HIDCommand, received: HIDCommand)
    /// A message announces more bytes than its packets can carry.
    case tooLong(byteCount: Int, maximum: Int)
    /// A message has a length that its command does not allow.
    case wrongLength(HIDCommand, byteCount: Int)
    /// INIT was answered with a channel that no program may use.
    case invalidChannel(ChannelID)
    /// PING came back with other bytes than were sent.
    case alteredEcho
}
