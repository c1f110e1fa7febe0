extension Channel {
    /// Sends `payload` there and back (CTAP 2.1 §11.2.9.1.4); returns how long it took.
    package mutating func ping(_ payload: [UInt8], by deadline: Deadline) throws(CTAPHIDError) -> Duration {
        let start = ContinuousClock.now
        let echo = try transact(.ping, payload, by: deadline)
        let duration = ContinuousClock.now - start
        guard echo == payload else { throw .framing(.alteredEcho, .ping) }
        return duration
    }

    /// Has the key show itself, by a light or a sound (CTAP 2.1 §11.2.9.2.1).
    package mutating func wink(by deadline: Deadline) throws(CTAPHIDError) {
        _ = try transact(.wink, [], by: deadline, silence: timing.winkSilence)
    }

    /// Keeps other programs away for `seconds`, 1 to 10, or lets them in again, 0 (CTAP 2.1 §11.2.9.2.2).
    package mutating func lock(seconds: UInt8, by deadline: Deadline) throws(CTAPHIDError) {
        _ = try transact(.lock, [seconds], by: deadline)
    }
}
