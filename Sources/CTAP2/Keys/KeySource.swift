public import CTAPHID

/// A key's name and identity.
public struct KeyDescription: Hashable, Sendable {
    /// Vendor and product as the key reports them: unchecked text that must be escaped before it reaches a terminal.
    public let name: String
    /// The key's device node, or the identifier of another kind of key.
    public let path: String
    /// The system's description of a plugged key; `nil` for a key that is not a device.
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
    /// The keys that are present, then `initialScanComplete`, then changes, until the sequence is released.
    func events() -> AsyncStream<KeyEvent<KeyDescription>>

    /// Opens a key that `events()` announced; nothing is sent to it yet.
    ///
    /// Waits until the deadline for a key that another program holds, and reports that once as `inUseByAnother`.
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
        DeviceMonitor.events { [isMeant] event in
            switch event {
            case .added(let device): isMeant(device) ? .added(KeyDescription(device)) : nil
            case .removed(let device): isMeant(device) ? .removed(KeyDescription(device)) : nil
            case .initialScanComplete: .initialScanComplete
            }
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

    /// `makeDevice` opens the key for each operation.
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
