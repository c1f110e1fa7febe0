extension AuthenticatorData {
    /// Parses authenticator data; nothing may follow it.
    ///
    /// The credential public key must be canonical CBOR: WebAuthn §6.5.2 requires it, relying parties store these
    /// bytes, and browsers and libfido2 reject anything else. The extension map is read tolerantly.
    public init(_ bytes: [UInt8]) throws(AuthenticatorDataError) {
        var rest = bytes[...]
        self.bytes = bytes
        rpIdHash = try rest.take(32, "rpIdHash")
        flags = AuthenticatorDataFlags(rawValue: UInt8(truncatingIfNeeded: try rest.takeInteger(1, "flags")))
        signCount = UInt32(truncatingIfNeeded: try rest.takeInteger(4, "signCount"))
        attestedCredentialData =
            flags.contains(.attestedCredentialData) ? try AttestedCredentialData(from: &rest, of: bytes) : nil
        extensions = flags.contains(.extensionData) ? try Self.takeExtensions(from: &rest, of: bytes) : nil
        guard rest.isEmpty else { throw .trailing(offset: rest.startIndex) }
    }

    private static func takeExtensions(
        from rest: inout ArraySlice<UInt8>,
        of bytes: [UInt8]
    ) throws(AuthenticatorDataError) -> CBORMap {
        guard !rest.isEmpty else { throw .truncated(member: "extensions") }
        do throws(CBORError) {
            return try rest.takeMap(of: bytes, "extensions", rules: .tolerant)
        } catch {
            throw .extensions(error)
        }
    }
}

extension AttestedCredentialData {
    fileprivate init(from rest: inout ArraySlice<UInt8>, of bytes: [UInt8]) throws(AuthenticatorDataError) {
        guard let aaguid = AAGUID(try rest.take(16, "aaguid")) else { throw .truncated(member: "aaguid") }
        self.aaguid = aaguid
        let idLength = Int(truncatingIfNeeded: try rest.takeInteger(2, "credentialIdLength"))
        guard idLength <= Self.maximumCredentialIDLength else { throw .credentialIDTooLong(byteCount: idLength) }
        guard idLength > 0 else { throw .credentialIDEmpty }
        credentialID = try rest.take(idLength, "credentialId")
        let keyStart = rest.startIndex
        guard !rest.isEmpty else { throw .truncated(member: "credentialPublicKey") }
        do throws(CBORError) {
            publicKey = try COSEKey(cbor: try rest.takeMap(of: bytes, "credentialPublicKey", rules: .canonical))
        } catch {
            throw .publicKey(error)
        }
        publicKeyBytes = Array(bytes[keyStart..<rest.startIndex])
    }
}

extension ArraySlice<UInt8> {
    fileprivate mutating func take(_ count: Int, _ member: String) throws(AuthenticatorDataError) -> [UInt8] {
        guard self.count >= count else { throw .truncated(member: member) }
        defer { removeFirst(count) }
        return Array(prefix(count))
    }

    /// A big-endian number of at most eight bytes.
    fileprivate mutating func takeInteger(_ count: Int, _ member: String) throws(AuthenticatorDataError) -> UInt64 {
        try take(count, member).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Takes one CBOR map; the slice must end where `bytes` does.
    fileprivate mutating func takeMap(
        of bytes: [UInt8],
        _ member: String,
        rules: CBORDecoder.Rules
    ) throws(CBORError) -> CBORMap {
        var offset = startIndex
        let value = try CBORDecoder.decodeFirst(of: bytes, from: &offset, rules: rules)
        guard let map = value.map else { throw .unexpected(member: member) }
        removeFirst(offset - startIndex)
        return map
    }
}
