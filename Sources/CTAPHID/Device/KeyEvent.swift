/// What happens to the set of plugged keys.
public enum KeyEvent<Key: Hashable & Sendable>: Hashable, Sendable {
    /// A key was there from the start, was plugged in, or may be opened at last.
    case added(Key)
    /// A key was pulled out. When a key may be opened at last, it is said of the closed one, and `added` follows.
    case removed(Key)
    /// Every key that was there from the start has been announced.
    case initialScanComplete
}
