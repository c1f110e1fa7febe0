import CTAP2
import CTAPHID

/// A software-emulated FIDO2 security key at the level of HID reports. It is not secure: see `KeyStorage`.
///
/// Synchronous and without I/O of its own: `receive` takes reports, `tick` advances the time, `takeReports` returns
/// reports. Times count from power-up, which is the object's creation. One thread at a time may use it.
public final class VirtualKey: EmulatedKey {
    public let settings: KeySettings
    let authenticator: Authenticator
    let u2f: U2FAuthenticator
    let observe: ((VirtualKeyEvent) -> Void)?
    var channels: ChannelTable
    var activity = Activity.idle
    var lock: ChannelLock?
    var reports: [[UInt8]] = []

    /// The one transaction that a key can be in (CTAP 2.1 §11.2.5.1).
    enum Activity {
        case idle
        case receiving(MessageAssembler, from: ChannelID, deadline: Duration)
        case processing(for: ChannelID, KeepaliveStatus, nextKeepalive: Duration)
    }

    /// Powers up the key with the state in `storage`, or creates a new key if there is none.
    ///
    /// `observe` receives events for a log.
    public init(
        settings: KeySettings = KeySettings(),
        storage: any KeyStorage,
        presence: any UserPresence,
        random: any RandomNumberGenerator = SystemRandomNumberGenerator(),
        observe: ((VirtualKeyEvent) -> Void)? = nil
    ) throws(KeyStorageError) {
        var random = random
        self.settings = settings
        self.observe = observe
        channels = ChannelTable(first: UInt32.random(in: 1...0x00FF_0000, using: &random))
        authenticator = try Authenticator(
            settings: settings,
            storage: storage,
            presence: presence,
            random: random,
            observe: observe
        )
        u2f = U2FAuthenticator(authenticator, presence: presence, observe: observe)
    }

    /// Eight hexadecimal digits that stay the same as long as the state is kept.
    public var serialNumber: String { authenticator.store.serialNumber }

    /// Receives one report from a client, without the report number. Zero-pads a short one, as USB controllers do.
    public func receive(_ report: [UInt8], at now: Duration) {
        tick(at: now)
        let padding = repeatElement(0 as UInt8, count: max(0, settings.reportSize - report.count))
        guard !report.isEmpty, report.count <= settings.reportSize, let packet = Packet(report: report + padding) else {
            observe?(.ignored(byteCount: report.count))
            return
        }
        observe?(.received(.init(packet)))
        switch packet.kind {
        case .continuation: receiveContinuation(packet, at: now)
        case .initialization(let command, let byteCount):
            receiveInitialization(packet, command, byteCount: Int(byteCount), at: now)
        }
    }

    /// Advances the time: handles time-outs, KEEPALIVEs and touches.
    public func tick(at now: Duration) {
        switch activity {
        case .idle: u2f.tick(at: now)
        case .receiving(_, let channel, let deadline):
            guard deadline <= now else { break }
            activity = .idle
            sendError(.messageTimeout, on: channel)
        case .processing(let channel, let status, let nextKeepalive):
            follow(authenticator.advance(at: now), on: channel, after: status, nextKeepalive: nextKeepalive, at: now)
        }
    }

    /// The next time at which `tick` has work even without a report.
    public var nextWakeup: Duration? {
        switch activity {
        case .idle: u2f.nextWakeup
        case .receiving(_, _, let deadline): deadline
        case .processing(_, _, let nextKeepalive):
            authenticator.nextWakeup.map { min($0, nextKeepalive) } ?? nextKeepalive
        }
    }

    /// The reports for the clients since the last call, in order; each goes to every client.
    public func takeReports() -> [[UInt8]] {
        defer { reports = [] }
        return reports
    }
}
