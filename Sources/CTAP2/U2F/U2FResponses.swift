/// A new credential: the response to U2F_REGISTER (U2F Raw Message Formats 1.2 §4.3).
package struct U2FRegistration: Hashable, Sendable {
    /// The X and Y coordinates of the public key on P-256, 32 bytes each.
    package let x: [UInt8]
    package let y: [UInt8]
    /// The credential ID.
    package let keyHandle: [UInt8]
    /// The attestation certificate in DER, as the key sent it.
    package let certificate: [UInt8]
    /// The attestation signature in DER.
    package let signature: [UInt8]

    /// Only the certificate's length is read: the certificates of some of the first keys are not valid DER, because their
    /// signatures claim to have unused bits.
    package init(_ data: [UInt8]) throws(U2FError) {
        var rest = data[...]
        guard try rest.take(1, "reserved byte") == [0x05] else { throw .unexpected(member: "reserved byte") }
        guard try rest.take(1, "public key") == [0x04] else { throw .unexpected(member: "public key") }
        x = try rest.take(32, "public key")
        y = try rest.take(32, "public key")
        let length = try rest.take(1, "key handle")
        keyHandle = try rest.take(Int(length[0]), "key handle")
        certificate = try rest.take(try Self.certificateLength(rest), "certificate")
        guard !rest.isEmpty else { throw .truncated(member: "signature") }
        signature = Array(rest)
    }

    /// The length in the header of a DER SEQUENCE, the header included.
    private static func certificateLength(_ bytes: ArraySlice<UInt8>) throws(U2FError) -> Int {
        var header = bytes
        guard try header.take(1, "certificate") == [0x30] else { throw .unexpected(member: "certificate") }
        let first = Int(try header.take(1, "certificate")[0])
        guard first >= 0x80 else { return 2 + first }
        let size = first - 0x80
        guard 1...2 ~= size else { throw .unexpected(member: "certificate") }
        return 2 + size + (try header.take(size, "certificate").reduce(0) { $0 << 8 | Int($1) })
    }
}

/// A signature: the response to U2F_AUTHENTICATE (U2F Raw Message Formats 1.2 §5.4).
package struct U2FAuthentication: Hashable, Sendable {
    /// Bit 0: the user touched the key.
    package let userPresence: UInt8
    package let counter: UInt32
    /// In DER.
    package let signature: [UInt8]

    package init(_ data: [UInt8]) throws(U2FError) {
        var rest = data[...]
        userPresence = try rest.take(1, "user presence")[0]
        counter = try rest.take(4, "counter").reduce(0) { $0 << 8 | UInt32($1) }
        guard !rest.isEmpty else { throw .truncated(member: "signature") }
        signature = Array(rest)
    }
}

extension ArraySlice<UInt8> {
    fileprivate mutating func take(_ count: Int, _ member: String) throws(U2FError) -> [UInt8] {
        guard self.count >= count else { throw .truncated(member: member) }
        defer { removeFirst(count) }
        return Array(prefix(count))
    }
}
