import Glibc
import Platform

/// A file that holds a PIN.
package enum PINFile {
    /// Opens it for reading; it must belong to us and be closed to others.
    package static func open(_ path: String) throws(Failure) -> Int32 {
        let name = TerminalText.escape(path)
        // Without O_NONBLOCK, opening a FIFO would block until somebody writes.
        let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Failure(.io, .cannotReadFile(name, Errno.current)) }
        do throws(Failure) {
            try check(descriptor, name: name)
        } catch {
            close(descriptor)
            throw error
        }
        return descriptor
    }

    private static func check(_ descriptor: Int32, name: String) throws(Failure) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            throw Failure(.io, .cannotReadFile(name, Errno.current))
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw Failure(.badData, .pinFileNotRegular(name)) }
        guard status.st_uid == geteuid() else {
            let owner = UnixOwner.description(user: status.st_uid, group: status.st_gid)
            throw Failure(.usage, .pinFileOfOther(name, owner: owner), hint: .pinFileHint(name))
        }
        guard status.st_mode & 0o077 == 0 else {
            let mode = UnixOwner.octal(status.st_mode)
            throw Failure(.usage, .pinFileOpen(name, mode: mode), hint: .pinFileHint(name))
        }
    }
}
