import CTAP2
import CTAPHID
import Synchronization
import VirtualAuthenticator

/// Virtual keys that a test plugs in and unplugs.
final class PluggableKeys: KeySource {
    private struct State {
        var plugged: [KeyDescription] = []
        var devices: [KeyDescription: @Sendable () throws -> sending any HIDDevice] = [:]
        var watchers: [AsyncStream<KeyEvent<KeyDescription>>.Continuation] = []
        var plugCount = 0
    }

    private let state = Mutex(State())

    /// Plugs in a key with this name; plugging it in again replugs the same key.
    @discardableResult
    func plug(
        _ name: String,
        _ makeDevice: @escaping @Sendable () throws -> sending any HIDDevice
    ) -> KeyDescription {
        state.withLock { state in
            state.plugCount += 1
            let key = KeyDescription(
                HIDDeviceInfo(
                    path: "/dev/" + name,
                    plugID: String(state.plugCount),
                    vendorID: 1,
                    productID: 2,
                    product: name,
                    serialNumber: name
                )
            )
            state.plugged.append(key)
            state.devices[key] = makeDevice
            for watcher in state.watchers { watcher.yield(.added(key)) }
            return key
        }
    }

    func unplug(_ key: KeyDescription) {
        state.withLock { state in
            state.plugged.removeAll { $0 == key }
            for watcher in state.watchers { watcher.yield(.removed(key)) }
        }
    }

    func events() -> AsyncStream<KeyEvent<KeyDescription>> {
        let (events, continuation) = AsyncStream.makeStream(of: KeyEvent<KeyDescription>.self)
        state.withLock { state in
            for key in state.plugged { continuation.yield(.added(key)) }
            continuation.yield(.initialScanComplete)
            state.watchers.append(continuation)
        }
        return events
    }

    func open(
        _ key: KeyDescription,
        _ operation: CTAP2.Operation
    ) async throws -> sending any HIDDevice {
        guard let makeDevice = state.withLock({ $0.devices[key] }) else {
            throw CTAPHIDError.noSuchDevice(path: key.path)
        }
        return try makeDevice()
    }
}

/// Records prompts and reports, for a user who touches no key unless the test does.
final class RecordingKeyInteraction: KeyInteraction {
    enum Report: Hashable, Sendable {
        case event(KeySetEvent)
        case activity(KeyActivity, String)
        case pin(String)
    }

    private let pins: Mutex<[String]>
    private let record = Mutex<[Report]>([])
    private let (news, continuation) = AsyncStream.makeStream(of: Report.self)

    init(pins: [String] = []) {
        self.pins = Mutex(pins)
    }

    var reports: [Report] { record.withLock { $0 } }

    /// Waits until something is reported; one caller at a time.
    func waits(for expected: Report) async {
        for await report in news where report == expected { return }
    }

    var canEnterPIN: Bool { true }

    func enterPIN(_ request: PINRequest, of key: KeyDescription) async throws -> PIN {
        take(.pin(key.name))
        let pin = pins.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        guard let pin else { throw CancellationError() }
        return try PIN(Secret(copying: Array(pin.utf8)))
    }

    func report(_ event: KeySetEvent) {
        take(.event(event))
    }

    func report(_ activity: KeyActivity, of key: KeyDescription) {
        take(.activity(activity, key.name))
    }

    private func take(_ report: Report) {
        record.withLock { $0.append(report) }
        continuation.yield(report)
    }
}
