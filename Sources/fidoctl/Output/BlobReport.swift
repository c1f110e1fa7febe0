import CTAP2
import Interaction
import WebAuthn

/// One element of a key's large-blob array.
struct BlobReport: Encodable {
    enum Kind: String, Encodable {
        case credential, orphan, foreign
    }

    let kind: Kind
    let rpId: String?
    let userName: String?
    let credentialId: String?
    /// The uncompressed size in bytes; `nil` for a foreign element.
    let size: UInt64?
    /// The encoded size in bytes.
    let storedSize: Int
    /// The credential for display.
    private let owner: String?

    init(_ element: LargeBlobArray.Element, in store: StoredBlobs) {
        let credential: DiscoverableCredential?
        switch store.owner(of: element) {
        case .credential(let found): (kind, credential) = (.credential, found)
        case .orphan: (kind, credential) = (.orphan, nil)
        case .foreign: (kind, credential) = (.foreign, nil)
        }
        rpId = credential?.rp.id
        userName = credential?.user.name
        credentialId = credential.map { Base64URL.encode($0.credential.id) }
        size = element.blob?.origSize
        storedSize = element.bytes.count
        owner = credential.map(store.label)
    }

    private enum CodingKeys: CodingKey {
        case kind, rpId, userName, credentialId, size, storedSize
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(kind, forKey: .kind)
        try members.encode(rpId, forKey: .rpId)
        try members.encode(userName, forKey: .userName)
        try members.encode(credentialId, forKey: .credentialId)
        try members.encode(size, forKey: .size)
        try members.encode(storedSize, forKey: .storedSize)
    }

    /// For display: the uncompressed size, the encoded size and the owner.
    var cells: [String] {
        let whose =
            switch kind {
            case .credential: owner ?? "?"
            case .orphan: Text.orphan.localized
            case .foreign: Text.foreign.localized
            }
        return [
            size.map { Text.bytes(Int(clamping: $0)).localized } ?? "-", Text.stored(storedSize).localized, whose,
        ]
    }
}

/// All of a key's large blobs.
struct BlobListReport: Encodable {
    let device: String
    let name: String
    /// The longest serialized array, in bytes.
    let capacity: Int
    let used: Int
    /// Whether the key's array is damaged and counts as empty.
    let damaged: Bool
    let blobs: [BlobReport]

    init(_ store: StoredBlobs, key: KeyName) {
        (device, name) = (key.path, key.name)
        capacity = store.capacity
        used = store.array.serialized.count
        damaged = store.isDamaged
        blobs = store.array.elements.map { BlobReport($0, in: store) }
    }

    /// For display.
    var lines: [String] {
        ["\(name)  \(device)"]
            + Table.lines([
                (.blobRoom, Text.used(used, of: capacity).localized), (.blobs, String(blobs.count)),
            ])
            + (damaged ? ["  " + Text.blobsAreDamaged.localized] : [])
            + Columns.lines(blobs.map(\.cells)).map { "    " + $0 }
    }
}

/// The blob of one credential after a command read, wrote or deleted it.
struct BlobOnKey: Encodable {
    let device: String
    let name: String
    let rpId: String?
    let credentialId: String
    /// The uncompressed size in bytes; 0 after deletion.
    let size: Int
    /// The data in base64url; `nil` unless the command prints them.
    let data: String?

    init(_ credential: DiscoverableCredential, size: Int, data: [UInt8]? = nil, on key: KeyName) {
        (device, name) = (key.path, key.name)
        rpId = credential.rp.id
        credentialId = Base64URL.encode(credential.credential.id)
        self.size = size
        self.data = data.map { Base64URL.encode($0) }
    }

    private enum CodingKeys: CodingKey {
        case device, name, rpId, credentialId, size, data
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(device, forKey: .device)
        try members.encode(name, forKey: .name)
        try members.encode(rpId, forKey: .rpId)
        try members.encode(credentialId, forKey: .credentialId)
        try members.encode(size, forKey: .size)
        try members.encode(data, forKey: .data)
    }
}
