public import CTAP2
public import CTAPHID

/// Something that happened in a virtual key, for its log.
public enum VirtualKeyEvent: Hashable, Sendable {
    /// A packet came from a client.
    case received(Packet)
    /// A packet goes to the clients.
    case sent(Packet)
    /// A report that cannot be a packet was dropped.
    case ignored([UInt8])
    /// A client asked the key to blink.
    case winked
    /// A CTAP2 command began.
    case commandBegan(UInt8)
    /// A CTAP2 command ended.
    case commandEnded(StatusCode)
    /// A command waits for its user.
    case presenceNeeded(PresenceRequest)
    /// A PIN was compared, or the sensor looked at a finger; so many failures are taken from now on.
    case verificationTried(Verification, succeeded: Bool, retries: Int)
    /// A token was given out.
    case tokenGiven
    /// A scenario took effect, in its own words.
    case fault(String)
    /// The key's storage failed; the command under way answers with an error.
    case storageFailed(KeyStorageError)
}

extension VirtualKeyEvent {
    /// Ways to verify a user.
    public enum Verification: String, Hashable, Sendable {
        case pin = "PIN"
        case builtIn = "fingerprint"
    }
}

extension VirtualKeyEvent: CustomStringConvertible {
    /// One line without payloads, so that it holds no secret.
    public var description: String {
        switch self {
        case .received(let packet): "-> " + Self.header(of: packet)
        case .sent(let packet): "<- " + Self.header(of: packet)
        case .ignored(let report): "-- report of \(report.count) bytes ignored"
        case .winked: "-- wink"
        case .commandBegan(let command): "-- command 0x" + Self.hexadecimal(command) + " began"
        case .commandEnded(let status): "-- command ended, status 0x" + Self.hexadecimal(status.rawValue)
        case .presenceNeeded(let request):
            "-- waits for a \(request.gesture.rawValue): \(request.operation.rawValue)"
        case .verificationTried(let verification, let succeeded, let retries):
            "-- \(verification.rawValue) \(succeeded ? "right" : "wrong"), \(retries) tries left"
        case .tokenGiven: "-- token given"
        case .fault(let fault): "-- fault " + fault
        case .storageFailed(let error): "-- storage failed: \(error)"
        }
    }

    private static func header(of packet: Packet) -> String {
        switch packet.kind {
        case .initialization(let command, let byteCount): "\(packet.channel) \(command) \(byteCount)"
        case .continuation(let sequence): "\(packet.channel) +\(sequence)"
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 0x10 ? "0" : "") + String(byte, radix: 16)
    }
}
