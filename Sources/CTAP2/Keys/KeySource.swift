public import CTAPHID

/// A key as the library and its user name it.
public struct KeyDescription: Hashable, Sendable {
    /// Maker and product, as the key gives them: unchecked text that must be escaped before it reaches a terminal.
    public let name: String
    /// Where the key is: its device node, or whatever names another kind of key.
    public let path: String
    /// What the system says about a plugged key; `nil` for one that is not a device of the system.
    public let device: HIDDeviceInfo?

    public init(name: String, path: String) {
        self.name = name
        self.path = path
        device = nil
    }

    public init(_ device: HIDDeviceInfo) {
        name = device.displayName
        path = device.path
        self.device = device
    }
}

/// The keys that may take part in an operation.
public protocol KeySource: Sendable {
    /// The keys that are there, then `initialScanComplete`, then what changes, until the sequence is let go.
    func events() -> AsyncStream<KeyEvent<KeyDescription>>

    /// Opens a key that `events()` announced; nothing is sent to it yet.
    ///
    /// A key that another program holds is waited for until the deadline, and reported once as `inUseByAnother`.
    func open(
        _ key: KeyDescription,
        _ operation: Operation
    ) async throws -> sending any HIDDevice
}

/// The keys that are plugged in, now or while an operation waits.
public struct PluggedKeys: KeySource {
    private let isMeant: @Sendable (HIDDeviceInfo) -> Bool

    /// Only the keys that `isMeant` accepts take part; by default all of them.
    public init(where isMeant: @escaping @Sendable (HIDDeviceInfo) -> Bool = { _ in true }) {
        self.isMeant = isMeant
    }

    public func events() -> AsyncStream<KeyEvent<KeyDescription>> {
        AsyncStream { [isMeant] continuation in
            let relay = Task {
                for await event in DeviceMonitor.events() {
                    switch event {
                    case .added(let device) where isMeant(device): continuation.yield(.added(KeyDescription(device)))
                    case .removed(let device) where isMeant(device):
                        continuation.yield(.removed(KeyDescription(device)))
                    case .added, .removed: break
                    case .initialScanComplete: continuation.yield(.initialScanComplete)
                    }
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in relay.cancel() }
        }
    }

    public func open(
        _ key: KeyDescription,
        _ operation: Operation
    ) async throws -> sending any HIDDevice {
        guard let device = key.device else { throw CTAPHIDError.noSuchDevice(path: key.path) }
        guard device.access == .granted else { throw CTAPHIDError.permissionDenied(path: device.path) }
        return try await HidrawDevice.open(device, by: operation.deadline) {
            operation.report(.inUseByAnother)
        }
    }
}

/// One key that is always there, such as a software key in this process.
public struct SingleKey: KeySource {
    private let key: KeyDescription
    private let makeDevice: @Sendable () throws -> sending any HIDDevice

    /// `makeDevice` opens the key, each time that an operation begins with it.
    public init(_ key: KeyDescription, opening makeDevice: @escaping @Sendable () throws -> sending any HIDDevice) {
        self.key = key
        self.makeDevice = makeDevice
    }

    public func events() -> AsyncStream<KeyEvent<KeyDescription>> {
        let (events, continuation) = AsyncStream.makeStream(of: KeyEvent<KeyDescription>.self)
        continuation.yield(.added(key))
        continuation.yield(.initialScanComplete)
        continuation.finish()
        return events
    }

    public func open(
        _ key: KeyDescription,
        _ operation: Operation
    ) async throws -> sending any HIDDevice {
        try makeDevice()
    }
}
