import Glibc
import Platform

/// A SEQPACKET socket that stands for a hidraw node.
///
/// Each connection is one open of the node. Each message from a client is one write(2) to it, with the report number 0
/// in front; each message to a client is one report, sent to every connection. Closing them unplugs the key.
final class SocketPort: ReportPort {
    private let path: String
    private let reportSize: Int
    private let observe: ((VirtualKeyEvent) -> Void)?
    private let listener: OpenFile
    /// The identity of the node at `path`, so that only this node is removed.
    private let node: FileIdentity?
    private var connections: [Int32: OpenFile] = [:]
    /// Whether clients have to wait until one disconnects, because descriptors have run out.
    private var isFull = false
    private var isOpen = true

    /// Listens at `path`, replacing another program's stale socket.
    init(path: String, reportSize: Int, observe: ((VirtualKeyEvent) -> Void)?) throws(ServeError) {
        self.path = path
        self.reportSize = reportSize
        self.observe = observe
        listener = try UnixSocket.listen(at: path)
        node = FileIdentity(path)
    }

    /// Omits a listener that cannot accept, since poll(2) would keep returning at once.
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

    /// Handles one write of a client; an empty one means that it has disconnected.
    private func receive(from connection: OpenFile) -> [[UInt8]] {
        do throws(Errno) {
            // One extra byte detects writes that are too long.
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
                // As in hidraw, a slow reader loses reports for which it has no room.
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

/// The identity of the file that a path currently names.
private struct FileIdentity: Equatable {
    private let device: dev_t
    private let inode: ino_t

    init?(_ path: String) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return nil }
        (device, inode) = (status.st_dev, status.st_ino)
    }
}
