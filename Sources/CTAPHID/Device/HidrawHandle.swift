import CHidapi
import Glibc
import Platform
import Synchronization

/// hidapi's handle on an open device: the only caller of its I/O functions.
///
/// hidapi 0.13 demands: one thread at a time opens devices in the process, because there is one error text for all; one
/// thread at a time uses a handle, for the same reason; the path is a hidraw node, because others crash it; and a
/// result of 0 is an elapsed wait, not an empty report.
@safe struct HidrawHandle: ~Copyable {
    private let device: OpaquePointer
    /// The descriptor that hidapi reads from and owns: for `poll` and `flock`, never to be closed here. `nil` when it
    /// could not be identified.
    let descriptor: CInt?

    private static let openLock = Mutex(())

    /// Opens a node, which must be a hidraw node.
    init(path: String) throws(CTAPHIDError) {
        unsafe (device, descriptor) = try Self.openLock.withLock { _ throws(CTAPHIDError) in
            let before = OpenDescriptors.of(path)
            guard let device = unsafe hid_open_path(path) else {
                throw DeviceList.openError(.current, path: path, operation: "open")
            }
            let new = OpenDescriptors.of(path).filter { !before.contains($0) }
            return unsafe (device, new.count == 1 ? new.first : nil)
        }
    }

    deinit {
        unsafe hid_close(device)
    }

    /// Writes one report, with the report number in front; returns the reason when that fails.
    func write(_ report: [UInt8]) -> Errno? {
        while true {
            errno = 0
            let count = unsafe hid_write(device, report, report.count)
            if count < 0, errno == EINTR { continue }
            if count < 0 { return .current }
            return Int(count) == report.count ? nil : Errno(code: EMSGSIZE)
        }
    }

    /// Waits at most `milliseconds` for a report of at most `limit` bytes, empty when none arrived. hidapi reports a
    /// device that is gone as error 0.
    func read(limit: Int, milliseconds: CInt) -> Result<[UInt8], Errno> {
        var report = [UInt8](repeating: 0, count: limit)
        errno = 0
        let count = unsafe hid_read_timeout(device, &report, limit, milliseconds)
        guard count >= 0 else { return .failure(.current) }
        report.removeLast(limit - Int(count))
        return .success(report)
    }
}

/// This process's descriptors for a device node: hidapi does not reveal the one it opened.
private enum OpenDescriptors {
    static func of(_ path: String) -> [CInt] {
        guard case .success(let node) = FileSystem.status(of: path) else { return [] }
        return FileSystem.names(in: "/proc/self/fd").compactMap { CInt($0) }.filter { number in
            var status = stat()
            return unsafe fstat(number, &status) == 0
                && status.st_mode & S_IFMT == S_IFCHR && status.st_rdev == node.st_rdev
        }
    }
}
