/// The secret that encrypts a credential's large blob, 32 bytes (CTAP 2.3 §12.3). Printing it does not reveal it.
public struct LargeBlobKey: Hashable, Sendable {
    package let bytes: [UInt8]

    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }
}

extension LargeBlobKey: CustomStringConvertible, CustomReflectable {
    public var description: String { "a large-blob key" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
