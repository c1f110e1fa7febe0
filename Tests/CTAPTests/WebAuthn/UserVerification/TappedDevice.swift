import CTAP2
import CTAPHID
import Synchronization

/// Forwards everything to another device, and records the CTAP2 requests.
final class TappedDevice: HIDDevice {
    private let device: any HIDDevice
    private let requests: RequestTap
    private var assembler = MessageAssembler()

    init(_ device: any HIDDevice, into requests: RequestTap) {
        self.device = device
        self.requests = requests
    }

    var inputReportSize: Int { device.inputReportSize }
    var outputReportSize: Int { device.outputReportSize }
    var interrupt: (@Sendable () -> Void)? { device.interrupt }

    func write(_ report: [UInt8]) throws(CTAPHIDError) {
        if let packet = Packet(report: report), let message = try? assembler.add(packet) {
            assembler = MessageAssembler()
            if message.command == .cbor { requests.take(message.payload) }
        }
        try device.write(report)
    }

    func read(within duration: Duration) throws(CTAPHIDError) -> [UInt8]? {
        try device.read(within: duration)
    }

    func close() {
        device.close()
    }
}

/// CTAP2 requests in order.
final class RequestTap: Sendable {
    private let requests = Mutex<[(command: CTAPCommand, members: CBORMap)]>([])

    var all: [(command: CTAPCommand, members: CBORMap)] { requests.withLock { $0 } }

    fileprivate func take(_ payload: [UInt8]) {
        guard let first = payload.first else { return }
        let members = (try? CBORDecoder.decode(Array(payload.dropFirst())))?.map ?? [:]
        requests.withLock { $0.append((CTAPCommand(rawValue: first), members)) }
    }
}
