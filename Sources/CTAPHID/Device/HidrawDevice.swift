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
    /// The last report that was written, with its number in front; kept for its memory.
    private var output: [UInt8] = []

    /// Opens the key that was listed as `info`, and waits until the deadline when another program holds its lock.
    ///
    /// `onInUse` is called once when it has to wait. Throws `.noSuchDevice` when the key is gone or another device has
    /// its node by now, `.permissionDenied`, `.inUse` at the deadline, `.disconnected` when the key is unplugged during
    /// the wait, `.cancelled` as soon as the task is, or an error of `DeviceList.device(at:)`.
    public static func open(
        _ info: HIDDeviceInfo,
        by deadline: Deadline,
        onInUse: @Sendable () -> Void = {}
    ) async throws(CTAPHIDError) -> sending HidrawDevice {
        let device = try HidrawDevice(info)
        if let descriptor = device.handle?.descriptor {
            try await NodeLock.take(descriptor, path: info.path, by: deadline, onInUse: onInUse)
        }
        return device
    }

    /// Opens the node, without the lock.
    private init(_ info: HIDDeviceInfo) throws(CTAPHIDError) {
        if !HidrawNode.isPlugged(info) {
            let current = try DeviceList.device(at: info.path)
            guard current.isSamePlug(as: info) else { throw .noSuchDevice(path: info.path) }
        }
        path = info.path
        inputReportSize = info.inputReportSize
        outputReportSize = info.outputReportSize
        do throws(Errno) {
            wakeUp = try WakeUp()
        } catch {
            throw .io(operation: "socketpair", reason: error.description)
        }
        handle = try HidrawHandle(path: info.path)
    }

    public var interrupt: (@Sendable () -> Void)? {
        guard handle?.descriptor != nil else { return nil }
        return { [wakeUp] in wakeUp.call() }
    }

    public func write(_ report: [UInt8]) throws(CTAPHIDError) {
        guard handle != nil else { throw .disconnected }
        // hidraw expects the report number in front, 0 for unnumbered reports.
        output.removeAll(keepingCapacity: true)
        output.append(0)
        output.append(contentsOf: report)
        guard let error = handle?.write(output) else { return }
        throw isGone || error.meansGone ? .disconnected : .io(operation: "write to \(path)", reason: error.description)
    }

    public func read(within duration: Duration) throws(CTAPHIDError) -> [UInt8]? {
        guard handle != nil else { throw .disconnected }
        var timeout = duration.pollTimeout
        if let descriptor = handle?.descriptor {
            guard wakeUp.wait(for: descriptor, within: duration) else { return nil }
            // A report is there, or the device is gone: hidapi need not ask again.
            timeout = -1
        }
        // One byte more than a report reveals a report that is too long.
        switch handle?.read(limit: inputReportSize + 1, milliseconds: timeout) {
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
        handle?.descriptor.map { Poll.hasEnded($0) } ?? false
    }
}

extension Errno {
    /// Whether the kernel gives this reason for a device that is gone.
    fileprivate var meansGone: Bool {
        [ENODEV, ENXIO, EIO, ESHUTDOWN].contains(code)
    }
}
