import Platform

/// The identifier of a key's model (WebAuthn §6.5.2).
public struct AAGUID: Hashable, Sendable {
    public let bytes: [UInt8]

    /// Sixteen zeros: the key does not disclose its model.
    public static let zero = AAGUID()

    /// `nil` unless there are exactly sixteen bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == 16 else { return nil }
        self.bytes = Array(bytes)
    }

    private init() {
        bytes = [UInt8](repeating: 0, count: 16)
    }
}

extension AAGUID: CustomStringConvertible {
    /// Lower-case hexadecimal with hyphens, as UUIDs are written.
    public var description: String {
        var text = ""
        for part in [0..<4, 4..<6, 6..<8, 8..<10, 10..<16] {
            text += (text.isEmpty ? "" : "-") + Array(bytes[part]).hexadecimal
        }
        return text
    }
}
