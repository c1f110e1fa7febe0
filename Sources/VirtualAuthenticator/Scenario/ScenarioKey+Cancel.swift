import CTAP2
import CTAPHID

/// CANCEL, and what rules make of it.
extension ScenarioKey {
    func takeCancel(_ packet: Packet, at now: Duration) {
        book.hasSeenCancel = true
        let channel = packet.channel
        guard let act = acts[channel] else { return pass([packet], at: now) }
        switch act.stage {
        case .collecting, .swallowed: return
        case .busy, .touching, .passed: break
        }
        guard act.command == .cbor else { return pass([packet], at: now) }
        unplug(at: .cancel)
        guard isPluggedIn, !act.has(.ignoreCancel) else { return }
        for case .replyAfterCancel(let delay) in act.rule.faults {
            post(Message(channel: channel, command: .cbor, payload: [StatusCode.keepaliveCancel.rawValue]), at: now)
            acts[channel]?.earliestReply = now + delay
            acts[channel]?.rule.faults.append(.noKeepalive)
            return finish(channel, at: now)
        }
        if act.has(.successBeatsCancel) { return finish(channel, at: now) }
        guard act.isPlaying else { return pass([packet], at: now) }
        answer(channel, with: .keepaliveCancel, at: now)
    }

    /// Lets the request come to its good end at once.
    private func finish(_ channel: ChannelID, at now: Duration) {
        if case .busy = acts[channel]?.stage {
            acts[channel]?.rule.touch = .after(.zero)
            proceed(channel, at: now)
        }
        presence.give(.touched)
        key.tick(at: now)
        play(at: now)
    }
}
