import CTAPHID
import VirtualAuthenticator

/// A key that may take part in a command.
enum Candidate: Hashable, Sendable {
    case plugged(HIDDeviceInfo)
    /// The embedded software key with its state in a file, or with none.
    case virtual(file: String?)

    var name: KeyName {
        switch self {
        case .plugged(let device): KeyName(device)
        case .virtual(let file):
            KeyName(name: Text.virtualKey.localized, path: TerminalText.escape("virtual:" + (file ?? "")))
        }
    }

    /// The key as `--device` takes it, not escaped.
    var selector: String {
        switch self {
        case .plugged(let device): device.path
        case .virtual(let file): "virtual:" + (file ?? "")
        }
    }

    /// Opens the key, and logs into `trace` what will go through it; nothing is sent to it yet.
    func connect(trace: TraceFile?, by deadline: Deadline) async throws(Failure) -> Connection {
        let device = try await open(by: deadline)
        guard let trace else { return Connection(device) }
        return Connection(trace.tracing(device, name: selector))
    }

    private func open(by deadline: Deadline) async throws(Failure) -> sending any HIDDevice {
        switch self {
        case .plugged(let device):
            guard device.access == .granted else { throw .noPermission(device) }
            do throws(CTAPHIDError) {
                return try await HidrawDevice.open(device, by: deadline)
            } catch {
                throw .transport(error, key: name.name)
            }
        case .virtual(let file?): return try Self.virtualKey(FileStorage(path: file))
        case .virtual(nil): return try Self.virtualKey(MemoryStorage())
        }
    }

    private static func virtualKey(_ storage: sending any KeyStorage) throws(Failure) -> sending any HIDDevice {
        do throws(KeyStorageError) {
            let key = try VirtualKey(storage: storage, presence: TimedPresence(after: .zero))
            return VirtualHIDDevice(key)
        } catch {
            throw Failure(error)
        }
    }
}
