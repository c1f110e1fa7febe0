/// Recognizes another program's request in progress from the packets of foreign channels: hidraw delivers every report
/// to every program that has the node open. Pure.
///
/// Only what a key sends *during* a request is evidence: KEEPALIVE, and for U2F, where the client polls, the response
/// that asks for a touch. Other responses and errors end a request. A single KEEPALIVE is not enough either: it may be
/// the last one of a request that ended before ours began, still queued when we started to read. So one channel has to
/// send two in a row. KEEPALIVE is due every 100 ms (CTAP 2.1 §11.2.9.1.7), so this delays the report by no more.
struct ForeignTraffic: Sendable {
    /// U2F's SW_CONDITIONS_NOT_SATISFIED: the key needs a touch.
    private static let touchNeeded: [UInt8] = [0x69, 0x85]

    /// The channel whose last packet was a sign of a request in progress.
    private var suspect: ChannelID?

    /// Adds a packet of a foreign channel. Returns whether another program's request is in progress.
    mutating func add(_ packet: Packet) -> Bool {
        guard case .initialization(let command, let byteCount) = packet.kind else { return false }
        let isSign =
            switch command {
            case .keepalive: true
            case .msg: byteCount == 2 && packet.data.starts(with: Self.touchNeeded)
            default: false
            }
        let isConfirmed = isSign && suspect == packet.channel
        if isSign {
            suspect = packet.channel
        } else if suspect == packet.channel {
            suspect = nil
        }
        return isConfirmed
    }
}
