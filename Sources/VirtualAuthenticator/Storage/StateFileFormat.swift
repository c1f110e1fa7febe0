import Crypto
import FoundationEssentials

/// The file format of a state: a line that identifies it, a version, the state, and a hash over all of it.
///
/// Version 2 added extension data to credentials, version 3 the data of management. Older states read as those of keys
/// on which these were never used.
enum StateFileFormat {
    /// Also identifies the file to file(1) and to people.
    private static let magic = Array("fidoctl virtual key: PRIVATE KEYS IN THE CLEAR\n".utf8)
    private static let version: UInt8 = 3
    private static let readableVersions: ClosedRange<UInt8> = 1...3
    private static let hashSize = SHA256.byteCount

    static func bytes(of state: [UInt8]) -> [UInt8] {
        let content = magic + [version] + state
        return content + SHA256.hash(data: content)
    }

    /// Extracts the state from a file's bytes.
    static func state(in bytes: [UInt8], path: String) throws(KeyStorageError) -> [UInt8] {
        guard !bytes.isEmpty else { throw .notAKeyState(path: path, reason: "it is empty") }
        guard bytes.starts(with: magic) else {
            guard !magic.starts(with: bytes) else { throw .damaged(path: path, reason: "it ends too early") }
            throw .notAKeyState(path: path, reason: "it begins with other bytes")
        }
        guard bytes.count > magic.count else { throw .damaged(path: path, reason: "it ends too early") }
        guard readableVersions.contains(bytes[magic.count]) else {
            throw .unknownVersion(path: path, version: bytes[magic.count])
        }
        let content = bytes.dropLast(hashSize)
        guard content.count > magic.count, SHA256.hash(data: content).elementsEqual(bytes.suffix(hashSize)) else {
            throw .damaged(path: path, reason: "its hash does not match: it was cut or changed")
        }
        return Array(content.dropFirst(magic.count + 1))
    }
}
