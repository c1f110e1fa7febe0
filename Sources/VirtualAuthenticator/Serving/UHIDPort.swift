import Glibc
import Platform

/// /dev/uhid: this process acts as a HID device, for which the kernel creates a /dev/hidrawN.
final class UHIDPort: ReportPort {
    private static let path = "/dev/uhid"
    private var file: OpenFile?

    init(name: String, serialNumber: String, reportSize: Int) throws(ServeError) {
        do throws(Errno) {
            let file = try OpenFile(Self.path, O_RDWR | O_NONBLOCK)
            try file.write(UHIDEvent.create(name: name, serialNumber: serialNumber, reportSize: reportSize))
            self.file = file
        } catch {
            throw .io(operation: "open", path: Self.path, reason: error.description)
        }
    }

    var descriptors: [Int32] { file.map { [$0.descriptor] } ?? [] }
    var writeDescriptor: Int32? { nil }

    /// Similar to a USB key's rate: an open hidraw node queues 63 reports and drops further ones.
    var pace: Duration { .milliseconds(1) }

    func receive(from readable: Set<Int32>) throws(ServeError) -> [[UInt8]] {
        guard let descriptor = descriptors.first, readable.contains(descriptor) else { return [] }
        do throws(Errno) {
            guard let event = try file?.read(upTo: UHIDEvent.size) else { return [] }
            switch UHIDEvent.Incoming(event) {
            case .output(let bytes):
                // Clients write to hidraw with the report number in front; usbhid would remove it if it is 0.
                return [bytes.first == 0 ? Array(bytes.dropFirst()) : bytes]
            case .request(let reply): try file?.write(reply)
            case nil: break
            }
            return []
        } catch {
            guard error == .again else { throw failure(error) }
            return []
        }
    }

    func send(_ report: [UInt8]) throws(ServeError) -> Bool {
        do throws(Errno) {
            try file?.write(UHIDEvent.input(report))
            return true
        } catch {
            throw failure(error)
        }
    }

    func close() {
        try? file?.write(UHIDEvent.destroy)
        file = nil
    }

    private func failure(_ error: Errno) -> ServeError {
        .io(operation: "use", path: Self.path, reason: error.description)
    }
}
