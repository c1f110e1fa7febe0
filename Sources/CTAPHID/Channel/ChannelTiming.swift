/// How long a channel waits for what, beside the deadline that its caller sets.
public struct ChannelTiming: Hashable, Sendable {
    /// A request is given up when the key sent nothing on our channel for so long. KEEPALIVE is due every 100 ms
    /// (CTAP 2.1 §11.2.9.2.1), yet keys are in use that send none while they compute for 2 to 3 s.
    public var silence = Duration.seconds(5)
    /// The same for WINK, which some keys never answer.
    public var winkSilence = Duration.seconds(1)
    /// Between CHANNEL_BUSY and the next try.
    public var busyPause = Duration.milliseconds(100)
    /// CHANNEL_BUSY is final after so long: longer than any LOCK that another program may hold (10 s).
    public var busyLimit = Duration.seconds(12)
    /// After CANCEL, for the final answer. Together with `resync` less than the 2 s that a cancel may take.
    public var drain = Duration.milliseconds(1_500)
    /// For the answer to INIT on our own channel, which is due at once.
    public var resync = Duration.milliseconds(400)
    /// For our own answer to INIT after an error on the broadcast channel, which may be another program's.
    public var foreignErrorGrace = Duration.milliseconds(500)

    public init() {}
}
