/// What happens to the set of keys that may take part in an operation.
public enum KeyEvent<Key: Hashable & Sendable>: Hashable, Sendable {
    /// A key was there from the start, or was plugged in.
    case added(Key)
    /// A key was pulled out.
    case removed(Key)
    /// Every key that was there from the start has been announced.
    case initialScanComplete
}
