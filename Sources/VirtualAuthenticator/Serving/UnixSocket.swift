import Glibc
import Platform

/// AF_UNIX sockets of type SEQPACKET.
enum UnixSocket {
    /// Listens at `path`, for this user only, replacing a stale socket or an empty file.
    static func listen(at path: String) throws(ServeError) -> OpenFile {
        try requireFree(path)
        do throws(Errno) {
            let socket = try make()
            // bind(2) applies this mode, so that the node is never accessible to other users.
            _ = try Errno.retrying { fchmod(socket.descriptor, 0o600) }
            // Uses a temporary name first, so that clients can connect as soon as the real one exists.
            let temporary = try bind(socket, beside: path)
            do throws(Errno) {
                _ = try Errno.retrying { Glibc.listen(socket.descriptor, 16) }
                _ = try Errno.retrying { unsafe rename(temporary, path) }
            } catch {
                _ = unsafe unlink(temporary)
                throw error
            }
            return socket
        } catch {
            guard error.code != ENAMETOOLONG else {
                throw .pathTooLong(path: path, maximum: maximumPathLength - suffixLength)
            }
            throw .io(operation: "listen at", path: path, reason: error.description)
        }
    }

    /// The client that has waited longest; `nil` if none is waiting.
    static func accept(_ listener: OpenFile) throws(Errno) -> OpenFile? {
        do throws(Errno) {
            let client = OpenFile(owning: try Errno.retrying { Glibc.accept(listener.descriptor, nil, nil) })
            _ = fcntl(client.descriptor, F_SETFD, FD_CLOEXEC)
            _ = fcntl(client.descriptor, F_SETFL, O_NONBLOCK)
            return client
        } catch {
            guard error == .again || error.code == ECONNABORTED else { throw error }
            return nil
        }
    }

    /// Sends one message, without SIGPIPE if the other side is gone.
    static func send(_ message: [UInt8], on socket: OpenFile) throws(Errno) {
        let descriptor = socket.descriptor
        _ = try Errno.retrying { unsafe Glibc.send(descriptor, message, message.count, Int32(MSG_NOSIGNAL)) }
    }

    private static let maximumPathLength = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1
    private static let suffixLength = 4

    private static func make() throws(Errno) -> OpenFile {
        let type = SOCK_SEQPACKET.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        return OpenFile(owning: try Errno.retrying { socket(AF_UNIX, Int32(type), 0) })
    }

    /// Binds to an unused name and returns it.
    private static func bind(_ socket: OpenFile, beside path: String) throws(Errno) -> String {
        var attempts = 100
        while true {
            let suffix = (1..<suffixLength).map { _ in "abcdefghijklmnopqrstuvwxyz0123456789".randomElement() ?? "a" }
            let name = path + "." + String(suffix)
            do throws(Errno) {
                try bind(socket, to: name)
                return name
            } catch {
                attempts -= 1
                guard error.code == EADDRINUSE, attempts > 0 else { throw error }
            }
        }
    }

    private static func bind(_ socket: OpenFile, to path: String) throws(Errno) {
        var address = try address(of: path)
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        _ = try Errno.retrying {
            unsafe withUnsafePointer(to: &address) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    unsafe Glibc.bind(socket.descriptor, $0, size)
                }
            }
        }
    }

    private static func address(of path: String) throws(Errno) -> sockaddr_un {
        let bytes = Array(path.utf8)
        guard bytes.count <= maximumPathLength else { throw Errno(code: ENAMETOOLONG) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        return address
    }

    /// Throws if replacing the name would destroy something.
    private static func requireFree(_ path: String) throws(ServeError) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return }
        if status.st_mode & S_IFMT == S_IFREG, status.st_size == 0 { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw .occupied(path: path, reason: "it is not a socket") }
        guard !isAnswered(path) else { throw .occupied(path: path, reason: "a program listens there") }
    }

    private static func isAnswered(_ path: String) -> Bool {
        guard let socket = try? make(), var address = try? address(of: path) else { return false }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(socket.descriptor, $0, size)
            }
        }
        return result == 0 || errno == EAGAIN
    }
}
