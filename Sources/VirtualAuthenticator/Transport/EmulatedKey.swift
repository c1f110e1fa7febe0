/// A key whose reports a `VirtualHIDDevice` or a `KeyServer` carries: a `VirtualKey`, or a `ScenarioKey`.
public protocol EmulatedKey: AnyObject {
    var settings: KeySettings { get }
    /// Eight hexadecimal digits that stay the same as long as the state is kept.
    var serialNumber: String { get }

    /// Takes one report from a client, without report number; `now` is the time since power-up.
    func receive(_ report: [UInt8], at now: Duration)

    /// Lets time pass.
    func tick(at now: Duration)

    /// When `tick` has something to do without a report.
    var nextWakeup: Duration? { get }

    /// The reports for the clients since the last call, in order; each goes to every client.
    func takeReports() -> [[UInt8]]

    /// `false` once the key was pulled out.
    var isPluggedIn: Bool { get }

    /// `false` while the key takes no reports, so that clients have to wait with writing.
    var acceptsReports: Bool { get }
}

extension EmulatedKey {
    public var isPluggedIn: Bool { true }
    public var acceptsReports: Bool { true }
}
