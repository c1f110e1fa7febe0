/// An open key for asynchronous code: its channel on a queue of its own, one job at a time.
///
/// Cancelling a task that waits in one of these functions cancels the request on the key. The device is closed by
/// `close()` or with the last reference to the connection.
public actor Connection {
    private var channel: Channel
    private let executor: SerialQueueExecutor
    private nonisolated let interrupt: (@Sendable () -> Void)?

    public nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// Takes over a device that was just opened. Nothing is sent yet.
    public init(_ device: sending any HIDDevice) {
        self.init(device, timing: ChannelTiming())
    }

    /// Takes the queue of the tasks that use the key, which then change threads for no request; or other time limits,
    /// for tests.
    package init(
        _ device: sending any HIDDevice,
        on queue: SerialQueueExecutor = SerialQueueExecutor(label: "fidoctl.connection"),
        timing: ChannelTiming = ChannelTiming()
    ) {
        executor = queue
        interrupt = device.interrupt
        channel = Channel(device, timing: timing)
    }

    /// Allocates a channel on the key with INIT (CTAP 2.1 §11.2.9.1.3), and waits until the deadline while another
    /// program uses the key. `onNews` is called on the connection's queue.
    @discardableResult
    public func open(
        by deadline: Deadline,
        onNews: @escaping @Sendable (ChannelNews) -> Void = { _ in }
    ) async throws(CTAPHIDError) -> InitResponse {
        try await run { channel throws(CTAPHIDError) in try channel.initialize(by: deadline, onNews: onNews) }
    }

    /// Sends one request and returns the payload of its response; allocates a channel first where there is none.
    ///
    /// `onNews` is called on the connection's queue. CHANNEL_BUSY repeats the request until the deadline. When the task
    /// is cancelled, the deadline passes or the key falls silent, the request is cancelled on the key, and its final
    /// response awaited for at most 2 s, before the error is thrown.
    public func transact(
        _ command: HIDCommand,
        _ payload: [UInt8] = [],
        by deadline: Deadline,
        onNews: @escaping @Sendable (ChannelNews) -> Void = { _ in }
    ) async throws(CTAPHIDError) -> [UInt8] {
        try await run { channel throws(CTAPHIDError) in
            try channel.transact(command, payload, by: deadline, onNews: onNews)
        }
    }

    /// Runs several requests as one job: no other request of this program comes between them.
    package func run<R: Sendable, E: Error>(
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

    /// Has the key echo `payload`, 0 to 7,609 bytes on most keys; returns the round-trip time.
    @discardableResult
    public func ping(
        _ payload: [UInt8],
        by deadline: Deadline,
        onNews: @escaping @Sendable (ChannelNews) -> Void = { _ in }
    ) async throws(CTAPHIDError) -> Duration {
        try await run { channel throws(CTAPHIDError) in try channel.ping(payload, by: deadline, onNews: onNews) }
    }

    /// Makes the key identify itself, usually by blinking. Throws `.unsupported` when the key cannot, and `.silent`
    /// after 1 s for the keys that never respond.
    public func wink(
        by deadline: Deadline,
        onNews: @escaping @Sendable (ChannelNews) -> Void = { _ in }
    ) async throws(CTAPHIDError) {
        try await run { channel throws(CTAPHIDError) in try channel.wink(by: deadline, onNews: onNews) }
    }

    /// Reserves the key for this connection for `seconds`, 1 to 10; 0 releases it.
    public func lock(
        seconds: UInt8,
        by deadline: Deadline,
        onNews: @escaping @Sendable (ChannelNews) -> Void = { _ in }
    ) async throws(CTAPHIDError) {
        try await run { channel throws(CTAPHIDError) in
            try channel.lock(seconds: seconds, by: deadline, onNews: onNews)
        }
    }

    /// Closes the device after the jobs that are already waiting.
    public func close() async {
        channel.close()
    }
}
