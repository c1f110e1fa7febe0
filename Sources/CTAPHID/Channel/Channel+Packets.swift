extension Channel {
    /// The reports that are discarded at most before a request: several times what the kernel queues.
    private static let oldReportLimit = 256

    func packets(of message: Message) throws(CTAPHIDError) -> Message.PacketSequence {
        let reportSize = device.outputReportSize
        guard let packets = message.packetSequence(reportSize: reportSize) else {
            let maximum = Message.maximumPayload(reportSize: reportSize)
            throw .requestTooLong(byteCount: message.payload.count, maximum: maximum)
        }
        return packets
    }

    /// Writes a whole message, cancelled or not: a key must never be left with half a request.
    func write(_ packets: Message.PacketSequence) throws(CTAPHIDError) {
        let size = device.outputReportSize
        var report: [UInt8] = []
        report.reserveCapacity(size)
        for packet in packets {
            packet.write(to: &report, size: size)
            try device.write(report)
        }
    }

    /// The outcome of one read.
    enum Arrival {
        /// No packet yet: the time elapsed, or a signal or a cancelled task ended the read.
        case nothing
        case ours(Packet)
        /// A packet of another program's channel.
        case foreign(Packet)
    }

    /// Reads one report. It returns early, so that the caller can check its limits before it reads on.
    func read(_ channel: ChannelID, by limit: Deadline, during command: HIDCommand) throws(CTAPHIDError) -> Arrival {
        guard let report = try device.read(within: slice(limit.remaining)) else { return .nothing }
        let expected = device.inputReportSize
        if let packet = Packet(report: report), packet.channel != channel { return .foreign(packet) }
        guard report.count >= expected, let packet = Packet(report: report) else {
            throw .framing(.shortReport(byteCount: report.count), command)
        }
        guard report.count == expected else {
            throw .framing(.longReport(byteCount: report.count, expected: expected), command)
        }
        return .ours(packet)
    }

    /// Discards the reports that arrived since the last request.
    func discardOldReports() throws(CTAPHIDError) {
        for _ in 0..<Self.oldReportLimit {
            guard try device.read(within: .zero) != nil else { return }
        }
    }

    /// How long one read may last: the whole time if a cancelled task can interrupt it.
    func slice(_ duration: Duration) -> Duration {
        device.interrupt == nil ? min(duration, .milliseconds(5)) : duration
    }
}
