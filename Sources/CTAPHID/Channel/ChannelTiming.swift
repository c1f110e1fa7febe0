/// The time limits of a channel, besides the caller's deadline.
package struct ChannelTiming: Hashable, Sendable {
    /// Without a packet for this long the key counts as dead. KEEPALIVE is due every 100 ms (CTAP 2.1 §11.2.9.1.7), but
    /// some keys send none while they compute for 2 to 3 s.
    package var silence = Duration.seconds(5)
    /// `silence` for WINK, to which some keys never respond.
    package var winkSilence = Duration.seconds(1)
    /// Between CHANNEL_BUSY and the next attempt.
    package var busyPause = Duration.milliseconds(100)
    /// Until an unanswered INIT is sent again: some keys drop it while they wait for a touch for another program.
    package var initRetry = Duration.seconds(1)
    /// For the final response after CANCEL. Together with `resync` less than the 2 s that a cancel may take.
    package var drain = Duration.milliseconds(1_500)
    /// For the response to INIT on our own channel, which is due at once. Less than `initRetry`.
    package var resync = Duration.milliseconds(400)
    /// For our response to INIT after an error on the broadcast channel, which may concern another program.
    package var foreignErrorGrace = Duration.milliseconds(500)

    package init() {}
}
