import CTAP2
import WebAuthn
import Interaction

/// What an application says.
enum IncomingMessage: ~Copyable {
    case ceremony(RequestID, CeremonyRequest)
    case cancel(RequestID)
    case pin(RequestID, Secret)
    /// The place of the chosen account in the list of the event `select`.
    case account(RequestID, Int)
    case capabilities(RequestID)
    case devices(RequestID)

    /// The types, as messages name them.
    enum Kind: String, CaseIterable, Sendable {
        case create, get, cancel, capabilities, devices, pin, account
    }
}

/// A message that could not be used, and its ID as far as it has one.
struct MessageFault: Error, Hashable {
    var id: RequestID?
    var error: ServedError
    /// Whether the application may wait for the end of a request with this ID.
    var isRequest = false
}

extension IncomingMessage {
    /// Reads a message, and takes a PIN out of it: `message` is without it afterwards.
    static func parse(_ message: inout [UInt8]) throws(MessageFault) -> IncomingMessage {
        guard let members = MessageScanner.members(of: message.span) else {
            throw MessageFault(error: .unreadable(.notJSON))
        }
        var pin = PINMember.take(from: &message, members)
        let id = try decode(Identified.self, message, id: nil).id
        let header = try decode(Header.self, message, id: id)
        guard let kind = Kind(rawValue: header.type) else {
            throw MessageFault(id: id, error: .unknownType(header.type), isRequest: true)
        }
        switch kind {
        case .cancel: return .cancel(id)
        case .capabilities: return .capabilities(id)
        case .devices: return .devices(id)
        case .create, .get:
            do throws(ServedError) {
                let request = try CeremonyRequest(
                    kind == .create ? .create : .get,
                    in: message,
                    member: "options",
                    origin: header.origin,
                    topOrigin: header.topOrigin,
                    crossOrigin: header.crossOrigin ?? false
                )
                return .ceremony(id, request)
            } catch {
                throw MessageFault(id: id, error: error, isRequest: true)
            }
        case .account:
            guard let account = header.account else {
                throw MessageFault(id: id, error: .unreadable(.missing(path: "account")))
            }
            return .account(id, account)
        case .pin:
            guard let pin = pin.take() else {
                let isThere = header.pin != nil
                throw MessageFault(id: id, error: isThere ? .unusablePIN : .unreadable(.missing(path: "pin")))
            }
            return .pin(id, pin)
        }
    }

    private static func decode<T: Decodable>(
        _ type: T.Type,
        _ message: [UInt8],
        id: RequestID?
    ) throws(MessageFault) -> T {
        do throws(JSONError) {
            return try JSON.decode(type, from: message)
        } catch {
            throw MessageFault(id: id, error: .unreadable(error), isRequest: true)
        }
    }
}

private struct Identified: Decodable {
    var id: RequestID
}

/// The members of every type of message; others are ignored.
private struct Header: Decodable {
    var type: String
    var origin: String?
    var crossOrigin: Bool?
    var topOrigin: String?
    var account: Int?
    /// Empty, since the PIN has been taken out.
    var pin: String?
}
