import CTAP2
import CTAPHID
import Testing
import VirtualAuthenticator

/// A virtual key with a manual clock and packets as bytes, independent of our client.
final class KeyBench {
    let key: any EmulatedKey
    var now = Duration.zero
    /// The key's log.
    var events: [VirtualKeyEvent] { log.events }
    /// The sizes of the key's reports.
    private(set) var sentSizes: Set<Int> = []
    private let log: Log
    private let reportSize: Int
    /// The channel of `command`, after its first call.
    private var channel: String?

    private final class Log {
        var events: [VirtualKeyEvent] = []
    }

    init(
        settings: KeySettings = KeySettings(),
        storage: any KeyStorage = MemoryStorage(),
        presence: any UserPresence = TimedPresence(after: .zero),
        seed: UInt64 = 0,
        random: (any RandomNumberGenerator)? = nil
    ) throws {
        let log = Log()
        self.log = log
        reportSize = settings.reportSize
        key = try VirtualKey(
            settings: settings,
            storage: storage,
            presence: presence,
            random: random ?? CountingRandom(seed: seed),
            observe: { log.events.append($0) }
        )
    }

    /// A key that follows a scenario in JSON.
    init(
        scenario: String,
        storage: any KeyStorage = MemoryStorage(),
        presence: any UserPresence = TimedPresence(after: .zero)
    ) throws {
        let log = Log()
        self.log = log
        let scenario = try Scenario(json: Array(scenario.utf8))
        reportSize = scenario.settings.reportSize
        key = try ScenarioKey(
            scenario,
            storage: storage,
            presence: presence,
            random: CountingRandom(),
            observe: { log.events.append($0) }
        )
    }

    /// The key as a `ScenarioKey`, if it is one.
    var scenarioKey: ScenarioKey {
        get throws { try #require(key as? ScenarioKey) }
    }

    /// Sends bytes as one zero-padded report, and returns the immediate reports in hexadecimal, without trailing zeros.
    @discardableResult
    func exchange(_ digits: String) -> [String] {
        let report = hex(digits)
        key.receive(report + Array(repeating: 0, count: max(0, reportSize - report.count)), at: now)
        return takeReports()
    }

    /// Advances the time in the steps that the key requests; returns all reports of that time.
    func pass(_ duration: Duration) -> [String] {
        let end = now + duration
        var reports: [String] = []
        while let wakeup = key.nextWakeup, wakeup <= end {
            now = max(now, wakeup)
            key.tick(at: now)
            reports += takeReports()
        }
        now = end
        key.tick(at: now)
        return reports + takeReports()
    }

    /// Allocates a channel with INIT on broadcast; returns it in hexadecimal.
    func openChannel() throws -> String {
        let answer = try #require(exchange("ffffffff 86 0008 0102030405060708").first)
        return String(answer.dropFirst(30).prefix(8))
    }

    /// Sends a whole message and returns the immediate reports.
    func send(_ channel: String, _ command: UInt8, _ payload: [UInt8]) -> [String] {
        packets(channel, command, payload).flatMap { exchange($0) }
    }

    /// The reports that carry a message.
    func packets(_ channel: String, _ command: UInt8, _ payload: [UInt8]) -> [String] {
        var rest = payload.dropFirst(reportSize - 7)
        let length = [UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
        var packets = [channel + ([command] + length + payload.prefix(reportSize - 7)).hex]
        while !rest.isEmpty {
            let sequence = UInt8(packets.count - 1)
            packets.append(channel + ([sequence] + rest.prefix(reportSize - 5)).hex)
            rest = rest.dropFirst(reportSize - 5)
        }
        return packets
    }

    func takeReports() -> [String] {
        key.takeReports().map { report in
            sentSizes.insert(report.count)
            var digits = report.hex
            while digits.hasSuffix("00"), digits.count > 14 { digits.removeLast(2) }
            return digits
        }
    }
}

extension KeyBench {
    /// Runs a CTAP2 command to its end, for at most `patience`; returns the status and the response map.
    ///
    /// Uses `channel`, by default one that all commands share.
    func command(
        _ byte: UInt8,
        _ parameters: CBORMap? = nil,
        on channel: String? = nil,
        patience: Duration = .seconds(60)
    ) throws -> (status: UInt8, response: CBORMap?) {
        try command([byte] + (parameters.map { CBOREncoder.encode($0) } ?? []), on: channel, patience: patience)
    }

    /// The same for arbitrary request bytes.
    func command(
        _ request: [UInt8],
        on other: String? = nil,
        patience: Duration = .seconds(60)
    ) throws -> (status: UInt8, response: CBORMap?) {
        let channel = try other ?? self.channel ?? openChannel()
        if other == nil { self.channel = channel }
        var reports = send(channel, 0x90, request)
        let end = now + patience
        while !reports.contains(where: { $0.dropFirst(8).hasPrefix("90") }), now < end {
            reports += pass(.milliseconds(10))
        }
        let payload = try #require(Self.payload(of: reports, on: channel, command: 0x90))
        let status = try #require(payload.first)
        guard payload.count > 1 else { return (status, nil) }
        return (status, try CBORDecoder.decode(Array(payload.dropFirst()), rules: .canonical).map)
    }

    /// The payload of the one message with this command among `reports`.
    static func payload(of reports: [String], on channel: String, command: UInt8) -> [UInt8]? {
        let own = reports.map { hex($0) }.filter { Array($0.prefix(4)).hex == channel }
        guard let start = own.firstIndex(where: { $0[4] == command }) else { return nil }
        let count = Int(own[start][5]) << 8 | Int(own[start][6])
        // Restores the trailing zeros of reports, which were removed.
        func data(_ report: [UInt8], _ header: Int) -> [UInt8] {
            report.dropFirst(header) + Array(repeating: 0, count: max(0, 64 - report.count))
        }
        let rest = own[(start + 1)...].prefix { $0[4] < 0x80 }.flatMap { data($0, 5) }
        return Array((data(own[start], 7) + rest).prefix(count))
    }
}

extension RandomNumberGenerator {
    mutating func byte() -> UInt8 { .random(in: .min ... .max, using: &self) }
}

/// Predictable randomness.
struct CountingRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64 = 0) {
        state = seed
    }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
