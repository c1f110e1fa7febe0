import CTAP2
import VirtualAuthenticator

/// A virtual key on the bench: its clock is turned by hand, packets are bytes, nothing of our client takes part.
final class KeyBench {
    let key: VirtualKey
    let presence: any UserPresence
    /// What the key logged.
    private(set) var events: [KeyEvent] {
        get { log.events }
        set { log.events = newValue }
    }
    var now = Duration.zero
    private let log: Log

    private final class Log {
        var events: [KeyEvent] = []
    }

    init(
        settings: KeySettings = KeySettings(),
        storage: any KeyStorage = MemoryStorage(),
        presence: any UserPresence = TimedPresence(after: .zero)
    ) throws {
        let log = Log()
        self.log = log
        self.presence = presence
        key = try VirtualKey(
            settings: settings,
            storage: storage,
            presence: presence,
            random: CountingRandom(),
            observe: { log.events.append($0) }
        )
    }

    /// Sends raw bytes as one report and returns the reports that came back at once.
    @discardableResult
    func exchange(_ report: [UInt8]) -> [[UInt8]] {
        key.receive(report, at: now)
        return key.takeReports()
    }

    /// Lets time pass in the steps that the key asks for; returns all reports of that time.
    func pass(_ duration: Duration) -> [[UInt8]] {
        let end = now + duration
        var reports: [[UInt8]] = []
        while let wakeup = key.nextWakeup, wakeup <= end {
            now = max(now, wakeup)
            key.tick(at: now)
            reports += key.takeReports()
        }
        now = end
        key.tick(at: now)
        return reports + key.takeReports()
    }

    /// A channel of one's own, by INIT on broadcast.
    func openChannel() throws -> [UInt8] {
        let answer = exchange(hex("ffffffff 86 0008 0102030405060708"))
        return try Array(#require(answer.first)[15..<19])
    }
}

/// Predictable randomness.
struct CountingRandom: RandomNumberGenerator {
    private var state: UInt64 = 0

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
