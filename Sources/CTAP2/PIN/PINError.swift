/// Why something typed is not a PIN for a key.
public enum PINError: Error, Hashable, Sendable {
    case empty
    /// The bytes are not UTF-8.
    case notText
    /// It contains the character U+0000, which keys take for the end.
    case containsNUL
    case tooShort(codePoints: Int, minimum: Int)
    case tooLong(byteCount: Int, maximum: Int)
}
