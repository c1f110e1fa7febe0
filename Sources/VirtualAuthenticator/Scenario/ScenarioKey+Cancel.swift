import CTAP2
import CTAPHID

/// CANCEL, and the rules that affect it.
extension ScenarioKey {
    func takeCancel(_ packet: Packet, at now: Duration) {
        rules.hasSeenCancel = true
        let channel = packet.channel
        guard let request = directed[channel] else { return pass([packet], at: now) }
        switch request.stage {
        case .collecting, .swallowed: return
        case .busy, .touching, .passed: break
        }
        guard request.command == .cbor else { return pass([packet], at: now) }
        unplug(at: .cancel)
        guard isPluggedIn, !request.has(.ignoreCancel) else { return }
        for case .replyAfterCancel(let delay) in request.rule.faults {
            post(Message(channel: channel, command: .cbor, payload: [StatusCode.keepaliveCancel.rawValue]), at: now)
            directed[channel]?.earliestReply = now + delay
            directed[channel]?.rule.faults.append(.noKeepalive)
            return finish(channel, at: now)
        }
        if request.has(.successBeatsCancel) { return finish(channel, at: now) }
        guard request.isPlaying else { return pass([packet], at: now) }
        answer(channel, with: .keepaliveCancel, at: now)
    }

    /// Lets the request succeed at once.
    private func finish(_ channel: ChannelID, at now: Duration) {
        if case .busy = directed[channel]?.stage {
            directed[channel]?.rule.touch = .after(.zero)
            proceed(channel, at: now)
        }
        presence.give(.touched)
        key.tick(at: now)
        play(at: now)
    }
}
