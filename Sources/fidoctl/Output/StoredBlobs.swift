import CTAP2

/// A key's large blobs and the credentials that may own them.
struct StoredBlobs: Sendable {
    /// The owner of an element of the array.
    enum Owner: Hashable, Sendable {
        case credential(DiscoverableCredential)
        /// A large-blob map that no credential on this key decrypts.
        case orphan
        /// An element of another form.
        case foreign
    }

    var array: LargeBlobArray
    /// Whether the key's array does not end with its digest and so counts as empty (CTAP 2.3 §6.10.2).
    let isDamaged: Bool
    let capacity: Int
    /// All of the key's credentials; empty if they were not needed.
    let credentials: [DiscoverableCredential]

    func owner(of element: LargeBlobArray.Element) -> Owner {
        guard element.blob != nil else { return .foreign }
        let owner = credentials.first { $0.largeBlobKey.map(element.belongs) ?? false }
        return owner.map(Owner.credential) ?? .orphan
    }

    func hasBlob(_ credential: DiscoverableCredential) -> Bool { size(of: credential) != nil }

    /// The uncompressed size of the credential's data in bytes; `nil` if it has no blob.
    func size(of credential: DiscoverableCredential) -> UInt64? {
        credential.largeBlobKey.flatMap { key in array.elements.first { $0.belongs(to: key) }?.blob?.origSize }
    }

    /// The credential for display.
    func label(_ credential: DiscoverableCredential) -> String {
        CredentialLabel(credential, among: credentials).line
    }
}
