/// The storage of a virtual key's state between power-ups.
///
/// The state contains every private key, unencrypted: anyone who can read it can use all credentials of the key.
public protocol KeyStorage: AnyObject {
    /// The newest saved state; `nil` if none was ever saved.
    func load() throws(KeyStorageError) -> [UInt8]?

    /// Atomically replaces the newest state with the result of `change`.
    ///
    /// Calls `change` again if another process was first.
    func update(_ change: ([UInt8]?) throws(KeyStorageError) -> [UInt8]) throws(KeyStorageError)
}

/// Why a virtual key's state cannot be read or saved. The file is left unchanged.
public enum KeyStorageError: Error, Hashable, Sendable {
    /// The file is not a virtual key's state.
    case notAKeyState(path: String, reason: String)
    /// The state has a version that this program does not support.
    case unknownVersion(path: String, version: UInt8)
    /// The state was truncated or modified.
    case damaged(path: String, reason: String)
    /// The state was deleted while the key was in use.
    case vanished(path: String)
    /// Another process has held the lock for too long.
    case locked(path: String)
    /// There is not enough space for the new state; `reason` is the system's error text.
    case noSpace(path: String, reason: String)
    /// A system call failed; `reason` is the system's error text.
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
