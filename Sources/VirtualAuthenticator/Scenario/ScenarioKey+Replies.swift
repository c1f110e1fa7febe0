import CTAP2
import CTAPHID

/// Replies to the clients.
extension ScenarioKey {
    /// Advances the time for the active rules.
    func play(at now: Duration) {
        for (channel, request) in directed {
            switch request.stage {
            case .collecting(let deadline) where deadline <= now && acceptsReports:
                // The rest never arrived: the key itself times out.
                directed[channel] = nil
                pass(request.packets, at: now)
            case .busy(.held, let until?) where until <= now: process(channel, at: now)
            case .busy(.processing, let until?) where until <= now: proceed(channel, at: now)
            case .touching:
                guard let touch = presence.answer(at: now) else { break }
                answer(channel, with: touch == .touched ? request.rule.status ?? .success : .operationDenied, at: now)
            default: break
            }
            keepAlive(channel, at: now)
        }
    }

    private func keepAlive(_ channel: ChannelID, at now: Duration) {
        guard let request = directed[channel], let status = request.keepaliveStatus, nextKeepalive <= now else {
            return
        }
        nextKeepalive = now + settings.keepaliveInterval
        let message = Message(channel: channel, command: .keepalive, payload: [status.rawValue])
        queue.append(shaper(request.rule).keepalive(message).map { .report($0) }, due: now)
    }

    /// Ends a request with a status of the rule's instead of the key's.
    func answer(_ channel: ChannelID, with status: StatusCode, at now: Duration) {
        reply(Message(channel: channel, command: .cbor, payload: [status.rawValue]), at: now)
    }

    /// Takes the key's reports and applies the rules to them.
    func collectReplies(at now: Duration) {
        for report in key.takeReports() {
            guard let packet = Packet(report: report), let request = directed[packet.channel],
                case .passed = request.stage
            else {
                queue.append([.report(report)], due: now)
                continue
            }
            // The key itself follows the framing rules.
            guard let message = try? directed[packet.channel]?.reply.add(packet) else { continue }
            switch message.command {
            case .keepalive:
                guard !request.has(.noKeepalive) else { continue }
                queue.append(shaper(request.rule).keepalive(message).map { .report($0) }, due: now)
            case .error where message.payload == [HIDErrorCode.channelBusy.rawValue]: post(message, at: now)
            default: reply(message, at: now)
            }
        }
    }

    /// Sends the final reply to a directed request.
    func reply(_ message: Message, at now: Duration) {
        guard let request = directed[message.channel] else { return post(message, at: now) }
        var items = shaper(request.rule).reports(for: message).map { ReportQueue.Item.report($0) }
        let (isHeld, duration) = request.holds(.reply)
        if isHeld { items.insert(.hold(duration), at: min(1, items.count)) }
        if request.has(.unplug(.reply)) { items.insert(.unplug, at: min(1, items.count)) }
        var due = max(now, request.earliestReply)
        for case .lateReply(let delay) in request.rule.faults {
            due = now + delay
        }
        queue.append(items, due: due)
        end(message.channel)
    }

    /// Sends a message unchanged.
    func post(_ message: Message, at now: Duration) {
        let packets = message.packets(reportSize: settings.reportSize) ?? []
        queue.append(packets.map { .report($0.report(size: settings.reportSize)) }, due: now)
    }

    private func shaper(_ rule: Scenario.Rule) -> ReplyShaper {
        ReplyShaper(faults: rule.faults, reportSize: settings.reportSize)
    }
}
