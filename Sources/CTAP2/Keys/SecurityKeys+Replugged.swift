import CTAPHID

extension SecurityKeys {
    /// Waits until a key was unplugged and plugged in again, as a reset requires (CTAP 2.1 §6.6), and returns its new
    /// description.
    ///
    /// The key is recognized by its vendor, product and serial number.
    public func replugged(
        _ key: KeyDescription,
        within limit: Duration
    ) async throws(SecurityKeysError<KeyAccessError>) -> KeyDescription {
        let events = source.events()
        let end = await withTaskGroup(of: ReplugEnd.self) { group in
            group.addTask { await Self.replug(of: key, in: events) }
            group.addTask {
                try? await Task.sleep(for: limit)
                return .timedOut
            }
            defer { group.cancelAll() }
            return await group.next() ?? .noKey
        }
        if Task.isCancelled { throw .cancelled }
        switch end {
        case .replugged(let again): return again
        case .timedOut: throw .timedOut([])
        case .noKey: throw .noKey
        }
    }

    private enum ReplugEnd: Sendable {
        case replugged(KeyDescription)
        case timedOut
        case noKey
    }

    private static func replug(
        of key: KeyDescription,
        in events: AsyncStream<KeyEvent<KeyDescription>>
    ) async -> ReplugEnd {
        var isPluggedAsBefore = false
        var isScanned = false
        for await event in events {
            switch event {
            case .added(let found) where found == key && !isScanned: isPluggedAsBefore = true
            case .added(let found) where !isPluggedAsBefore && found.isSameKey(as: key): return .replugged(found)
            case .added: break
            case .removed(let gone): if gone == key { isPluggedAsBefore = false }
            case .initialScanComplete: isScanned = true
            }
        }
        return .noKey
    }
}

extension KeyDescription {
    /// Whether both describe one and the same key, plugged in at different times.
    fileprivate func isSameKey(as other: KeyDescription) -> Bool {
        guard let device, let otherDevice = other.device else { return self == other }
        return device.vendorID == otherDevice.vendorID && device.productID == otherDevice.productID
            && device.serialNumber == otherDevice.serialNumber
    }
}
