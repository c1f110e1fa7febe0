import CTAP2
import CTAPHID
import Synchronization

/// A key that answers each CTAP2 request with the result of a function, and otherwise behaves correctly.
final class AnsweringKey: HIDDevice {
    let inputReportSize = 64
    let outputReportSize = 64
    private let capabilities: Capabilities
    private let log: RequestLog
    private let answer: @Sendable (CTAPCommand, CBORMap) -> [UInt8]
    private var assembler = MessageAssembler()
    private var reports: [[UInt8]] = []

    init(
        capabilities: Capabilities = .cbor,
        log: RequestLog = RequestLog(),
        answer: @escaping @Sendable (CTAPCommand, CBORMap) -> [UInt8]
    ) {
        self.capabilities = capabilities
        self.log = log
        self.answer = answer
    }

    func write(_ report: [UInt8]) throws(CTAPHIDError) {
        guard
            let packet = Packet(report: report),
            let message = try? assembler.add(packet)
        else { return }
        switch message.command {
        case .`init`: reply(to: message, message.payload + [0, 0, 0, 1, 2, 1, 0, 0, capabilities.rawValue])
        case .cbor: reply(to: message, log.take(message.payload, answer))
        default: break
        }
    }

    private func reply(to message: Message, _ payload: [UInt8]) {
        let reply = Message(channel: message.channel, command: message.command, payload: payload)
        reports += (reply.packets(reportSize: 64) ?? []).map { $0.report(size: 64) }
    }

    func read(within duration: Duration) throws(CTAPHIDError) -> [UInt8]? {
        reports.isEmpty ? nil : reports.removeFirst()
    }

    func close() {}
}

extension Session {
    /// A session with an `AnsweringKey`.
    init(
        log: RequestLog = RequestLog(),
        capabilities: Capabilities = .cbor,
        answer: @escaping @Sendable (CTAPCommand, CBORMap) -> [UInt8]
    ) {
        self.init(Connection(AnsweringKey(capabilities: capabilities, log: log, answer: answer)))
    }
}

/// The requests that an `AnsweringKey` received.
final class RequestLog: Sendable {
    private let requests = Mutex<[(CTAPCommand, CBORMap)]>([])

    var commands: [CTAPCommand] { requests.withLock { $0.map(\.0) } }
    var parameters: [CBORMap] { requests.withLock { $0.map(\.1) } }

    fileprivate func take(
        _ payload: [UInt8],
        _ answer: (CTAPCommand, CBORMap) -> [UInt8]
    ) -> [UInt8] {
        guard let first = payload.first else { return [StatusCode.invalidLength.rawValue] }
        let body = try? CBORDecoder.decode(Array(payload.dropFirst()), rules: .canonical).map
        guard let parameters = payload.count > 1 ? body : [:] else { return [StatusCode.invalidCBOR.rawValue] }
        let command = CTAPCommand(rawValue: first)
        requests.withLock { $0.append((command, parameters)) }
        return answer(command, parameters)
    }
}

/// A successful response with these members.
func success(_ members: CBORMap) -> [UInt8] {
    [0] + CBOREncoder.encode(members)
}

/// A getInfo response with the required members and these.
func info(_ more: CBORMap = [:], versions: CBORValue = ["FIDO_2_1"]) -> [UInt8] {
    var members: CBORMap = [1: versions, 3: .bytes([UInt8](repeating: 0x11, count: 16))]
    for entry in more.entries {
        members[entry.key] = entry.value
    }
    return success(members)
}

/// Options in the form of getInfo.
func optionMap(_ options: [String: Bool]) -> CBORValue {
    var map = CBORMap()
    for (identifier, value) in options {
        map[.text(identifier)] = .bool(value)
    }
    return .map(map)
}

/// A response to getAssertion, with a signature that nobody verifies.
func assertion(_ credential: PublicKeyCredentialDescriptor?, count: Int? = nil) -> [UInt8] {
    var members: CBORMap = [2: .bytes([UInt8](repeating: 7, count: 32) + [1, 0, 0, 0, 1]), 3: .bytes([1])]
    members[1] = credential.map { .map($0.cbor) }
    members[5] = count.map(CBORValue.int)
    return success(members)
}
