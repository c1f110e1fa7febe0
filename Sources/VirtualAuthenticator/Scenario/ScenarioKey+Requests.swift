import CTAP2
import CTAPHID

/// Requests from the clients.
extension ScenarioKey {
    func take(_ report: [UInt8], at now: Duration) {
        guard report.count <= settings.reportSize, let packet = Packet(report: padded(report)) else {
            observe?(.ignored(byteCount: report.count))
            return
        }
        observe?(.received(.init(packet)))
        switch packet.kind {
        case .initialization(.cancel, _): takeCancel(packet, at: now)
        case .initialization(let command, _): begin(command, with: packet, at: now)
        case .continuation:
            guard case .collecting = directed[packet.channel]?.stage else { return pass([packet], at: now) }
            collect(packet, at: now)
        }
    }

    /// Handles a request's first packet: finds its rule.
    private func begin(_ command: HIDCommand, with packet: Packet, at now: Duration) {
        let channel = packet.channel
        let isBusy = directed.contains { $0.value.isPlaying && ($0.key != channel || command != .`init`) }
        guard !isBusy || command == .`init` else {
            return post(
                Message(channel: channel, command: .error, payload: [HIDErrorCode.channelBusy.rawValue]),
                at: now
            )
        }
        end(channel)
        guard let (rule, index) = rules.rule(for: command, data: Array(packet.data)) else {
            return pass([packet], at: now)
        }
        reportFaults(of: rule)
        guard !rule.faults.contains(where: { if case .busy = $0 { true } else { false } }) else {
            return post(
                Message(channel: channel, command: .error, payload: [HIDErrorCode.channelBusy.rawValue]),
                at: now
            )
        }
        directed[channel] = DirectedRequest(rule: rule, ruleIndex: index, command: command)
        let (isHeld, duration) = directed[channel]?.holds(.request) ?? (false, nil)
        unplug(at: .request)
        guard isPluggedIn else { return }
        if isHeld { holdIntake(for: duration, at: now) }
        collect(packet, at: now)
    }

    private func collect(_ packet: Packet, at now: Duration) {
        guard var request = directed[packet.channel] else { return }
        request.packets.append(packet)
        do throws(FramingError) {
            let isComplete = try request.request.add(packet) != nil
            request.stage = .collecting(deadline: now + settings.messageTimeout)
            directed[packet.channel] = request
            if isComplete { perform(packet.channel, at: now) }
        } catch {
            // The key itself reports any error in it.
            directed[packet.channel] = nil
            pass(request.packets, at: now)
        }
    }

    /// Handles a complete request: starts the first step of its rule.
    private func perform(_ channel: ChannelID, at now: Duration) {
        guard let request = directed[channel] else { return }
        unplug(at: .processing)
        guard isPluggedIn else { return }
        guard !request.has(.silent) else {
            directed[channel]?.stage = .swallowed
            return
        }
        let (isHeld, duration) = request.holds(.processing)
        for touch in [false, true] where request.has(.tarpit(touch: touch)) {
            return occupy(channel, .forever(touch ? .userPresenceNeeded : .processing), until: nil, at: now)
        }
        if isHeld { return occupy(channel, .held, until: duration.map { now + $0 }, at: now) }
        process(channel, at: now)
    }

    func process(_ channel: ChannelID, at now: Duration) {
        guard let request = directed[channel] else { return }
        guard request.rule.processing == .zero else {
            return occupy(channel, .processing, until: now + request.rule.processing, at: now)
        }
        proceed(channel, at: now)
    }

    /// After the rule's own wait: passes the request to the key, or answers with the rule's status.
    func proceed(_ channel: ChannelID, at now: Duration) {
        guard let request = directed[channel] else { return }
        if request.mayNeedUser { presence.follow(request.rule, index: request.ruleIndex) }
        if let word = request.rule.statusWord, request.command == .msg {
            reply(Message(channel: channel, command: .msg, payload: U2FStatus.bytes(of: word)), at: now)
        } else if let status = request.rule.status, request.command == .cbor {
            guard request.rule.touch != nil else { return answer(channel, with: status, at: now) }
            directed[channel]?.stage = .touching
            nextKeepalive = now
            presence.request(PresenceRequest(operation: .select), at: now)
        } else {
            directed[channel]?.stage = .passed
            pass(request.packets, at: now)
        }
    }

    private func occupy(_ channel: ChannelID, _ busy: DirectedRequest.Busy, until: Duration?, at now: Duration) {
        directed[channel]?.stage = .busy(busy, until: until)
        nextKeepalive = now + settings.keepaliveInterval
        if case .forever(.userPresenceNeeded) = busy { nextKeepalive = now }
        if case .held = busy { report("hold:processing") }
    }

    /// Ends a rule's work on a channel.
    func end(_ channel: ChannelID) {
        guard let request = directed.removeValue(forKey: channel), request.mayNeedUser else { return }
        if case .touching = request.stage { presence.withdraw() }
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

    /// Holds are reported when they begin.
    private func reportFaults(of rule: Scenario.Rule) {
        for fault in rule.faults {
            if case .hold = fault { continue }
            report(fault.name)
        }
    }
}
