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
            let next = OpenDescriptors.next()
            let device = try unsafe Self.open(path)
            let found = OpenDescriptors.of(path, among: next)
            guard found.count != 1 else { return unsafe (device, found.first) }
            // Other threads opened files at the same time: only a list of all shows what is new.
            unsafe hid_close(device)
            let before = OpenDescriptors.of(path, among: OpenDescriptors.all())
            let again = try unsafe Self.open(path)
            let new = OpenDescriptors.of(path, among: OpenDescriptors.all()).filter { !before.contains($0) }
            return unsafe (again, new.count == 1 ? new.first : nil)
        }
    }

    private static func open(_ path: String) throws(CTAPHIDError) -> OpaquePointer {
        guard let device = unsafe hid_open_path(path) else {
            throw DeviceList.openError(.current, path: path, operation: "open")
        }
        return unsafe device
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

    /// Waits at most `milliseconds`, or forever if negative, for a report of at most `limit` bytes, empty when none
    /// arrived. hidapi reports a device that is gone as error 0.
    func read(limit: Int, milliseconds: CInt) -> Result<[UInt8], Errno> {
        var report = [UInt8](repeating: 0, count: limit)
        errno = 0
        let count = unsafe hid_read_timeout(device, &report, limit, milliseconds)
        guard count >= 0 else { return .failure(.current) }
        report.removeLast(limit - Int(count))
        return .success(report)
    }
}

/// Finds the descriptor that hidapi opened, which it does not reveal.
private enum OpenDescriptors {
    /// The next few that the system will give: the lowest that are free.
    static func next() -> [CInt] {
        let first = unsafe Glibc.open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard first >= 0 else { return [] }
        _ = close(first)
        return (first..<first + 8).filter { fcntl($0, F_GETFD) < 0 }
    }

    /// All that are open now.
    static func all() -> [CInt] {
        FileSystem.names(in: "/proc/self/fd").compactMap { CInt($0) }
    }

    /// Those of `numbers` that are open for a device node.
    static func of(_ path: String, among numbers: [CInt]) -> [CInt] {
        guard case .success(let node) = FileSystem.status(of: path) else { return [] }
        return numbers.filter { number in
            var status = stat()
            return unsafe fstat(number, &status) == 0
                && status.st_mode & S_IFMT == S_IFCHR && status.st_rdev == node.st_rdev
        }
    }
}
