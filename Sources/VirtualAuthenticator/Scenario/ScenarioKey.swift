import CTAPHID

/// A key that follows a scenario: wraps a correct `VirtualKey` and makes it wait, fail and misbehave.
public final class ScenarioKey: EmulatedKey {
    let key: VirtualKey
    let presence: ScenarioPresence
    let observe: ((VirtualKeyEvent) -> Void)?
    var rules: RuleSelector
    var directed: [ChannelID: DirectedRequest] = [:]
    var queue = ReportQueue()
    var nextKeepalive = Duration.zero
    /// Reports that arrived while the key did not accept any.
    private var backlog: [[UInt8]] = []
    private var intakeHold: (until: Duration?, isOn: Bool) = (nil, false)
    private var reports: [[UInt8]] = []
    public private(set) var isPluggedIn = true

    /// Powers up a key; see `VirtualKey`. `presence` is the user unless a rule says otherwise.
    public init(
        _ scenario: Scenario,
        storage: any KeyStorage,
        presence: any UserPresence,
        random: any RandomNumberGenerator = SystemRandomNumberGenerator(),
        observe: ((VirtualKeyEvent) -> Void)? = nil
    ) throws(KeyStorageError) {
        self.observe = observe
        self.presence = ScenarioPresence(base: presence)
        rules = RuleSelector(scenario.rules)
        key = try VirtualKey(
            settings: scenario.settings,
            storage: storage,
            presence: self.presence,
            random: random,
            // Packets are reported by the wrapper.
            observe: observe.map { observe in
                { event in
                    switch event {
                    case .received, .sent, .ignored: break
                    default: observe(event)
                    }
                }
            }
        )
        self.presence.whenRequested = { [weak self] in self?.unplug(at: .touch) }
    }

    public var settings: KeySettings { key.settings }
    public var serialNumber: String { key.serialNumber }
    public var acceptsReports: Bool { !intakeHold.isOn }

    /// The user touches the key, or declines.
    public func answer(_ answer: PresenceAnswer) {
        presence.give(answer)
    }

    /// Releases every hold.
    package func goOn() {
        intakeHold = (nil, false)
        queue.release()
        for (channel, request) in directed {
            if case .busy(.held, _) = request.stage { directed[channel]?.stage = .busy(.held, until: .zero) }
        }
    }

    /// Unplugs the key.
    public func unplug() {
        guard isPluggedIn else { return }
        report("unplug")
        isPluggedIn = false
    }

    public func receive(_ report: [UInt8], at now: Duration) {
        backlog.append(report)
        tick(at: now)
    }

    public func tick(at now: Duration) {
        guard isPluggedIn else { return }
        if let until = intakeHold.until, until <= now { intakeHold = (nil, false) }
        key.tick(at: now)
        collectReplies(at: now)
        while isPluggedIn, !intakeHold.isOn, !backlog.isEmpty {
            take(backlog.removeFirst(), at: now)
            collectReplies(at: now)
        }
        play(at: now)
        collectReplies(at: now)
        if isPluggedIn { send(at: now) }
    }

    public var nextWakeup: Duration? {
        var times = [key.nextWakeup, queue.nextWakeup, intakeHold.until]
        for request in directed.values {
            if request.keepaliveStatus != nil { times.append(nextKeepalive) }
            switch request.stage {
            case .collecting(let deadline): if acceptsReports { times.append(deadline) }
            case .busy(_, let until): times.append(until)
            case .touching: times.append(presence.nextWakeup)
            case .passed, .swallowed: break
            }
        }
        return times.compactMap(\.self).min()
    }

    public func takeReports() -> [[UInt8]] {
        defer { reports = [] }
        return reports
    }

    /// Accepts no reports until `goOn`, or for `duration`.
    func holdIntake(for duration: Duration?, at now: Duration) {
        report("hold:request")
        intakeHold = (duration.map { now + $0 }, true)
    }

    /// Unplugs the key if the rule of a current request says so.
    func unplug(at point: Fault.Point) {
        if directed.values.contains(where: { $0.has(.unplug(point)) }) { unplug() }
    }

    func report(_ fault: String) {
        observe?(.fault(fault))
    }

    private func send(at now: Duration) {
        for item in queue.take(at: now) {
            switch item {
            case .report(let report):
                if let packet = Packet(report: report) { observe?(.sent(.init(packet))) }
                reports.append(report)
            case .hold: report("hold:reply")
            case .unplug: unplug()
            }
        }
    }
}
