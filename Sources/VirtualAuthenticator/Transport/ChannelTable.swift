import CTAPHID

/// The allocated channels: unique since power-up, never 0 or broadcast (CTAP 2.1 §11.2.5.3).
///
/// New ones begin with a zero byte, which reveals clients that omit the report number in front of a report.
struct ChannelTable {
    private let first: UInt32
    private var allocatedCount: UInt32 = 0
    private var adopted: [ChannelID] = []
    private static let adoptedLimit = 16

    /// `first` is the first channel to allocate.
    init(first: UInt32) {
        self.first = first
    }

    /// Allocates a channel that was never allocated before.
    mutating func allocate() -> ChannelID {
        while true {
            let channel = ChannelID(rawValue: first &+ allocatedCount)
            allocatedCount &+= 1
            if channel != .reserved, channel != .broadcast { return channel }
        }
    }

    /// Adds a channel that a client chose itself, a case that the specification does not define.
    mutating func adopt(_ channel: ChannelID) {
        guard !contains(channel) else { return }
        adopted.append(channel)
        adopted = adopted.suffix(Self.adoptedLimit)
    }

    func contains(_ channel: ChannelID) -> Bool {
        channel.rawValue &- first < allocatedCount || adopted.contains(channel)
    }
}

/// LOCK: reserves the key for one channel for some seconds (CTAP 2.1 §11.2.9.2.2).
struct ChannelLock {
    var holder: ChannelID
    var end: Duration

    /// Whether another channel's lock excludes `channel`.
    func excludes(_ channel: ChannelID, at now: Duration) -> Bool {
        channel != holder && now < end
    }
}
