extension Channel {
    /// Has the key echo `payload` (CTAP 2.1 §11.2.9.1.4); returns the round-trip time.
    package mutating func ping(
        _ payload: [UInt8],
        by deadline: Deadline,
        onNews: (ChannelNews) -> Void = { _ in }
    ) throws(CTAPHIDError) -> Duration {
        let start = ContinuousClock.now
        let echo = try transact(.ping, payload, by: deadline, onNews: onNews)
        let duration = ContinuousClock.now - start
        guard echo == payload else { throw .framing(.alteredEcho, .ping) }
        return duration
    }

    /// Makes the key identify itself, usually by blinking (CTAP 2.1 §11.2.9.2.1).
    package mutating func wink(
        by deadline: Deadline,
        onNews: (ChannelNews) -> Void = { _ in }
    ) throws(CTAPHIDError) {
        _ = try transact(.wink, [], by: deadline, silence: timing.winkSilence, onNews: onNews)
    }

    /// Reserves the key for this channel for `seconds`, 1 to 10; 0 releases it (CTAP 2.1 §11.2.9.2.2).
    package mutating func lock(
        seconds: UInt8,
        by deadline: Deadline,
        onNews: (ChannelNews) -> Void = { _ in }
    ) throws(CTAPHIDError) {
        _ = try transact(.lock, [seconds], by: deadline, onNews: onNews)
    }
}
