import Glibc

/// State in a file of mode 0600, replaced as a whole, safe for several processes at once.
///
/// The file holds every private key in the clear and protects nothing.
public final class FileStorage: KeyStorage {
    private let path: String
    /// Whether the file was there once, so that its absence is a loss and not a beginning.
    private var wasThere = false
    /// How long another process may hold the lock.
    private static let lockPatience = Duration.seconds(5)
    private static let lockInterval = Duration.milliseconds(2)
    /// More than any key can hold.
    private static let sizeLimit = 16 << 20

    /// Nothing is read or made before the first use. A link is followed once, here.
    public init(path: String) {
        self.path = Self.resolved(path)
    }

    public func load() throws(KeyStorageError) -> [UInt8]? {
        // Files are only ever replaced whole, so that reading needs no lock.
        guard let file = try openExisting() else { return nil }
        return try contents(of: file)
    }

    public func update(_ change: ([UInt8]?) throws(KeyStorageError) -> [UInt8]) throws(KeyStorageError) {
        while true {
            if let file = try openExisting() {
                guard try lock(file) else { continue }
                let old = try contents(of: file)
                let new = try change(old)
                if new != old { try replace(with: new) }
                return
            }
            guard !wasThere else { throw .vanished(path: path) }
            if try create(with: try change(nil)) { return }
        }
    }

    private func openExisting() throws(KeyStorageError) -> OpenFile? {
        do throws(Errno) {
            // O_NONBLOCK, so that a FIFO under this name does not hold us up.
            return try OpenFile(path, O_RDONLY | O_NONBLOCK)
        } catch {
            guard error == .notFound else { throw failure("open", error) }
            return nil
        }
    }

    private func contents(of file: OpenFile) throws(KeyStorageError) -> [UInt8] {
        let bytes: [UInt8]?
        do throws(Errno) {
            // A device might never end, a FIFO never begin.
            bytes = try file.status().st_mode & S_IFMT == S_IFREG ? file.readAll(limit: Self.sizeLimit) : nil
        } catch {
            throw failure("read", error)
        }
        guard let bytes else { throw .notAKeyState(path: path, reason: "it is not a regular file") }
        wasThere = true
        return try StateFileFormat.state(in: bytes, path: path)
    }

    /// Waits for the lock on the file; `false` when the file was replaced meanwhile and must be opened again.
    private func lock(_ file: OpenFile) throws(KeyStorageError) -> Bool {
        let deadline = ContinuousClock.now + Self.lockPatience
        while flock(file.descriptor, LOCK_EX | LOCK_NB) != 0 {
            let error = Errno(code: errno)
            guard error == .again || error.code == EINTR else { throw failure("lock", error) }
            guard ContinuousClock.now < deadline else { throw .locked(path: path) }
            _ = sleep(for: Self.lockInterval)
        }
        do throws(Errno) {
            let locked = try file.status()
            let current = try OpenFile(path, O_RDONLY | O_NONBLOCK).status()
            return locked.st_dev == current.st_dev && locked.st_ino == current.st_ino
        } catch {
            guard error == .notFound else { throw failure("look at", error) }
            return false
        }
    }

    /// Puts a new file in the place of the old one; who holds the old one's lock may do so.
    private func replace(with state: [UInt8]) throws(KeyStorageError) {
        let temporary = try writeTemporary(state)
        guard unsafe rename(temporary, path) == 0 else {
            let error = Errno(code: errno)
            _ = unsafe unlink(temporary)
            throw failure("replace", error)
        }
        try synchronizeFolder()
    }

    /// Makes the file; `false` when another process has just made it.
    private func create(with state: [UInt8]) throws(KeyStorageError) -> Bool {
        let temporary = try writeTemporary(state)
        defer { _ = unsafe unlink(temporary) }
        guard unsafe link(temporary, path) == 0 else {
            let error = Errno(code: errno)
            guard error == .exists else { throw failure("create", error) }
            return false
        }
        try synchronizeFolder()
        return true
    }

    /// A new file beside the real one, mode 0600, on the disk.
    private func writeTemporary(_ state: [UInt8]) throws(KeyStorageError) -> String {
        var template = (path + ".XXXXXX").utf8CString.map(\.self)
        let descriptor = unsafe mkstemp(&template)
        guard descriptor >= 0 else { throw failure("create", Errno(code: errno)) }
        let temporary = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        let file = OpenFile(owning: descriptor)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        do throws(Errno) {
            try file.writeAll(StateFileFormat.bytes(of: state))
            try file.synchronize()
        } catch {
            _ = unsafe unlink(temporary)
            throw failure("write", error)
        }
        return temporary
    }

    private func synchronizeFolder() throws(KeyStorageError) {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        do throws(Errno) {
            try OpenFile(folder, O_RDONLY | O_DIRECTORY).synchronize()
        } catch {
            throw failure("write", error)
        }
    }

    private func failure(_ operation: String, _ error: Errno) -> KeyStorageError {
        .io(operation: operation, path: path, reason: error.description)
    }

    private static func resolved(_ path: String) -> String {
        guard let resolved = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }
}
