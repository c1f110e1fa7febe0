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

    /// The entries in as few pieces as can be found, in order if that needs no more; an oversized entry forms a piece of
    /// its own.
    func pieces(_ entries: [PublicKeyCredentialDescriptor]) -> [[PublicKeyCredentialDescriptor]] {
        let sized = entries.map { Entry(descriptor: $0, size: Self.size([$0])) }
        let bySize = sized.sorted { $0.size > $1.size }
        let byteTotal = sized.reduce(0) { $0 + $1.size }
        var best = inOrder(sized)
        // No number below this one is enough; the search halves the rest.
        var tooFew = max(entries.count.dividedUp(by: count), byteTotal.dividedUp(by: max(1, byteCount))) - 1
        while best.count - tooFew > 1 {
            let middle = tooFew + (best.count - tooFew) / 2
            if let pieces = spread(bySize, over: middle) { best = pieces } else { tooFew = middle }
        }
        return best.map { $0.entries.map(\.descriptor) }
    }

    private struct Entry {
        let descriptor: PublicKeyCredentialDescriptor
        let size: Int
    }

    private struct Piece {
        var entries: [Entry] = []
        var size = 0

        mutating func append(_ entry: Entry) {
            entries.append(entry)
            size += entry.size
        }
    }

    private func hasRoom(_ piece: Piece, for entry: Entry) -> Bool {
        piece.entries.count < count && piece.size + entry.size <= byteCount
    }

    private func inOrder(_ entries: [Entry]) -> [Piece] {
        var pieces: [Piece] = []
        for entry in entries {
            if pieces.last.map({ hasRoom($0, for: entry) }) != true { pieces.append(Piece()) }
            pieces[pieces.endIndex - 1].append(entry)
        }
        return pieces
    }

    /// Puts each entry, the largest first, into the emptiest of so many pieces; `nil` if one finds no room.
    private func spread(_ entries: [Entry], over pieceCount: Int) -> [Piece]? {
        var pieces = [Piece](repeating: Piece(), count: pieceCount)
        for entry in entries {
            let candidates = pieces.indices.filter { hasRoom(pieces[$0], for: entry) }
            guard let emptiest = candidates.min(by: { pieces[$0].size < pieces[$1].size }) else { return nil }
            pieces[emptiest].append(entry)
        }
        return pieces
    }

    private static func size(_ entries: [PublicKeyCredentialDescriptor]) -> Int {
        entries.reduce(0) { $0 + CBOREncoder.encode($1.cbor).count }
    }
}

extension Int {
    fileprivate func dividedUp(by divisor: Int) -> Int { (self + divisor - 1) / divisor }
}
