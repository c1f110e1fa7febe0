/// A key behind a `VirtualHIDDevice` or a `KeyServer`: a `VirtualKey` or a `ScenarioKey`.
public protocol EmulatedKey: AnyObject {
    var settings: KeySettings { get }
    /// Eight hexadecimal digits that stay the same as long as the state is kept.
    var serialNumber: String { get }

    /// Receives one report from a client, without the report number; `now` is the time since power-up.
    func receive(_ report: [UInt8], at now: Duration)

    /// Advances the time.
    func tick(at now: Duration)

    /// The next time at which `tick` has work even without a report.
    var nextWakeup: Duration? { get }

    /// The reports for the clients since the last call, in order; each goes to every client.
    func takeReports() -> [[UInt8]]

    /// `false` once the key is unplugged.
    var isPluggedIn: Bool { get }

    /// `false` while the key accepts no reports, so that writes of clients block.
    var acceptsReports: Bool { get }
}

extension EmulatedKey {
    public var isPluggedIn: Bool { true }
    public var acceptsReports: Bool { true }
}
