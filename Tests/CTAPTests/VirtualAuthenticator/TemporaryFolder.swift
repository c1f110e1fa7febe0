import Glibc
import Testing

/// A folder for one test, deleted with its contents afterwards.
final class TemporaryFolder {
    let path: String

    init() throws {
        var template = "/tmp/fidoctl-test.XXXXXX".utf8CString.map(\.self)
        path = try unsafe String(cString: #require(unsafe mkdtemp(&template)))
    }

    deinit {
        for name in (try? names()) ?? [] {
            _ = unsafe unlink(path(name))
        }
        _ = unsafe rmdir(path)
    }

    func path(_ name: String) -> String {
        path + "/" + name
    }

    func read(_ name: String) throws -> [UInt8] {
        let file = try unsafe #require(unsafe fopen(path(name), "r"))
        defer { unsafe fclose(file) }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        let count = unsafe fread(&buffer, 1, buffer.count, file)
        return Array(buffer.prefix(count))
    }

    func write(_ bytes: [UInt8], to name: String) throws {
        let file = try unsafe #require(unsafe fopen(path(name), "w"))
        defer { unsafe fclose(file) }
        #expect(unsafe fwrite(bytes, 1, bytes.count, file) == bytes.count)
    }

    /// Type and permissions.
    func mode(_ name: String) throws -> mode_t {
        var status = stat()
        try #require(unsafe lstat(path(name), &status) == 0)
        return status.st_mode
    }

    func names() throws -> [String] {
        let folder = try unsafe #require(unsafe opendir(path))
        defer { unsafe closedir(folder) }
        var names: [String] = []
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
