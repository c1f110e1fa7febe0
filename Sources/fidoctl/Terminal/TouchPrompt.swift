import CTAPHID
import Synchronization

/// Asks for a touch whenever the key begins to wait for one, on the key's own word.
final class TouchPrompt: Sendable {
    private let text: Text
    private let lastStatus = Mutex<KeepaliveStatus?>(nil)

    init(_ text: Text) {
        self.text = text
    }

    /// Takes what the key says of itself while it works.
    func hear(_ status: KeepaliveStatus) {
        let previous = lastStatus.withLock { last in
            defer { last = status }
            return last
        }
        if status == .userPresenceNeeded, previous != status {
            Notice.tell(text)
        }
    }
}
