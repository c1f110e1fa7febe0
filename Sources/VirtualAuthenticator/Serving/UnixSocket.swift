import Glibc

/// AF_UNIX sockets of type SEQPACKET.
enum UnixSocket {
    /// Listens at `path`, taking the place of a socket that nobody listens at or of an empty file.
    static func listen(at path: String) throws(ServeError) -> OpenFile {
        try requireFree(path)
        // Made under another name first, so that whoever sees the real one can connect.
        let temporary = path + ".new"
        do throws(Errno) {
            let socket = try make()
            var address = try address(of: temporary)
            let size = socklen_t(MemoryLayout<sockaddr_un>.size)
            _ = unsafe unlink(temporary)
            _ = try Errno.retrying {
                unsafe withUnsafePointer(to: &address) { pointer in
                    unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                        unsafe bind(socket.descriptor, $0, size)
                    }
                }
            }
            _ = try Errno.retrying { Glibc.listen(socket.descriptor, 16) }
            _ = try Errno.retrying { unsafe rename(temporary, path) }
            return socket
        } catch {
            _ = unsafe unlink(temporary)
            guard error.code != ENAMETOOLONG else {
                throw .pathTooLong(path: path, maximum: maximumPathLength - ".new".utf8.count)
            }
            throw .io(operation: "listen at", path: path, reason: error.description)
        }
    }

    /// A client that waits, if one does.
    static func accept(_ listener: OpenFile) -> OpenFile? {
        let descriptor = Glibc.accept(listener.descriptor, nil, nil)
        guard descriptor >= 0 else { return nil }
        let file = OpenFile(owning: descriptor)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        return file
    }

    /// One message, without SIGPIPE when the other side is gone.
    static func send(_ message: [UInt8], on socket: OpenFile) throws(Errno) {
        let descriptor = socket.descriptor
        _ = try Errno.retrying { unsafe Glibc.send(descriptor, message, message.count, Int32(MSG_NOSIGNAL)) }
    }

    private static let maximumPathLength = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

    private static func make() throws(Errno) -> OpenFile {
        let type = SOCK_SEQPACKET.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        return OpenFile(owning: try Errno.retrying { socket(AF_UNIX, Int32(type), 0) })
    }

    private static func address(of path: String) throws(Errno) -> sockaddr_un {
        let bytes = Array(path.utf8)
        guard bytes.count <= maximumPathLength else { throw Errno(code: ENAMETOOLONG) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        return address
    }

    /// Nothing that anyone could miss has this name.
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
