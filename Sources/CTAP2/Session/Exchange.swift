import CTAPHID

/// A sequence of commands to one key that no other command of this program interrupts; see `Session.job`.
public struct Exchange: ~Copyable {
    private var channel: Channel
    /// The key's limit for a request, its command byte included (CTAP 2.1 §8, `maxMsgSize`).
    private let maxMsgSize: Int
    /// Whether the key has only U2F; `nil` if that is not known.
    private let isU2F: Bool?

    init(_ channel: consuming Channel, maxMsgSize: Int, isU2F: Bool?) {
        self.channel = channel
        self.maxMsgSize = maxMsgSize
        self.isU2F = isU2F
    }

    consuming func end() -> Channel { channel }

    /// Sends one command and reads its response.
    public mutating func send<Request: CTAPRequest>(
        _ request: Request,
        _ operation: Operation
    ) throws(SessionError) -> Request.Response {
        let command = request.command
        if isU2F == true { throw .refused(.noCTAP2, command) }
        let message = request.message
        guard message.count <= maxMsgSize else {
            throw .refused(.requestTooLarge(byteCount: message.count, maximum: maxMsgSize), command)
        }
        let payload: [UInt8]
        do throws(CTAPHIDError) {
            payload = try channel.transact(.cbor, message, by: operation.deadline) { news in
                operation.report(KeyActivity(news))
            }
        } catch {
            switch error {
            case .unsupported(.cbor): throw .refused(.noCTAP2, command)
            case .device(.invalidCommand, .cbor) where isU2F == nil: throw .refused(.noCTAP2, command)
            default: throw .transport(error, command)
            }
        }
        let members = try command.members(of: payload)
        do throws(ResponseError) {
            return try request.response(members)
        } catch {
            throw .malformed(error, command)
        }
    }
}

extension CTAPCommand {
    /// Reads a response: a status and, after success, a map, which keys omit when it is empty.
    func members(of response: [UInt8]) throws(SessionError) -> CBORMap {
        guard let first = response.first else { throw .malformed(.cbor(.truncated(offset: 0)), self) }
        let status = StatusCode(rawValue: first)
        guard status == .success else { throw .status(status, self) }
        guard response.count > 1 else { return [:] }
        do throws(CBORError) {
            let body = try CBORDecoder.decode(Array(response.dropFirst()), maximumDepth: AttestationObject.maximumDepth)
            guard let map = body.map else { throw .unexpected(member: "response") }
            return map
        } catch {
            throw .malformed(.cbor(error), self)
        }
    }
}
