import Glibc
import Platform

/// An open key: its hidraw node through hidapi, locked against other programs that take the same lock.
///
/// The lock is `flock` on the open file, as libfido2 takes it, so that each excludes the other. It ends when the device
/// is closed.
public final class HidrawDevice: HIDDevice {
    public let inputReportSize: Int
    public let outputReportSize: Int
    private let path: String
    /// `nil` after `close()`.
    private var handle: HidrawHandle?
    private let wakeUp: WakeUp

    /// A lock that another program holds is tried again so often, in all for half a second.
    private static let lockAttempts = 20
    private static let lockPause: UInt32 = 25_000

    /// Opens the key that was listed as `info`.
    ///
    /// Throws `.noSuchDevice` when it is gone or another device has its node by now, `.permissionDenied`, `.inUse` when
    /// another program holds the lock, or what `DeviceList.device(at:)` throws.
    public init(_ info: HIDDeviceInfo) throws(CTAPHIDError) {
        let current = try DeviceList.device(at: info.path)
        guard current.isSamePlug(as: info) else { throw .noSuchDevice(path: info.path) }
        path = info.path
        inputReportSize = current.inputReportSize
        outputReportSize = current.outputReportSize
        do throws(Errno) {
            wakeUp = try WakeUp()
        } catch {
            throw .io(operation: "socketpair", reason: error.description)
        }
        let opened = try HidrawHandle(path: info.path)
        if let descriptor = opened.descriptor { try Self.lock(descriptor, path: info.path) }
        handle = consume opened
    }

    public var interrupt: (@Sendable () -> Void)? {
        guard handle?.descriptor != nil else { return nil }
        return { [wakeUp] in wakeUp.call() }
    }

    public func write(_ report: [UInt8]) throws(CTAPHIDError) {
        guard handle != nil else { throw .disconnected }
        // hidraw expects the report number in front, 0 for unnumbered reports.
        guard let error = handle?.write([0] + report) else { return }
        throw isGone || error.meansGone ? .disconnected : .io(operation: "write to \(path)", reason: error.description)
    }

    public func read(within duration: Duration) throws(CTAPHIDError) -> [UInt8]? {
        guard handle != nil else { throw .disconnected }
        var duration = duration
        if let descriptor = handle?.descriptor {
            guard wakeUp.wait(for: descriptor, within: duration) else { return nil }
            duration = .zero
        }
        // One byte more than a report reveals a report that is too long.
        switch handle?.read(limit: inputReportSize + 1, milliseconds: duration.pollTimeout) {
        case .success(let report): return report.isEmpty ? nil : report
        case .failure(.interrupted): return nil
        case .failure(let error) where error.code != 0 && !error.meansGone:
            throw .io(operation: "read from \(path)", reason: error.description)
        case .failure, nil: throw .disconnected
        }
    }

    public func close() {
        handle = nil
    }

    /// Whether the kernel has removed the device.
    private var isGone: Bool {
        guard let descriptor = handle?.descriptor else { return false }
        var polled = pollfd(fd: descriptor, events: 0, revents: 0)
        return unsafe poll(&polled, 1, 0) > 0
    }

    private static func lock(_ descriptor: CInt, path: String) throws(CTAPHIDError) {
        for _ in 0..<lockAttempts {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
            guard errno == EWOULDBLOCK || errno == EINTR else {
                throw .io(operation: "lock \(path)", reason: Errno.current.description)
            }
            usleep(lockPause)
        }
        throw .inUse(path: path)
    }
}

extension Errno {
    /// Whether the kernel gives this reason for a device that is gone.
    fileprivate var meansGone: Bool {
        [ENODEV, ENXIO, EIO, ESHUTDOWN].contains(code)
    }
}
