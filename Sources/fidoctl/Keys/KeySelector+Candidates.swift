import CTAPHID

extension KeySelector {
    /// The keys that may take part, as they come and go; each event is given to `heard` first.
    ///
    /// A path that is there and is no key's, or is not there at all, is refused at once: waiting would not change it.
    func candidates(
        heard: @escaping @Sendable (KeyEvent<Candidate>) -> Void
    ) throws(Failure) -> AsyncStream<KeyEvent<Candidate>> {
        switch self {
        case .virtualFile(let file): return Self.only(.virtual(file: file))
        case .virtualMemory: return Self.only(.virtual(file: nil))
        case .any: return Self.plugged(heard: heard) { _ in true }
        case .serial(let serial): return Self.plugged(heard: heard) { $0.serialNumber == serial }
        case .path(let path):
            let node: String
            do throws(CTAPHIDError) {
                node = try DeviceList.device(at: path).path
            } catch {
                throw .transport(error, key: TerminalText.escape(path)).on(device: path)
            }
            return Self.plugged(heard: heard) { $0.path == node }
        }
    }

    private static func only(_ candidate: Candidate) -> AsyncStream<KeyEvent<Candidate>> {
        let (events, continuation) = AsyncStream.makeStream(of: KeyEvent<Candidate>.self)
        continuation.yield(.added(candidate))
        continuation.yield(.initialScanComplete)
        continuation.finish()
        return events
    }

    private static func plugged(
        heard: @escaping @Sendable (KeyEvent<Candidate>) -> Void,
        where isMeant: @escaping @Sendable (HIDDeviceInfo) -> Bool
    ) -> AsyncStream<KeyEvent<Candidate>> {
        AsyncStream { continuation in
            let relay = Task {
                for await event in DeviceMonitor.events() {
                    guard let event = Candidate.event(event, where: isMeant) else { continue }
                    heard(event)
                    continuation.yield(event)
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in relay.cancel() }
        }
    }
}

extension Candidate {
    /// The same event, if it is about a key that is meant.
    fileprivate static func event(
        _ event: KeyEvent<HIDDeviceInfo>,
        where isMeant: (HIDDeviceInfo) -> Bool
    ) -> KeyEvent<Candidate>? {
        switch event {
        case .added(let device): isMeant(device) ? .added(.plugged(device)) : nil
        case .removed(let device): isMeant(device) ? .removed(.plugged(device)) : nil
        case .initialScanComplete: .initialScanComplete
        }
    }
}
