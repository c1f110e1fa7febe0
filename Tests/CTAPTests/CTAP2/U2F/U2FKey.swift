import CTAP2
import CTAPHID
import Synchronization

/// A key that answers each U2F request with the result of a function, and CBOR as configured.
final class U2FKey: HIDDevice {
    enum CBOR: Sendable {
        /// INIT says that there is none.
        case absent
        /// INIT promises it, and every request is answered with ERROR.
        case error(HIDErrorCode)
        case answer([UInt8])
    }

    let inputReportSize = 64
    let outputReportSize = 64
    private let cbor: CBOR
    private let capabilities: Capabilities
    private let log: U2FLog
    private let answer: @Sendable (_ apdu: [UInt8]) -> [UInt8]
    private var assembler = MessageAssembler()
    private var reports: [[UInt8]] = []

    init(
        cbor: CBOR = .absent,
        noMSG: Bool = false,
        log: U2FLog = U2FLog(),
        answer: @escaping @Sendable (_ apdu: [UInt8]) -> [UInt8]
    ) {
        self.cbor = cbor
        var capabilities: Capabilities = if case .absent = cbor { [] } else { .cbor }
        if noMSG { capabilities.insert(.noMSG) }
        self.capabilities = capabilities
        self.log = log
        self.answer = answer
    }

    func write(_ report: [UInt8]) throws(CTAPHIDError) {
        guard let packet = Packet(report: report), let message = try? assembler.add(packet) else { return }
        switch message.command {
        case .`init`: reply(to: message, message.payload + [0, 0, 0, 1, 2, 1, 0, 0, capabilities.rawValue])
        case .msg: reply(to: message, log.take(message.payload, answer))
        case .cbor:
            log.countCBOR()
            switch cbor {
            case .absent: error(.invalidCommand, to: message)
            case .error(let code): error(code, to: message)
            case .answer(let payload): reply(to: message, payload)
            }
        default: break
        }
    }

    private func error(_ code: HIDErrorCode, to message: Message) {
        reply(to: Message(channel: message.channel, command: .error), [code.rawValue])
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

/// The requests that a `U2FKey` received.
final class U2FLog: Sendable {
    private struct State {
        var apdus: [[UInt8]] = []
        var cborCount = 0
    }

    private let state = Mutex(State())

    var apdus: [[UInt8]] { state.withLock { $0.apdus } }
    /// INS and P1 of each request.
    var steps: [[UInt8]] { apdus.map { Array($0[1...2]) } }
    var cborCount: Int { state.withLock { $0.cborCount } }

    fileprivate func take(_ apdu: [UInt8], _ answer: ([UInt8]) -> [UInt8]) -> [UInt8] {
        state.withLock { $0.apdus.append(apdu) }
        return answer(apdu)
    }

    fileprivate func countCBOR() {
        state.withLock { $0.cborCount += 1 }
    }
}
