package import Glibc
package import Platform

/// The file system calls that finding keys takes, on plain libc.
package enum FileSystem {
    /// The first `limit` bytes of a file; `nil` when it cannot be read.
    package static func contents(of path: String, limit: Int = 4096) -> [UInt8]? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { _ = close(descriptor) }
        return try? unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            while count < limit {
                let rest = unsafe UnsafeMutableBufferPointer(rebasing: buffer[count...])
                let added = try Errno.retrying { unsafe read(descriptor, rest.baseAddress, rest.count) }
                if added == 0 { break }
                count += added
            }
        }
    }

    /// A file's text without the final line feed; `nil` when it cannot be read. Invalid UTF-8 is replaced.
    package static func text(of path: String) -> String? {
        guard var bytes = contents(of: path) else { return nil }
        while bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The names in a folder except `.` and `..`; empty when it cannot be read.
    package static func names(in path: String) -> [String] {
        guard let folder = unsafe opendir(path) else { return [] }
        defer { _ = unsafe closedir(folder) }
        var names: [String] = []
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe String(cString: UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// The target of a symbolic link; `nil` when the path is not a link.
    package static func linkTarget(of path: String) -> String? {
        var target = [CChar](repeating: 0, count: 1024)
        let count = unsafe readlink(path, &target, target.count)
        guard count > 0 else { return nil }
        return String(decoding: target.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// The result of `stat`, which follows links.
    package static func status(of path: String) -> Result<stat, Errno> {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return .failure(.current) }
        return .success(status)
    }
}
