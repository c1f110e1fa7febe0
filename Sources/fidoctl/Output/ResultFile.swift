import Glibc
import Interaction
import Platform

/// A file for a result, published as a whole and readable by its owner only.
struct ResultFile: Sendable {
    let path: String

    /// The escaped path for messages.
    private var name: String { TerminalText.escape(path) }

    /// Throws if the file exists: a check before the command does anything else.
    func requireAbsent() throws(Failure) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return }
        throw Failure(.io, .fileInTheWay(name), hint: .fileInTheWayHint)
    }

    func write(_ bytes: [UInt8]) throws(Failure) {
        // Unlike a rename, a link never replaces an existing file.
        try write(bytes) { temporary in unsafe link(temporary, path) }
    }

    /// Writes the file and replaces an existing one.
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
            throw Failure(.io, .cannotWriteFile(name, error))
        }
    }
}
