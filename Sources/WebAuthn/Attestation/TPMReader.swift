/// Reads the big-endian fields of a TPM structure from front to back (TPM 2.0 Part 2).
struct TPMReader {
    private var rest: ArraySlice<UInt8>
    /// The statement's member that holds the structure.
    private let member: String

    init(_ bytes: [UInt8], member: String) {
        rest = bytes[...]
        self.member = member
    }

    mutating func bytes(_ count: Int) throws(TPMStatementError) -> [UInt8] {
        guard rest.count >= count else { throw .malformed(member: member) }
        defer { rest.removeFirst(count) }
        return Array(rest.prefix(count))
    }

    mutating func uint16() throws(TPMStatementError) -> UInt16 {
        UInt16(bigEndian: try bytes(2))
    }

    /// The bytes after their count in 16 bits, as in every TPM2B structure.
    mutating func sized() throws(TPMStatementError) -> [UInt8] {
        try bytes(Int(try uint16()))
    }

    /// Throws if anything is left.
    func end() throws(TPMStatementError) {
        guard rest.isEmpty else { throw .malformed(member: member) }
    }
}

extension UInt16 {
    fileprivate init(bigEndian bytes: [UInt8]) {
        self = bytes.reduce(0) { $0 << 8 | UInt16($1) }
    }
}
