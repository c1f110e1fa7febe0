/// Splits lists of credentials into pieces that a key takes in one request (CTAP 2.1 §6.4, `maxCredentialCountInList`).
struct CredentialList {
    /// The most entries.
    let maximumCount: Int
    /// The longest ID; `nil` when the key does not say.
    let maximumIDLength: Int?
    /// The most bytes that the entries may take up.
    let maximumByteCount: Int

    /// What fits into a request of this key that without its list is `bareRequestSize` bytes long.
    init(info: AuthenticatorInfo, bareRequestSize: Int) {
        maximumCount = info.credentialsPerList
        maximumIDLength = info.maxCredentialIdLength.flatMap { $0 > 0 ? $0 : nil }
        // The list's own head and the member's key.
        maximumByteCount = info.maxMsgSize - bareRequestSize - 4
    }

    /// The entries that can be this key's: an ID longer than its longest is another key's.
    func plausible(_ entries: [PublicKeyCredentialDescriptor]) -> [PublicKeyCredentialDescriptor] {
        guard let maximumIDLength else { return entries }
        return entries.filter { $0.id.count <= maximumIDLength }
    }

    /// The entries in pieces that fit, in order; an entry that fits nowhere stands alone.
    func pieces(_ entries: [PublicKeyCredentialDescriptor]) -> [[PublicKeyCredentialDescriptor]] {
        var pieces: [[PublicKeyCredentialDescriptor]] = []
        var piece: [PublicKeyCredentialDescriptor] = []
        var byteCount = 0
        for entry in entries {
            let size = CBOREncoder.encode(entry.cbor).count
            if !piece.isEmpty, piece.count >= maximumCount || byteCount + size > maximumByteCount {
                pieces.append(piece)
                piece = []
                byteCount = 0
            }
            piece.append(entry)
            byteCount += size
        }
        return piece.isEmpty ? pieces : pieces + [piece]
    }
}
