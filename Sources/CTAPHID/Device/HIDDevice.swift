/// The interface to hardware: writes reports, reads reports within a time limit.
///
/// One thread at a time uses a device, and it is handed over whole (`sending`), so it need not be `Sendable`.
public protocol HIDDevice: AnyObject {
    /// Bytes in a report from the key, without a report number.
    var inputReportSize: Int { get }
    /// Bytes in a report to the key, without a report number.
    var outputReportSize: Int { get }

    /// Sends one report of `outputReportSize` bytes, without a report number. Throws `.disconnected` when the device is
    /// gone, or `.io`.
    func write(_ report: [UInt8]) throws(CTAPHIDError)

    /// Waits at most `duration` for the next report; `nil` when none arrived.
    ///
    /// Returns `nil` early after a signal or a call of `interrupt`. Throws `.disconnected` when the device is gone, or
    /// `.io`.
    func read(within duration: Duration) throws(CTAPHIDError) -> [UInt8]?

    /// Makes a waiting `read(within:)`, or the next one without a report, return `nil` at once. Any thread may call it
    /// at any time.
    ///
    /// `nil` where a read cannot be interrupted: it is then repeated in short slices, so that a cancelled task is
    /// noticed.
    var interrupt: (@Sendable () -> Void)? { get }

    /// Closes the device: later reads and writes throw `.disconnected`. Closing it again does nothing.
    func close()
}

extension HIDDevice {
    public var interrupt: (@Sendable () -> Void)? { nil }
}
