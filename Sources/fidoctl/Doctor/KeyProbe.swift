import CTAP2
import CTAPHID
import Interaction
import Synchronization

/// Asks a key, for a limited time.
struct KeyProbe {
    /// For a key that is in use: its holder is known by then.
    private static let limitInUse = Duration.seconds(2)

    let source: any KeySource
    let deadline: Deadline
    let sought: SoughtCredential?
    /// For one key: more than the 5 s after which a key counts as silent.
    var limit = Duration.seconds(8)

    /// The plugged-in keys, with a key that `--device` embeds.
    func keys() async -> [KeyDescription] {
        await SecurityKeys(source, interaction: UseWatch()).present()
    }

    /// The answers, or why there are none; and whether another program uses the key.
    func ask(
        _ key: KeyDescription,
        isHeld: Bool
    ) async throws(Failure) -> (result: Result<KeyAnswers, Failure>, isInUse: Bool) {
        let watch = UseWatch()
        let limit = min(isHeld ? Self.limitInUse : self.limit, deadline.remaining)
        let keys = SecurityKeys(source, interaction: watch).limited(to: key)
        let sought = sought
        do throws(SecurityKeysError<SessionError>) {
            let (answers, _) = try await keys.withKey(within: limit) { key throws(SessionError) in
                try await key.answers(about: sought)
            }
            return (.success(answers), watch.isInUse)
        } catch {
            let failure = Failure(onNoKey: error, site: nil)
            if failure.code == .cancelled { throw failure }
            return (.failure(failure), watch.isInUse)
        }
    }
}

/// Notices another program that uses the key.
private final class UseWatch: KeyInteraction {
    private let inUse = Mutex(false)

    var isInUse: Bool { inUse.withLock { $0 } }

    func report(_ activity: KeyActivity, of key: KeyDescription) {
        if activity == .inUseByAnother { inUse.withLock { $0 = true } }
    }
}
