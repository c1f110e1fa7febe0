import CTAP2
import CTAPHID

/// What comes from the clients.
extension ScenarioKey {
    func take(_ report: [UInt8], at now: Duration) {
        guard report.count <= settings.reportSize, let packet = Packet(report: padded(report)) else {
            observe?(.ignored(report))
            return
        }
        observe?(.received(packet))
        switch packet.kind {
        case .initialization(.cancel, _): takeCancel(packet, at: now)
        case .initialization(let command, _): begin(command, with: packet, at: now)
        case .continuation:
            guard case .collecting = acts[packet.channel]?.stage else { return pass([packet], at: now) }
            collect(packet, at: now)
        }
    }

    /// A request's first packet: finds the rule for it.
    private func begin(_ command: HIDCommand, with packet: Packet, at now: Duration) {
        let channel = packet.channel
        let isBusy = acts.contains { $0.value.isPlaying && ($0.key != channel || command != .`init`) }
        guard !isBusy || command == .`init` else {
            return post(
                Message(channel: channel, command: .error, payload: [HIDErrorCode.channelBusy.rawValue]),
                at: now
            )
        }
        end(channel)
        guard let (rule, index) = book.rule(for: command, data: packet.data) else {
            return pass([packet], at: now)
        }
        tellFaults(of: rule)
        guard !rule.faults.contains(where: { if case .busy = $0 { true } else { false } }) else {
            return post(
                Message(channel: channel, command: .error, payload: [HIDErrorCode.channelBusy.rawValue]),
                at: now
            )
        }
        acts[channel] = Act(rule: rule, ruleIndex: index, command: command)
        let (isHeld, duration) = acts[channel]?.holds(.request) ?? (false, nil)
        unplug(at: .request)
        guard isPluggedIn else { return }
        if isHeld { holdIntake(for: duration, at: now) }
        collect(packet, at: now)
    }

    private func collect(_ packet: Packet, at now: Duration) {
        guard var act = acts[packet.channel] else { return }
        act.packets.append(packet)
        do throws(FramingError) {
            let isComplete = try act.request.add(packet) != nil
            act.stage = .collecting(deadline: now + settings.messageTimeout)
            acts[packet.channel] = act
            if isComplete { perform(packet.channel, at: now) }
        } catch {
            // Whatever is wrong with it, the key knows what to say.
            acts[packet.channel] = nil
            pass(act.packets, at: now)
        }
    }

    /// A complete request: the first thing that its rule has in store.
    private func perform(_ channel: ChannelID, at now: Duration) {
        guard let act = acts[channel] else { return }
        unplug(at: .processing)
        guard isPluggedIn else { return }
        guard !act.has(.silent) else {
            acts[channel]?.stage = .swallowed
            return
        }
        let (isHeld, duration) = act.holds(.processing)
        for touch in [false, true] where act.has(.tarpit(touch: touch)) {
            return occupy(channel, .forever(touch ? .userPresenceNeeded : .processing), until: nil, at: now)
        }
        if isHeld { return occupy(channel, .held, until: duration.map { now + $0 }, at: now) }
        process(channel, at: now)
    }

    func process(_ channel: ChannelID, at now: Duration) {
        guard let act = acts[channel] else { return }
        guard act.rule.processing == .zero else {
            return occupy(channel, .processing, until: now + act.rule.processing, at: now)
        }
        proceed(channel, at: now)
    }

    /// The rule's own waiting is over: the key does its part, or the rule's status is the answer.
    func proceed(_ channel: ChannelID, at now: Duration) {
        guard let act = acts[channel] else { return }
        if act.command == .cbor { presence.follow(act.rule, index: act.ruleIndex) }
        if let status = act.rule.status, act.command == .cbor {
            guard act.rule.touch != nil else { return answer(channel, with: status, at: now) }
            acts[channel]?.stage = .touching
            nextKeepalive = now
            presence.request(PresenceRequest(operation: .select), at: now)
        } else {
            acts[channel]?.stage = .passed
            pass(act.packets, at: now)
        }
    }

    private func occupy(_ channel: ChannelID, _ busy: Act.Busy, until: Duration?, at now: Duration) {
        acts[channel]?.stage = .busy(busy, until: until)
        nextKeepalive = now + settings.keepaliveInterval
        if case .forever(.userPresenceNeeded) = busy { nextKeepalive = now }
        if case .held = busy { tell("hold:processing") }
    }

    /// Ends what a rule was doing on a channel.
    func end(_ channel: ChannelID) {
        guard let act = acts.removeValue(forKey: channel), act.command == .cbor else { return }
        if case .touching = act.stage { presence.withdraw() }
        presence.follow(nil)
    }

    func pass(_ packets: [Packet], at now: Duration) {
        for packet in packets {
            key.receive(packet.report(size: settings.reportSize), at: now)
        }
    }

    private func padded(_ report: [UInt8]) -> [UInt8] {
        report + repeatElement(0, count: max(0, settings.reportSize - report.count))
    }

    /// Holds are told where they begin.
    private func tellFaults(of rule: Scenario.Rule) {
        for fault in rule.faults {
            if case .hold = fault { continue }
            tell(fault.name)
        }
    }
}
