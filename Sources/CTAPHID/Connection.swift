/// One open key, for asynchronous code: its channel, worked by a thread of its own, one job at a time.
///
/// Cancelling a task that waits in one of these functions cancels the request on the key. The device is closed by
/// `close()`, or when the connection is let go.
public actor Connection {
    private var channel: Channel
    private let executor = SerialQueueExecutor(label: "fidoctl.connection")
    private nonisolated let interrupt: (@Sendable () -> Void)?

    public nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// Takes over a device that was just opened; nothing is sent yet.
    public init(_ device: sending any HIDDevice, timing: ChannelTiming = ChannelTiming()) {
        interrupt = device.interrupt
        channel = Channel(device, timing: timing)
    }

    /// Opens a channel to the key, with INIT.
    @discardableResult
    public func open(by deadline: Deadline) async throws(CTAPHIDError) -> InitResponse {
        try await run { channel throws(CTAPHIDError) in try channel.initialize(by: deadline) }
    }

    /// Sends one request and returns the payload of its reply; see `Channel.transact`.
    public func transact(
        _ command: HIDCommand,
        _ payload: [UInt8] = [],
        by deadline: Deadline,
        onKeepalive: @escaping @Sendable (KeepaliveStatus) -> Void = { _ in }
    ) async throws(CTAPHIDError) -> [UInt8] {
        try await run { channel throws(CTAPHIDError) in
            try channel.transact(command, payload, by: deadline, onKeepalive: onKeepalive)
        }
    }

    /// Runs several requests as one job: nothing of this program comes between them.
    public func run<R: Sendable, E: Error>(
        _ job: sending (inout Channel) throws(E) -> R
    ) async throws(E) -> R {
        let result: Result<R, E> = await withTaskCancellationHandler {
            do throws(E) {
                return .success(try job(&channel))
            } catch {
                return .failure(error)
            }
        } onCancel: {
            interrupt?()
        }
        return try result.get()
    }

    /// Sends `payload` there and back; returns how long it took.
    @discardableResult
    public func ping(_ payload: [UInt8], by deadline: Deadline) async throws(CTAPHIDError) -> Duration {
        try await run { channel throws(CTAPHIDError) in try channel.ping(payload, by: deadline) }
    }

    /// Has the key show itself; a key that cannot throws `.unsupported`, one that never answers `.silent` after 1 s.
    public func wink(by deadline: Deadline) async throws(CTAPHIDError) {
        try await run { channel throws(CTAPHIDError) in try channel.wink(by: deadline) }
    }

    /// Keeps other programs away from the key for `seconds`, 1 to 10, or lets them in again, 0.
    public func lock(seconds: UInt8, by deadline: Deadline) async throws(CTAPHIDError) {
        try await run { channel throws(CTAPHIDError) in try channel.lock(seconds: seconds, by: deadline) }
    }

    /// Gives the device back, after the job that is under way.
    public func close() async {
        channel.close()
    }
}
