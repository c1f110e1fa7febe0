import CTAPHID

/// Outgoing messages.
extension VirtualKey {
    func sendError(_ code: HIDErrorCode, on channel: ChannelID) {
        send(Message(channel: channel, command: .error, payload: [code.rawValue]))
    }

    func send(_ message: Message) {
        guard let packets = message.packets(reportSize: settings.reportSize) else {
            return sendError(.other, on: message.channel)
        }
        for packet in packets {
            observe?(.sent(.init(packet)))
            reports.append(packet.report(size: settings.reportSize))
        }
    }
}
