import CTAP2
import CTAPHID
import Interaction
import VirtualAuthenticator

extension KeySelector {
    /// The keys that may take part; their reports are logged into `trace`.
    ///
    /// A path that does not exist, or is not a key's, is an error at once: waiting would not change it.
    func source(trace: TraceFile?, by deadline: Deadline) throws(Failure) -> any KeySource {
        let source = try keys(by: deadline)
        return if let trace { TracedKeys(source: source, trace: trace) } else { source }
    }

    private func keys(by deadline: Deadline) throws(Failure) -> any KeySource {
        switch self {
        case .virtualFile(let file):
            return Self.virtualKey(at: file) {
                FileStorage(path: file, lockTimeout: deadline.remaining)
            }
        case .virtualMemory: return Self.virtualKey(at: "") { MemoryStorage() }
        case .any: return PluggedKeys()
        case .serial(let serial): return PluggedKeys { $0.serialNumber == serial }
        case .path(let path):
            let node: String
            do throws(CTAPHIDError) {
                node = try DeviceList.node(ofKeyAt: path)
            } catch {
                // In a container the kernel may list a key without a node there.
                if let key = DeviceList.scan().first(where: { $0.path == path && $0.access == .noNode }) {
                    throw .noPermission(key)
                }
                throw .transport(error, key: TerminalText.escape(path)).on(device: path)
            }
            return PluggedKeys { $0.path == node }
        }
    }

    private static func virtualKey(
        at file: String,
        _ storage: @escaping @Sendable () -> sending any KeyStorage
    ) -> SingleKey {
        SingleKey(KeyDescription(name: Text.virtualKey.localized, path: "virtual:" + file)) {
            let key = try VirtualKey(storage: storage(), presence: TimedPresence(after: .zero)) { event in
                guard case .storageFailed(let error) = event else { return }
                Diagnostics.warn(.virtualKeyState(TerminalText.escape(error.description)))
            }
            return VirtualHIDDevice(key)
        }
    }
}

/// Keys whose reports are logged.
private struct TracedKeys: KeySource {
    let source: any KeySource
    let trace: TraceFile

    func events() -> AsyncStream<KeyEvent<KeyDescription>> { source.events() }

    func open(
        _ key: KeyDescription,
        _ operation: Operation
    ) async throws -> sending any HIDDevice {
        trace.tracing(try await source.open(key, operation), name: key.path)
    }
}
