/// The seam to hardware: reports out, reports in, with a time limit.
///
/// hidapi, the virtual key, a scripted device and the fuzzer fill it. A device is used by one thread at a time and
/// handed over whole (`sending`), so it need not be `Sendable`.
public protocol HIDDevice: AnyObject {
    /// Bytes in a report from the key, without report number.
    var inputReportSize: Int { get }
    /// Bytes in a report to the key, without report number.
    var outputReportSize: Int { get }

    /// Sends one report of `outputReportSize` bytes, without report number.
    func write(_ report: [UInt8]) throws(CTAPHIDError)

    /// Waits at most `duration` for the next report; `nil` when none came.
    ///
    /// Returns early, with `nil`, when a signal arrived or `interrupt` was called. A device that is gone throws
    /// `.disconnected`.
    func read(within duration: Duration) throws(CTAPHIDError) -> [UInt8]?

    /// Makes a waiting `read(within:)`, or else the next one that finds no report, return `nil` at once; any thread may
    /// call it, at any time.
    ///
    /// `nil` when the device has no such thing: it must then be read in short slices for a cancelled task to be seen.
    var interrupt: (@Sendable () -> Void)? { get }

    /// Gives the device back; every later call throws `.disconnected`. Closing twice does nothing.
    func close()
}

extension HIDDevice {
    public var interrupt: (@Sendable () -> Void)? { nil }
}
