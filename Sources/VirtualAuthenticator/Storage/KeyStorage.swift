/// Where a virtual key keeps its state between power-ups.
///
/// The state holds every private key in the clear: whoever can read it owns all credentials of the key.
public protocol KeyStorage: AnyObject {
    /// The newest saved state; `nil` when nothing was ever saved.
    func load() throws(KeyStorageError) -> [UInt8]?

    /// Replaces the newest state by what `change` makes of it, while nobody else can change it.
    ///
    /// `change` may be called again when another process was first.
    func update(_ change: ([UInt8]?) throws(KeyStorageError) -> [UInt8]) throws(KeyStorageError)
}

/// Why a virtual key's state cannot be read or saved. The file is left as it was.
public enum KeyStorageError: Error, Hashable, Sendable {
    /// The file is not a virtual key's state.
    case notAKeyState(path: String, reason: String)
    /// It is a virtual key's state, but of a version that this program does not know.
    case unknownVersion(path: String, version: UInt8)
    /// It was a virtual key's state, and was cut or changed since.
    case damaged(path: String, reason: String)
    /// The state was there and is gone; the key was thrown away while in use.
    case vanished(path: String)
    /// Another process has held the file for too long.
    case locked(path: String)
    /// There is no room for the new state; `reason` is the system's own text.
    case noSpace(path: String, reason: String)
    /// The system refused an operation; `reason` is its own text.
    case io(operation: String, path: String, reason: String)
}

extension KeyStorageError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notAKeyState(let path, let reason): "\(path) is not the state of a virtual key: \(reason)"
        case .unknownVersion(let path, let version):
            "\(path) was written by another version of this program (format \(version))"
        case .damaged(let path, let reason): "\(path) is damaged: \(reason)"
        case .vanished(let path): "\(path) was removed while the key was in use"
        case .locked(let path): "\(path) is locked by another process"
        case .noSpace(let path, let reason): "no room to save \(path): \(reason)"
        case .io(let operation, let path, let reason): "\(operation) \(path): \(reason)"
        }
    }
}
