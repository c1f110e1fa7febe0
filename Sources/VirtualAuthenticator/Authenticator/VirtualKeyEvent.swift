public import CTAP2
import CTAPHID
import Platform

/// An event in a virtual key, for its log. Contains no secrets.
public enum VirtualKeyEvent: Hashable, Sendable {
    /// A packet arrived from a client.
    case received(PacketHeader)
    /// A packet was sent to the clients.
    case sent(PacketHeader)
    /// A report of this length in bytes cannot be a packet and was dropped.
    case ignored(byteCount: Int)
    /// A report lacked the report number 0 in front: its channel's first byte, zero, was taken for the number.
    case reportNumberMissing(byteCount: Int)
    /// No further clients are accepted until one disconnects; `reason` is the system's error text.
    case clientsRefused(reason: String)
    /// A client asked the key to blink.
    case winked
    /// A CTAP2 command began.
    case commandBegan(UInt8)
    /// A CTAP2 command ended.
    case commandEnded(StatusCode)
    /// A request of U2F was answered: its INS and P1, and the status word of the response.
    case u2fAnswered(instruction: UInt8, control: UInt8, status: UInt16)
    /// A command waits for its user.
    case presenceNeeded(PresenceRequest)
    /// A PIN was compared or a finger read; `retries` is the number of remaining failures.
    case verificationTried(Verification, succeeded: Bool, retries: Int)
    /// A pinUvAuthToken was issued.
    case tokenGiven
    /// The fault with this name in scenario files took effect.
    case fault(String)
    /// The key's storage failed; the current command returns an error.
    case storageFailed(KeyStorageError)
}

extension VirtualKeyEvent {
    /// A user verification method.
    public enum Verification: String, Hashable, Sendable {
        case pin = "PIN"
        case builtIn = "fingerprint"
    }

    /// A packet without its data (CTAP 2.1 §11.2.4).
    public struct PacketHeader: Hashable, Sendable {
        public enum Kind: Hashable, Sendable {
            /// The first packet of a message; `command` has bit 7 cleared.
            case initialization(command: UInt8, byteCount: Int)
            case continuation(sequence: UInt8)
        }

        public var channel: UInt32
        public var kind: Kind
    }
}

extension VirtualKeyEvent.PacketHeader {
    init(_ packet: Packet) {
        channel = packet.channel.rawValue
        kind =
            switch packet.kind {
            case .initialization(let command, let byteCount):
                .initialization(command: command.rawValue, byteCount: Int(byteCount))
            case .continuation(let sequence): .continuation(sequence: sequence)
            }
    }
}

extension VirtualKeyEvent.PacketHeader: CustomStringConvertible {
    public var description: String {
        let channel = ChannelID(rawValue: channel)
        return switch kind {
        case .initialization(let command, let byteCount): "\(channel) \(HIDCommand(rawValue: command)) \(byteCount)"
        case .continuation(let sequence): "\(channel) +\(sequence)"
        }
    }
}

extension VirtualKeyEvent: CustomStringConvertible {
    /// The event as a line of the log.
    public var description: String {
        switch self {
        case .received(let packet): "-> \(packet)"
        case .sent(let packet): "<- \(packet)"
        case .ignored(let byteCount): "-- report of \(byteCount) bytes ignored"
        case .reportNumberMissing(let byteCount): "-- report of \(byteCount) bytes without report number 0 in front"
        case .clientsRefused(let reason): "-- no more clients: \(reason)"
        case .winked: "-- wink"
        case .commandBegan(let command): "-- command 0x" + command.hexadecimal + " began"
        case .commandEnded(let status): "-- command ended, status 0x" + status.rawValue.hexadecimal
        case .u2fAnswered(let instruction, let control, let status):
            "-- U2F 0x\(instruction.hexadecimal) 0x\(control.hexadecimal), status 0x\(status.hexadecimal)"
        case .presenceNeeded(let request):
            "-- waits for a \(request.gesture.rawValue): \(request.operation.rawValue)"
        case .verificationTried(let verification, let succeeded, let retries):
            "-- \(verification.rawValue) \(succeeded ? "right" : "wrong"), \(retries) tries left"
        case .tokenGiven: "-- token given"
        case .fault(let fault): "-- fault " + fault
        case .storageFailed(let error): "-- storage failed: \(error)"
        }
    }
}
