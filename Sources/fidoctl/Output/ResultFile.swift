import Glibc
import Platform

/// A file that a result goes to: new, whole, and readable by its owner alone. One that is there is left alone.
struct ResultFile: Sendable {
    let path: String

    /// For people.
    private var name: String { TerminalText.escape(path) }

    /// Throws when the file could not be made, before anything else is done.
    func requireAbsent() throws(Failure) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return }
        throw Failure(.io, .fileInTheWay(name), hint: .fileInTheWayHint)
    }

    func write(_ bytes: [UInt8]) throws(Failure) {
        // Unlike a renaming, this replaces nothing.
        try write(bytes) { temporary in unsafe link(temporary, path) }
    }

    /// Writes the file in place of one that is there.
    func replace(with bytes: [UInt8]) throws(Failure) {
        try write(bytes) { temporary in unsafe rename(temporary, path) }
    }

    private func write(_ bytes: [UInt8], publishing publish: (String) -> CInt) throws(Failure) {
        do throws(Errno) {
            var template = Array((path + ".XXXXXX").utf8CString)
            let descriptor = try Errno.retrying { unsafe mkstemp(&template) }
            let temporary = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
            defer {
                close(descriptor)
                _ = unsafe unlink(temporary)
            }
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = try Errno.retrying {
                    unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
                }
                rest = rest.dropFirst(count)
            }
            _ = try Errno.retrying { fsync(descriptor) }
            _ = try Errno.retrying { publish(temporary) }
        } catch {
            throw Failure(.io, .cannotWriteFile(name, error.description))
        }
    }
}
