import Glibc
import Platform

/// State in a file of mode 0600 that is replaced atomically and may be shared by processes.
///
/// The file contains every private key, unencrypted.
public final class FileStorage: KeyStorage {
    private let path: String
    private let lockTimeout: Duration
    /// The file that was read last and its state. The file stays open so that its inode number is not reused.
    private var newest: (file: OpenFile, identity: FileIdentity, state: [UInt8])?
    /// Whether the file has existed before, so that its absence is an error.
    private var wasThere = false
    /// In microseconds.
    private static let lockInterval: useconds_t = 2_000
    /// A limit above the size of any key's state.
    private static let sizeLimit = 16 << 20

    /// Resolves a link once. The file is not read or created before its first use.
    ///
    /// `lockTimeout` is how long an update waits for another process before it throws `KeyStorageError.locked`; in a
    /// cancelled task it does not wait.
    public init(path: String, lockTimeout: Duration = .seconds(5)) {
        self.path = Self.resolved(path)
        self.lockTimeout = lockTimeout
    }

    public func load() throws(KeyStorageError) -> [UInt8]? {
        // Files are only replaced as a whole, so reading does not need the lock.
        if let newest, newest.identity == FileIdentity(path: path) { return newest.state }
        newest = nil
        if let file = try openExisting() {
            let state = try contents(of: file)
            if let identity = FileIdentity(file) { newest = (file, identity, state) }
            return state
        }
        guard !wasThere else { throw .vanished(path: path) }
        return nil
    }

    public func update(_ change: ([UInt8]?) throws(KeyStorageError) -> [UInt8]) throws(KeyStorageError) {
        let deadline = ContinuousClock.now + lockTimeout
        repeat {
            if let file = try openExisting() {
                guard try lock(file, by: deadline) else { continue }
                let old = try contents(of: file)
                let new = try change(old)
                if new != old { try replace(with: new) }
                return
            }
            guard !wasThere else { throw .vanished(path: path) }
            if try create(with: try change(nil)) { return }
        } while ContinuousClock.now < deadline
        throw .locked(path: path)
    }

    /// `nil` if the name does not exist.
    private func openExisting() throws(KeyStorageError) -> OpenFile? {
        var status = stat()
        do throws(Errno) {
            _ = try Errno.retrying { unsafe lstat(path, &status) }
        } catch {
            guard error == .notFound else { throw failure("open", error) }
            return nil
        }
        // Checked before open(2), which can have side effects on a device or a FIFO.
        try requireRegularFile(status)
        do throws(Errno) {
            return try OpenFile(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW)
        } catch {
            guard error == .notFound else { throw failure("open", error) }
            return nil
        }
    }

    private func requireRegularFile(_ status: stat) throws(KeyStorageError) {
        switch status.st_mode & S_IFMT {
        case S_IFREG: return
        // `init` has already resolved links to existing files.
        case S_IFLNK: throw .notAKeyState(path: path, reason: "it is a link that leads to no file")
        default: throw .notAKeyState(path: path, reason: "it is not a regular file")
        }
    }

    private func contents(of file: OpenFile) throws(KeyStorageError) -> [UInt8] {
        let (status, bytes): (stat, [UInt8])
        do throws(Errno) {
            (status, bytes) = (try file.status(), try file.readAll(limit: Self.sizeLimit))
        } catch {
            throw failure("read", error)
        }
        // The name may belong to another file by now.
        try requireRegularFile(status)
        wasThere = true
        return try StateFileFormat.state(in: bytes, path: path)
    }

    /// Waits for the lock on the file; `false` if the file was replaced meanwhile and must be reopened.
    private func lock(_ file: OpenFile, by deadline: ContinuousClock.Instant) throws(KeyStorageError) -> Bool {
        while flock(file.descriptor, LOCK_EX | LOCK_NB) != 0 {
            let error = Errno.current
            guard error == .again || error == .interrupted else { throw failure("lock", error) }
            guard ContinuousClock.now < deadline, !Task.isCancelled else { throw .locked(path: path) }
            _ = usleep(Self.lockInterval)
        }
        do throws(Errno) {
            let locked = try file.status()
            let current = try OpenFile(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW).status()
            return locked.st_dev == current.st_dev && locked.st_ino == current.st_ino
        } catch {
            guard error == .notFound else { throw failure("open", error) }
            return false
        }
    }

    /// Replaces the old file, whose lock the caller holds.
    private func replace(with state: [UInt8]) throws(KeyStorageError) {
        let temporary = try writeTemporary(state)
        guard unsafe rename(temporary, path) == 0 else {
            let error = Errno.current
            _ = unsafe unlink(temporary)
            throw failure("replace", error)
        }
        try synchronizeFolder()
    }

    /// Creates the file; `false` if another process has just created it.
    private func create(with state: [UInt8]) throws(KeyStorageError) -> Bool {
        let temporary = try writeTemporary(state)
        defer { _ = unsafe unlink(temporary) }
        guard unsafe link(temporary, path) == 0 else {
            let error = Errno.current
            guard error == .exists else { throw failure("create", error) }
            return false
        }
        try synchronizeFolder()
        return true
    }

    /// A new file of mode 0600 in the same folder, synced to the disk.
    private func writeTemporary(_ state: [UInt8]) throws(KeyStorageError) -> String {
        var template = (path + ".XXXXXX").utf8CString.map(\.self)
        let descriptor = unsafe mkstemp(&template)
        guard descriptor >= 0 else { throw failure("create", Errno.current) }
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
        guard !error.meansNoSpace else { return .noSpace(path: path, reason: error.description) }
        return .io(operation: operation, path: path, reason: error.description)
    }

    private static func resolved(_ path: String) -> String {
        guard let resolved = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }
}

/// Identifies a file in one version.
private struct FileIdentity: Equatable {
    private let numbers: [Int]

    /// `nil` if the name does not exist.
    init?(path: String) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    init?(_ file: OpenFile) {
        guard let status = try? file.status() else { return nil }
        self.init(status)
    }

    private init(_ status: stat) {
        numbers = [
            Int(truncatingIfNeeded: status.st_dev), Int(truncatingIfNeeded: status.st_ino), Int(status.st_size),
            status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
        ]
    }
}

extension Errno {
    /// Whether the error means a full disk, or an exceeded quota or file size limit.
    fileprivate var meansNoSpace: Bool { [ENOSPC, EDQUOT, EFBIG].contains(code) }
}
