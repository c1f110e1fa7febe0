import Glibc
import Platform

/// The node of a USB gadget's HID function: one report per call, without a report number.
final class GadgetPort: ReportPort {
    private let path: String
    private let reportSize: Int
    private var file: OpenFile?

    init(path: String, reportSize: Int) throws(ServeError) {
        self.path = path
        self.reportSize = reportSize
        do throws(Errno) {
            let file = try OpenFile(path, O_RDWR | O_NONBLOCK)
            // Any other file could be read endlessly and would be overwritten.
            guard try file.status().st_mode & S_IFMT == S_IFCHR else { throw Errno(code: ENODEV) }
            self.file = file
        } catch {
            throw .io(operation: "open", path: path, reason: error.description)
        }
    }

    var descriptors: [Int32] { writeDescriptor.map { [$0] } ?? [] }
    var writeDescriptor: Int32? { file?.descriptor }
    var pace: Duration { .zero }

    func receive(from readable: Set<Int32>) throws(ServeError) -> [[UInt8]] {
        guard let descriptor = file?.descriptor, readable.contains(descriptor) else { return [] }
        do throws(Errno) {
            return try [file?.read(upTo: reportSize) ?? []]
        } catch {
            guard error == .again else { throw .io(operation: "read", path: path, reason: error.description) }
            return []
        }
    }

    func send(_ report: [UInt8]) throws(ServeError) -> Bool {
        do throws(Errno) {
            try file?.write(report)
            return true
        } catch {
            switch error.code {
            case EAGAIN: return false
            // The host has not configured the gadget at the moment, so nothing reads the report.
            case ESHUTDOWN, EPIPE, ENODEV: return true
            default: throw .io(operation: "write", path: path, reason: error.description)
            }
        }
    }

    func close() {
        file = nil
    }
}
