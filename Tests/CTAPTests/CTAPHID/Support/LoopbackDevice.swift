import Platform
import Synchronization

@testable import CTAPHID

/// A key that answers INIT, PING and LOCK, and leaves every CBOR request pending until it is cancelled.
final class LoopbackDevice: HIDDevice {
    let inputReportSize: Int
    let outputReportSize: Int
    private var assembler = MessageAssembler()
    private var reports: [[UInt8]] = []
    private var isClosed = false
    private let wakeUp = try? WakeUp()
    /// Called with every complete request.
    private let onRequest: (Message) -> Void

    init(
        inputReportSize: Int = 64,
        outputReportSize: Int = 64,
        onRequest: @escaping (Message) -> Void = { _ in }
    ) {
        self.inputReportSize = inputReportSize
        self.outputReportSize = outputReportSize
        self.onRequest = onRequest
    }

    var interrupt: (@Sendable () -> Void)? {
        { [wakeUp] in wakeUp?.call() }
    }

    func write(_ report: [UInt8]) throws(CTAPHIDError) {
        if isClosed { throw .disconnected }
        guard let packet = Packet(report: report), let request = try? assembler.add(packet) else { return }
        onRequest(request)
        switch request.command {
        case .`init`: answer(request, request.payload + [1, 2, 3, 4, 2, 0, 0, 0, Capabilities.cbor.rawValue])
        case .ping: answer(request, request.payload)
        case .cancel: answer(Message(channel: request.channel, command: .cbor), [0x2D])
        default: break
        }
    }

    private func answer(_ request: Message, _ payload: [UInt8]) {
        let message = Message(channel: request.channel, command: request.command, payload: payload)
        reports += (message.packets(reportSize: inputReportSize) ?? []).map { $0.report(size: inputReportSize) }
    }

    func read(within duration: Duration) throws(CTAPHIDError) -> [UInt8]? {
        if isClosed { throw .disconnected }
        if !reports.isEmpty { return reports.removeFirst() }
        _ = wakeUp?.wait(within: duration)
        return nil
    }

    func close() {
        isClosed = true
    }
}
