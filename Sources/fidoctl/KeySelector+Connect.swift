import CTAPHID
import VirtualAuthenticator

extension KeySelector {
    /// Opens the device that is meant, and logs into `trace` what will go through it; nothing is sent to it yet.
    func connect(trace: sending TraceFile?) throws(Failure) -> (KeyName, Connection) {
        let (name, device) = try open()
        guard let trace else { return (name, Connection(device)) }
        return (name, Connection(trace.tracing(device, name: name.path)))
    }

    private func open() throws(Failure) -> sending (KeyName, any HIDDevice) {
        switch self {
        case .virtualFile(let file):
            return try Self.virtualKey(FileStorage(path: file), name: "virtual:" + file)
        case .virtualMemory:
            return try Self.virtualKey(MemoryStorage(), name: "virtual:")
        case .path, .serial, .onlyOne:
            let device = try pluggedKey()
            guard device.access == .granted else { throw .noPermission(device) }
            do throws(CTAPHIDError) {
                return (KeyName(device), try HidrawDevice(device))
            } catch {
                throw .transport(error, key: KeyName(device).name).on(device: device.path)
            }
        }
    }

    private func pluggedKey() throws(Failure) -> HIDDeviceInfo {
        if case .path(let path) = self {
            do throws(CTAPHIDError) {
                return try DeviceList.device(at: path)
            } catch {
                throw .transport(error, key: TerminalText.escape(path)).on(device: path)
            }
        }
        var devices = DeviceList.scan()
        if case .serial(let serial) = self {
            devices = devices.filter { $0.serialNumber == serial }
            guard !devices.isEmpty else {
                throw Failure(.noKey, .noSuchSerial(TerminalText.escape(serial)), hint: .listHint).on(device: serial)
            }
        }
        guard let device = devices.first else { throw Failure(.noKey, .noKey, hint: .noKeyHint) }
        guard devices.count == 1 else {
            let names = devices.map { KeyName($0).path + " " + KeyName($0).name }
            throw Failure(.usage, .severalKeys(names), hint: .severalKeysHint)
        }
        return device
    }

    private static func virtualKey(
        _ storage: sending any KeyStorage,
        name: String
    ) throws(Failure) -> sending (KeyName, any HIDDevice) {
        let keyName = KeyName(name: Text.virtualKey.localized, path: TerminalText.escape(name))
        do throws(KeyStorageError) {
            let key = try VirtualKey(storage: storage, presence: TimedPresence(after: .zero))
            return (keyName, VirtualHIDDevice(key))
        } catch {
            throw Failure(error).on(device: name)
        }
    }
}
