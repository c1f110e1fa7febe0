/// How much of a credential list fits into one request (CTAP 2.1 §6.4, `maxCredentialCountInList`, `maxMsgSize`).
struct CredentialListLimits {
    /// The maximum number of entries.
    private(set) var count: Int
    /// The maximum size of the entries in CBOR.
    private(set) var byteCount: Int

    /// The limits of a request to this key that is `bareRequestSize` bytes long without its list.
    init(info: AuthenticatorInfo, bareRequestSize: Int) {
        count = info.credentialsPerList
        // For the list's own head and the member's key.
        byteCount = info.maxMsgSize - bareRequestSize - 4
    }

    func admit(_ entries: [PublicKeyCredentialDescriptor]) -> Bool {
        entries.count <= count && Self.size(entries) <= byteCount
    }

    /// Lowers the limit that `list` exceeded, according to the key's answer.
    mutating func lower(below list: [PublicKeyCredentialDescriptor], because status: StatusCode) {
        if status == .limitExceeded {
            count = min(count, max(1, list.count / 2))
        } else {
            byteCount = min(byteCount, Self.size(list) / 2)
        }
    }

    /// The entries in as few pieces as possible, in order if that needs no more; an oversized entry forms a piece of its
    /// own.
    func pieces(_ entries: [PublicKeyCredentialDescriptor]) -> [[PublicKeyCredentialDescriptor]] {
        let sized = entries.map { (entry: $0, size: Self.size([$0])) }
        let inOrder = Self.pack(sized) { pieces, size in pieces.indices.last.flatMap { fits(size, pieces[$0]) ? $0 : nil } }
        // In order of size, each into the first piece with room, wastes the least.
        let bySize = Self.pack(sized.sorted { $0.size > $1.size }) { pieces, size in
            pieces.firstIndex { fits(size, $0) }
        }
        return (bySize.count < inOrder.count ? bySize : inOrder).map(\.entries)
    }

    private struct Piece {
        var entries: [PublicKeyCredentialDescriptor] = []
        var size = 0
    }

    private func fits(_ size: Int, _ piece: Piece) -> Bool {
        piece.entries.count < count && piece.size + size <= byteCount
    }

    private static func pack(
        _ entries: [(entry: PublicKeyCredentialDescriptor, size: Int)],
        into place: ([Piece], Int) -> Int?
    ) -> [Piece] {
        var pieces: [Piece] = []
        for (entry, size) in entries {
            let index = place(pieces, size) ?? pieces.endIndex
            if index == pieces.endIndex { pieces.append(Piece()) }
            pieces[index].entries.append(entry)
            pieces[index].size += size
        }
        return pieces
    }

    private static func size(_ entries: [PublicKeyCredentialDescriptor]) -> Int {
        entries.reduce(0) { $0 + CBOREncoder.encode($1.cbor).count }
    }
}
