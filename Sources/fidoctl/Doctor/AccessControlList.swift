/// A file's POSIX access control list, as the kernel stores it in `system.posix_acl_access` (acl(5)).
struct AccessControlList: Hashable, Sendable {
    enum Kind: UInt16, Sendable {
        case owner = 0x01, user = 0x02, owningGroup = 0x04, group = 0x08, mask = 0x10, other = 0x20
    }

    struct Entry: Hashable, Sendable {
        var kind: Kind
        /// Read 4, write 2, execute 1.
        var permissions: UInt16
        /// The user or group of a named entry.
        var id: UInt32
    }

    static let attribute = "system.posix_acl_access"

    var entries: [Entry]

    /// Parses the attribute's value; `nil` if it is of another version or damaged.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 4, Self.number(bytes[..<4]) == 2, (bytes.count - 4) % 8 == 0 else { return nil }
        entries = []
        for start in stride(from: 4, to: bytes.count, by: 8) {
            guard let kind = Kind(rawValue: UInt16(Self.number(bytes[start..<start + 2]))) else { return nil }
            let permissions = UInt16(Self.number(bytes[start + 2..<start + 4]))
            entries.append(Entry(kind: kind, permissions: permissions, id: Self.number(bytes[start + 4..<start + 8])))
        }
    }

    /// The list that a file without one has.
    init(mode: UInt32) {
        entries = [(Kind.owner, 6), (.owningGroup, 3), (.other, 0)].map { kind, shift in
            Entry(kind: kind, permissions: UInt16(mode >> shift & 7), id: 0)
        }
    }

    /// What bounds all entries but the owner's and others'.
    private var mask: UInt16 { entries.first { $0.kind == .mask }?.permissions ?? 7 }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
}

extension AccessControlList {
    /// Whether a user who is not root may read and write a file of this owner and group.
    func lets(_ user: UInt32, _ groups: Set<UInt32>, owner: UInt32, group: UInt32) -> Bool {
        if user == owner { return entries.contains { $0.kind == .owner && $0.mayReadAndWrite(7) } }
        if let entry = entries.first(where: { $0.kind == .user && $0.id == user }) {
            return entry.mayReadAndWrite(mask)
        }
        let matching = entries.filter {
            $0.kind == .owningGroup && groups.contains(group) || $0.kind == .group && groups.contains($0.id)
        }
        guard matching.isEmpty else { return matching.contains { $0.mayReadAndWrite(mask) } }
        return entries.contains { $0.kind == .other && $0.mayReadAndWrite(7) }
    }

    /// The users, besides the owner, who may read and write by name, as udevd grants it to whoever is at the seat.
    var namedUsers: [UInt32] {
        entries.filter { $0.kind == .user && $0.mayReadAndWrite(mask) }.map(\.id)
    }
}

extension AccessControlList.Entry {
    fileprivate func mayReadAndWrite(_ mask: UInt16) -> Bool {
        permissions & mask & 6 == 6
    }
}
