import Glibc

/// A SEQPACKET socket in the place of a hidraw node.
///
/// Each connection is one open of the node. Each message from a client is one write(2) to it, report number 0 in front;
/// each message to a client is one report, which every connection gets. Closing them pulls the key out.
final class SocketPort: ReportPort {
    private let path: String
    private let reportSize: Int
    private let listener: OpenFile
    private var connections: [Int32: OpenFile] = [:]
    private var isOpen = true

    /// Listens at `path`, in the place of a socket that nobody listens at any more.
    init(path: String, reportSize: Int) throws(ServeError) {
        self.path = path
        self.reportSize = reportSize
        listener = try UnixSocket.listen(at: path)
    }

    var descriptors: [Int32] { isOpen ? [listener.descriptor] + connections.keys : [] }
    var writeDescriptor: Int32? { nil }
    var pace: Duration { .zero }

    func receive(from readable: Set<Int32>) throws(ServeError) -> [[UInt8]] {
        var reports: [[UInt8]] = []
        for (descriptor, connection) in connections where readable.contains(descriptor) {
            reports += receive(from: connection)
        }
        if readable.contains(listener.descriptor), let file = UnixSocket.accept(listener) {
            connections[file.descriptor] = file
        }
        return reports
    }

    /// One write of a client; an empty one is its end.
    private func receive(from connection: OpenFile) -> [[UInt8]] {
        do throws(Errno) {
            // One more than a report with its number shows that a longer one was written.
            let message = try connection.read(upTo: reportSize + 2)
            guard !message.isEmpty else {
                connections[connection.descriptor] = nil
                return []
            }
            return [message.first == 0 ? Array(message.dropFirst()) : message]
        } catch {
            if error != .again { connections[connection.descriptor] = nil }
            return []
        }
    }

    func send(_ report: [UInt8]) -> Bool {
        for (descriptor, connection) in connections {
            do throws(Errno) {
                try UnixSocket.send(report, on: connection)
            } catch {
                // As hidraw does, a report that a slow reader has no room for is lost.
                if error != .again { connections[descriptor] = nil }
            }
        }
        return true
    }

    func close() {
        guard isOpen else { return }
        isOpen = false
        connections = [:]
        _ = unsafe unlink(path)
    }
}
