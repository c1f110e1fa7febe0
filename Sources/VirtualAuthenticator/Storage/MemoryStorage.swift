/// State that exists as long as the object.
public final class MemoryStorage: KeyStorage {
    private var state: [UInt8]?

    public init() {}

    public func load() -> [UInt8]? { state }

    public func update(_ change: ([UInt8]?) throws(KeyStorageError) -> [UInt8]) throws(KeyStorageError) {
        state = try change(state)
    }
}
