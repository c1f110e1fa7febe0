import CTAPHID

extension Channel {
    /// Sends one CTAP2 command with its parameters and returns the members of its response, none when it has no body.
    ///
    /// `maximum` is the key's limit for the request, the command byte included (CTAP 2.1 §8, `maxMsgSize`).
    mutating func exchange(
        _ command: CTAPCommand,
        _ parameters: CBORMap?,
        maximum: Int,
        by deadline: Deadline,
        onKeepalive: (KeepaliveStatus) -> Void
    ) throws(SessionError) -> CBORMap {
        let request = command.message(parameters)
        guard request.count <= maximum else {
            throw .refused(.requestTooLarge(byteCount: request.count, maximum: maximum), command)
        }
        let response: [UInt8]
        do throws(CTAPHIDError) {
            response = try transact(.cbor, request, by: deadline) { news in
                if case .keepalive(let status) = news { onKeepalive(status) }
            }
        } catch {
            if case .unsupported(.cbor) = error { throw .refused(.noCTAP2, command) }
            throw .transport(error, command)
        }
        return try command.members(of: response)
    }
}

extension CTAPCommand {
    /// The request's bytes: the command, and its parameters in canonical CBOR if it has any (CTAP 2.1 §8.1).
    func message(_ parameters: CBORMap?) -> [UInt8] {
        [rawValue] + (parameters.map { CBOREncoder.encode($0) } ?? [])
    }

    /// Reads a response: a status, and after success a map, which keys leave out when it would be empty.
    func members(of response: [UInt8]) throws(SessionError) -> CBORMap {
        guard let first = response.first else { throw .malformed(.cbor(.truncated(offset: 0)), self) }
        let status = StatusCode(rawValue: first)
        guard status == .success else { throw .status(status, self) }
        guard response.count > 1 else { return [:] }
        do throws(CBORError) {
            let body = try CBORDecoder.decode(Array(response.dropFirst()))
            guard let map = body.map else { throw .unexpected(member: "response") }
            return map
        } catch {
            throw .malformed(.cbor(error), self)
        }
    }
}
