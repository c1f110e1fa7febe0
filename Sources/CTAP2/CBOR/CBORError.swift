/// Why bytes are not valid CTAP2 CBOR, or not the expected value.
public enum CBORError: Error, Hashable, Sendable {
    /// The bytes end inside an item that began at `offset`.
    case truncated(offset: Int)
    /// Bytes are left over after the item.
    case trailing(offset: Int)
    /// A head that CBOR reserves, a tag, an indefinite length or a stray break.
    case forbidden(head: UInt8, offset: Int)
    /// Arrays and maps are nested deeper than `limit`.
    case tooDeep(limit: Int, offset: Int)
    /// A map has the same key twice.
    case duplicateKey(offset: Int)
    /// A number or a length is not in its shortest form (canonical reading only).
    case notShortest(offset: Int)
    /// Map keys are not in order (canonical reading only).
    case unsortedKeys(offset: Int)
    /// A text string is not UTF-8 (canonical reading only).
    case invalidText(offset: Int)
    /// A required member is missing; `member` is its name in the specification.
    case missing(member: String)
    /// A member has a type or value that the specification does not allow.
    case unexpected(member: String)
}
