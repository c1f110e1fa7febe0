import CTAP2
import CTAPHID
import Synchronization

/// The person at the computer, while one key verifies them: by what they type, or by what they have laid down beforehand.
///
/// Before anything is asked, this key becomes the one that the command is for.
final class KeyUser: UserInteraction {
    let key: OpenKey
    /// The file or descriptor, once something was read from it.
    let stored = Mutex<StoredPIN?>(nil)
    /// The SHA-256 of what was typed last as the key's PIN, so that nobody loses a second try with it.
    let lastTyped = Mutex<Secret?>(nil)

    init(of key: OpenKey) {
        self.key = key
    }

    var canEnterPIN: Bool { key.pinSource != nil }

    func enterPIN(_ request: PINRequest) async throws -> PIN {
        let source = try begin()
        // Whose finger the sensor did not know has touched the key.
        try await key.choose(isTouched: request.reason == .builtInFailed)
        key.waiting.pinNeeded(key.candidate, reason: request.reason.eventName, retries: request.retries)
        return source.isStored ? try await storedPIN(source, request) : try await typedPIN(source, request)
    }

    func chooseNewPIN(_ request: NewPINRequest) async throws -> PIN {
        let source = try begin()
        try await key.choose()
        key.waiting.pinNeeded(key.candidate, reason: "new-pin", retries: nil)
        return source.isStored ? try await storedNewPIN(source, request) : try await typedNewPIN(source, request)
    }

    func builtInVerification(_ state: BuiltInVerification) {
        key.waiting.hear(state, from: key.candidate)
    }

    func goesUnverified(because reason: SessionError) {
        key.waiting.goesUnverified(key.candidate, because: reason.status)
    }

    private func begin() throws(Failure) -> PINSource {
        guard let source = key.pinSource else { throw .pinNeeded(key.name.name) }
        ProcessMemory.protect()
        return source
    }
}

extension PINRequest.Reason {
    /// The reason in events.
    fileprivate var eventName: String {
        switch self {
        case .needed: "needed"
        case .wrong: "wrong"
        case .builtInFailed: "uv-failed"
        case .change: "change"
        case .changeForced: "change-forced"
        }
    }
}
