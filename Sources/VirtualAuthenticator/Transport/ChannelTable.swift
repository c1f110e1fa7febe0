import CTAPHID

/// Which channels exist: unique since power-up, never 0 or broadcast (CTAP 2.1 §11.2.5.3).
///
/// New ones begin with a zero byte, which finds clients that forget the report number in front of a report.
struct ChannelTable {
    private let first: UInt32
    private var allocatedCount: UInt32 = 0
    private var adopted: [ChannelID] = []
    private static let adoptedLimit = 16

    /// `first` is the first channel that will be given out.
    init(first: UInt32) {
        self.first = first
    }

    /// A channel that was never given out before.
    mutating func allocate() -> ChannelID {
        while true {
            let channel = ChannelID(rawValue: first &+ allocatedCount)
            allocatedCount &+= 1
            if channel != .reserved, channel != .broadcast { return channel }
        }
    }

    /// Takes a channel that a client named by itself; the specification leaves open what to do with one.
    mutating func adopt(_ channel: ChannelID) {
        guard !contains(channel) else { return }
        adopted.append(channel)
        adopted = adopted.suffix(Self.adoptedLimit)
    }

    func contains(_ channel: ChannelID) -> Bool {
        channel.rawValue &- first < allocatedCount || adopted.contains(channel)
    }
}

/// LOCK: for some seconds only one channel may use the key (CTAP 2.1 §11.2.9.2.2).
struct ChannelLock {
    var holder: ChannelID
    var end: Duration

    /// Whether `channel` has to stay out.
    func excludes(_ channel: ChannelID, at now: Duration) -> Bool {
        channel != holder && now < end
    }
}
