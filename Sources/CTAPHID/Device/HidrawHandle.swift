import CHidapi
import Glibc
import Platform
import Synchronization

/// hidapi's handle on an open device: the only place that calls its input and output functions.
///
/// What hidapi 0.13 wants of us: opening is for one thread at a time in the process, for it keeps one error text for
/// all; a handle is for one thread at a time, for the same reason; a path must be a hidraw node, for it crashes on
/// others; and a wait of 0 must not be taken for a report of length 0.
@safe struct HidrawHandle: ~Copyable {
    private let device: OpaquePointer
    /// The descriptor that hidapi reads from, still hidapi's own: for `poll` and `flock`, never to be closed here. `nil`
    /// when it could not be told.
    let descriptor: CInt?

    private static let openLock = Mutex(())

    /// Opens a node that is known to be a hidraw node.
    init(path: String) throws(CTAPHIDError) {
        unsafe (device, descriptor) = try Self.openLock.withLock { _ throws(CTAPHIDError) in
            let before = OpenDescriptors.of(path)
            guard let device = unsafe hid_open_path(path) else {
                throw DeviceList.openError(.current, path: path, operation: "open")
            }
            let new = OpenDescriptors.of(path).subtracting(before)
            return unsafe (device, new.count == 1 ? new.first : nil)
        }
    }

    deinit {
        unsafe hid_close(device)
    }

    /// Writes one report, report number in front; returns the error number when the system refused.
    func write(_ report: [UInt8]) -> Errno? {
        while true {
            errno = 0
            let count = unsafe hid_write(device, report, report.count)
            if count < 0, errno == EINTR { continue }
            if count < 0 { return .current }
            return Int(count) == report.count ? nil : Errno(code: EMSGSIZE)
        }
    }

    /// Waits at most `milliseconds` for a report of at most `limit` bytes. Empty when none came; an error number of 0
    /// is hidapi's word for a device that is gone.
    func read(limit: Int, milliseconds: CInt) -> Result<[UInt8], Errno> {
        var buffer = [UInt8](repeating: 0, count: limit)
        errno = 0
        let count = unsafe hid_read_timeout(device, &buffer, limit, milliseconds)
        guard count >= 0 else { return .failure(.current) }
        return .success(Array(buffer.prefix(Int(count))))
    }
}

/// This process's descriptors on a device node: hidapi does not tell which one it opened.
private enum OpenDescriptors {
    static func of(_ path: String) -> Set<CInt> {
        guard case .success(let node) = SystemFile.status(of: path) else { return [] }
        let numbers = SystemFile.names(in: "/proc/self/fd").compactMap { CInt($0) }
        return Set(
            numbers.filter { number in
                var status = stat()
                return unsafe fstat(number, &status) == 0
                    && status.st_mode & S_IFMT == S_IFCHR && status.st_rdev == node.st_rdev
            }
        )
    }
}
