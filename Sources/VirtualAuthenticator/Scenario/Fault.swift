/// A way to misbehave, by its name in scenario files (docs/scenarios.md).
public enum Fault: Hashable, Sendable {
    /// A place in a transaction.
    public enum Point: String, Hashable, Sendable, CaseIterable {
        /// The first packet of the request has come.
        case request
        /// The request is complete.
        case processing
        /// The key waits for its user.
        case touch
        /// CANCEL has come.
        case cancel
        /// The first packet of the reply has gone.
        case reply
    }

    // MARK: Packets of the reply

    /// Packets of another channel before, between and after the packets of the reply.
    case foreignPackets
    /// INIT: a reply with another nonce comes first, or instead.
    case wrongNonce(only: Bool)
    /// The continuation packets are not in order.
    case outOfOrder
    /// Every continuation packet comes twice.
    case duplicate
    /// The last report is cut.
    case short
    /// The message announces more bytes than its packets can carry, and brings as many as they can.
    case oversize

    // MARK: Contents of the reply

    /// The CBOR ends in the middle.
    case brokenCBOR
    /// Every map is in reverse order.
    case unsortedMaps
    /// Lengths are written longer than needed, as some real keys do.
    case longLengths
    /// The response map lacks this member.
    case omit(Int)

    // MARK: Time

    /// The request is not answered at all.
    case silent
    /// KEEPALIVE for ever, with the status touch needed or processing.
    case tarpit(touch: Bool)
    /// No KEEPALIVE is sent.
    case noKeepalive
    /// CHANNEL_BUSY so many times, then the answer.
    case busy(Int)
    /// The reply is held back for a while, and no KEEPALIVE is sent meanwhile.
    case lateReply(Duration)
    /// Everything stops at a point until told to go on, or for a while.
    case hold(Point, Duration?)

    // MARK: CANCEL

    /// CANCEL is answered, and then the request's own reply follows, so much later.
    case replyAfterCancel(Duration)
    /// CANCEL changes nothing.
    case ignoreCancel
    /// The user touches just before CANCEL is read.
    case successBeatsCancel

    /// The key is pulled out.
    case unplug(Point)
}
