import CTAPHID

extension SecurityKeys {
    /// Waits until a key was unplugged and plugged in again, as a reset requires (CTAP 2.1 §6.6), and returns its new
    /// description.
    ///
    /// The key is recognized by its vendor, product and serial number and by its USB port, if the system reports the
    /// port. The interaction receives `waitingForRemoval`, then `waitingForReturn`.
    public func replugged(
        _ key: KeyDescription,
        within limit: Duration
    ) async throws(SecurityKeysError<KeyAccessError>) -> KeyDescription {
        let end = await withTaskCancellationHandler {
            await withTaskGroup(of: ReplugEnd.self) { group in
                group.addTask { await replug(of: key) }
                group.addTask {
                    try? await Task.sleep(for: limit)
                    return .timedOut
                }
                defer { group.cancelAll() }
                return await group.next() ?? .noKey
            }
        } onCancel: {
            interaction.report(.cancelling)
        }
        if Task.isCancelled { throw .cancelled }
        switch end {
        case .replugged(let again): return again
        case .timedOut: throw .notReplugged(key)
        case .noKey: throw .noKey
        }
    }

    private enum ReplugEnd: Sendable {
        case replugged(KeyDescription)
        case timedOut
        case noKey
    }

    private func replug(of key: KeyDescription) async -> ReplugEnd {
        var isPluggedIn = false
        for await event in source.events() {
            switch event {
            case .added(let found):
                isPluggedIn = isPluggedIn || found == key
                guard found.isReplug(of: key) else { break }
                interaction.report(.added(found))
                return .replugged(found)
            case .removed(let gone):
                guard gone == key else { break }
                isPluggedIn = false
                interaction.report(.removed(gone))
                interaction.report(.waitingForReturn(key))
            case .initialScanComplete:
                interaction.report(isPluggedIn ? .waitingForRemoval(key) : .waitingForReturn(key))
            }
        }
        return .noKey
    }
}

extension KeyDescription {
    /// Whether this is the same key as `other`, plugged in at another time.
    fileprivate func isReplug(of other: KeyDescription) -> Bool {
        guard let device, let before = other.device else { return false }
        return device.vendorID == before.vendorID && device.productID == before.productID
            && device.serialNumber == before.serialNumber && device.usbPort == before.usbPort
            && device.plugID != before.plugID
    }
}
