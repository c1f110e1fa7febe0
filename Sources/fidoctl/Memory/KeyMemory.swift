import CTAP2
import Glibc
import Interaction
import Platform
import WebAuthn

/// The keys that `--remember` stored: one file that only its user can read.
struct KeyMemory: Codable, Sendable {
    var keys: [RememberedKey] = []

    /// The remembered key that returned `info`.
    func key(_ info: AuthenticatorInfo) -> RememberedKey? {
        guard info.encIdentifier != nil else { return nil }
        return keys.first { $0.isKey(info) }
    }

    /// The user's own name for the key with this serial number.
    func ownName(serial: String?) -> String? {
        guard let serial else { return nil }
        // After a reset the key is another one, with the same serial number.
        return keys.last { $0.serial == serial }?.ownName
    }

    /// Adds a key, or replaces its earlier entry.
    mutating func put(_ key: RememberedKey) {
        var key = key
        key.ownName = key.ownName ?? keys.first { $0.identifier == key.identifier }?.ownName
        keys.removeAll { $0.identifier == key.identifier }
        keys.append(key)
    }
}

extension KeyMemory {
    /// Reads the file; without one, the memory is empty.
    static func load() throws(Failure) -> KeyMemory {
        guard let folder, let bytes = try contents(of: folder + "/" + fileName) else { return KeyMemory() }
        do throws(JSONError) {
            return try JSON.decode(KeyMemory.self, from: bytes)
        } catch {
            let name = TerminalText.escape(folder + "/" + fileName)
            throw Failure(.badData, .badFile(name, error.explanation), hint: .forgetHint)
        }
    }

    /// Reads the file for a command that can do without: a failure is a warning, and the memory empty.
    static func loadIfPossible() -> KeyMemory {
        do throws(Failure) {
            return try load()
        } catch {
            Diagnostics.warn(error.message)
            return KeyMemory()
        }
    }

    /// Changes the memory and replaces the file as a whole. If two processes do so at once, the last one wins, so that
    /// neither waits for the other.
    static func update(_ change: (inout KeyMemory) -> Void) throws(Failure) {
        guard let folder else { throw Failure(.io, .noMemoryFolder) }
        do throws(Errno) {
            try makeFolder(folder)
        } catch {
            throw Failure(.io, .cannotWriteFile(TerminalText.escape(folder), error))
        }
        var memory = try load()
        change(&memory)
        guard let bytes = try? JSON.encode(memory) else { throw Failure(.internal, .unexpected("JSON")) }
        try ResultFile(path: folder + "/" + fileName).replace(with: bytes)
    }

    /// Removes the file; returns whether there was one.
    static func forgetAll() throws(Failure) -> Bool {
        guard let folder else { return false }
        let path = folder + "/" + fileName
        if unsafe unlink(path) == 0 { return true }
        let error = Errno.current
        guard error == .notFound else {
            throw Failure(.io, .cannotWriteFile(TerminalText.escape(path), error))
        }
        return false
    }

    private static let fileName = "keys.json"

    /// The folder according to the XDG Base Directory Specification; `nil` without a home directory.
    private static var folder: String? {
        if let state = Environment.nonEmptyVariable("XDG_STATE_HOME"), state.hasPrefix("/") {
            return state + "/fidoctl"
        }
        return Environment.nonEmptyVariable("HOME").map { $0 + "/.local/state/fidoctl" }
    }

    /// Creates a folder, and any missing parents, with mode 0700.
    private static func makeFolder(_ path: String) throws(Errno) {
        guard unsafe mkdir(path, 0o700) != 0 else { return }
        switch Errno.current {
        case .exists: return
        case .notFound:
            guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { throw .notFound }
            try makeFolder(String(path[..<slash]))
            guard unsafe mkdir(path, 0o700) == 0 else { throw .current }
        case let error: throw error
        }
    }

    /// Reads a file, which must be accessible by its owner only; `nil` if it does not exist.
    private static func contents(of path: String) throws(Failure) -> [UInt8]? {
        let name = TerminalText.escape(path)
        let descriptor = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            guard Errno.current != .notFound else { return nil }
            throw Failure(.io, .cannotReadFile(name, Errno.current))
        }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_uid == geteuid(), status.st_mode & 0o077 == 0 else {
            throw Failure(.noPermission, .memoryOpen(name), hint: .forgetHint)
        }
        return try InputFile.read(descriptor, path, limit: JSON.maximumByteCount)
    }
}
