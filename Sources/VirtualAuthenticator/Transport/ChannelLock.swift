import CTAPHID

/// LOCK: for some seconds only one channel may use the key (CTAP 2.1 §11.2.9.2.2).
struct ChannelLock {
    var holder: ChannelID
    var end: Duration

    /// Whether it keeps `channel` out.
    func excludes(_ channel: ChannelID, at now: Duration) -> Bool {
        channel != holder && now < end
    }
}
