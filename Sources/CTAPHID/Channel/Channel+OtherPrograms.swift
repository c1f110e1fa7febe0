extension Channel {
    /// Forgets what was reported during the last request.
    mutating func expectNews() {
        foreignTraffic = ForeignTraffic()
        hasReportedOtherProgram = false
    }

    /// Whether a foreign packet shows that the key is working on another request. Reports it when that is another
    /// program's, not one that we abandoned.
    mutating func isInUseByAnother(_ packet: Packet, onNews: (ChannelNews) -> Void) -> Bool {
        guard foreignTraffic.add(packet) else { return false }
        if packet.channel != abandonedChannel { reportOtherProgram(to: onNews) }
        return true
    }

    /// Reports the other program that CHANNEL_BUSY implies, unless the key may be busy with a request we abandoned.
    mutating func reportBusy(to onNews: (ChannelNews) -> Void) {
        if abandonedChannel == nil { reportOtherProgram(to: onNews) }
    }

    private mutating func reportOtherProgram(to onNews: (ChannelNews) -> Void) {
        guard !hasReportedOtherProgram else { return }
        hasReportedOtherProgram = true
        onNews(.inUseByAnother)
    }
}
