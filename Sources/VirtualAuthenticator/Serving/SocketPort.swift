import Glibc
import Platform

/// A SEQPACKET socket in the place of a hidraw node.
///
/// Each connection is one open of the node. Each message from a client is one write(2) to it, report number 0 in front;
/// each message to a client is one report, which every connection gets. Closing them pulls the key out.
final class SocketPort: ReportPort {
    private let path: String
    private let reportSize: Int
    private let observe: ((VirtualKeyEvent) -> Void)?
    private let listener: OpenFile
    /// The node at `path`, to remove no other.
    private let node: FileIdentity?
    private var connections: [Int32: OpenFile] = [:]
    /// Whether clients have to wait until one leaves, for want of descriptors.
    private var isFull = false
    private var isOpen = true

    /// Listens at `path`, in the place of a socket left over by another program.
    init(path: String, reportSize: Int, observe: ((VirtualKeyEvent) -> Void)?) throws(ServeError) {
        self.path = path
        self.reportSize = reportSize
        self.observe = observe
        listener = try UnixSocket.listen(at: path)
        node = FileIdentity(path)
    }

    /// A listener that cannot accept is left out: poll(2) would return at once, again and again.
    var descriptors: [Int32] { isOpen ? (isFull ? [] : [listener.descriptor]) + connections.keys : [] }
    var writeDescriptor: Int32? { nil }
    var pace: Duration { .zero }

    func receive(from readable: Set<Int32>) throws(ServeError) -> [[UInt8]] {
        var reports: [[UInt8]] = []
        for (descriptor, connection) in connections where readable.contains(descriptor) {
            reports += receive(from: connection)
        }
        if readable.contains(listener.descriptor) { try acceptClient() }
        return reports
    }

    private func acceptClient() throws(ServeError) {
        do throws(Errno) {
            guard let client = try UnixSocket.accept(listener) else { return }
            connections[client.descriptor] = client
        } catch {
            // Without clients there is nothing to wait for.
            guard !connections.isEmpty else {
                throw .io(operation: "accept a client at", path: path, reason: error.description)
            }
            isFull = true
            observe?(.clientsRefused(reason: error.description))
        }
    }

    private func drop(_ descriptor: Int32) {
        connections[descriptor] = nil
        isFull = false
    }

    /// One write of a client; an empty one is its end.
    private func receive(from connection: OpenFile) -> [[UInt8]] {
        do throws(Errno) {
            // One more than a report with its number shows that a longer one was written.
            let message = try connection.read(upTo: reportSize + 2)
            guard !message.isEmpty else {
                drop(connection.descriptor)
                return []
            }
            if message.count == reportSize || message.count < reportSize && message.first != 0 {
                observe?(.reportNumberMissing(byteCount: message.count))
            }
            return [message.first == 0 ? Array(message.dropFirst()) : message]
        } catch {
            if error != .again { drop(connection.descriptor) }
            return []
        }
    }

    func send(_ report: [UInt8]) -> Bool {
        for (descriptor, connection) in connections {
            do throws(Errno) {
                try UnixSocket.send(report, on: connection)
            } catch {
                // As hidraw does, a report that a slow reader has no room for is lost.
                if error != .again { drop(descriptor) }
            }
        }
        return true
    }

    func close() {
        guard isOpen else { return }
        isOpen = false
        connections = [:]
        if node != nil, FileIdentity(path) == node { _ = unsafe unlink(path) }
    }
}

/// Which file a path names at the moment.
private struct FileIdentity: Equatable {
    private let device: dev_t
    private let inode: ino_t

    init?(_ path: String) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return nil }
        (device, inode) = (status.st_dev, status.st_ino)
    }
}
