extension Channel {
    /// Old reports that are thrown away at most before a request: what a kernel's queue holds, a few times over.
    private static let oldReportLimit = 256

    func packets(of message: Message) throws(CTAPHIDError) -> [Packet] {
        let reportSize = device.outputReportSize
        guard let packets = message.packets(reportSize: reportSize) else {
            let maximum = Message.maximumPayload(reportSize: reportSize)
            throw .requestTooLong(byteCount: message.payload.count, maximum: maximum)
        }
        return packets
    }

    /// Writes a message whole, come what may: a key must never be left with half a request.
    func write(_ packets: [Packet]) throws(CTAPHIDError) {
        for packet in packets {
            try device.write(packet.report(size: device.outputReportSize))
        }
    }

    /// The next packet of `channel`; `nil` when none came yet, be it for time, a signal, a cancelled task or a packet
    /// of another program, so that the caller can look around before it reads on.
    func read(_ channel: ChannelID, by limit: Deadline, during command: HIDCommand) throws(CTAPHIDError) -> Packet? {
        guard let report = try device.read(within: slice(limit.remaining)) else { return nil }
        let expected = device.inputReportSize
        if let packet = Packet(report: report), packet.channel != channel { return nil }
        guard report.count >= expected, let packet = Packet(report: report) else {
            throw .framing(.shortReport(byteCount: report.count), command)
        }
        guard report.count == expected else {
            throw .framing(.longReport(byteCount: report.count, expected: expected), command)
        }
        return packet
    }

    /// Throws away the reports that came while nobody asked for any.
    func discardOldReports() throws(CTAPHIDError) {
        for _ in 0..<Self.oldReportLimit {
            guard try device.read(within: .zero) != nil else { return }
        }
    }

    /// How long to wait in one read: all of it if a cancelled task can interrupt it.
    func slice(_ duration: Duration) -> Duration {
        device.interrupt == nil ? min(duration, .milliseconds(5)) : duration
    }
}
