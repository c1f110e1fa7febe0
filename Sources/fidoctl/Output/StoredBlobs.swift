import CTAP2

/// A key's large blobs, and the credentials that they may belong to.
struct StoredBlobs: Sendable {
    /// Whom an element of the array belongs to.
    enum Owner: Hashable, Sendable {
        case credential(DiscoverableCredential)
        /// Of the form that CTAP defines, and no credential's of this key.
        case orphan
        /// Of another form.
        case foreign
    }

    var array: LargeBlobArray
    /// Whether what the key holds does not end with its digest: it then counts as empty (CTAP 2.3 §6.10.2).
    let isDamaged: Bool
    let capacity: Int
    /// All of the key's credentials; none where nobody had to know.
    let credentials: [DiscoverableCredential]

    func owner(of element: LargeBlobArray.Element) -> Owner {
        guard element.blob != nil else { return .foreign }
        let owner = credentials.first { $0.largeBlobKey.map(element.belongs) ?? false }
        return owner.map(Owner.credential) ?? .orphan
    }

    func hasBlob(_ credential: DiscoverableCredential) -> Bool { size(of: credential) != nil }

    /// How long the credential's data are in bytes; `nil` when it has none.
    func size(of credential: DiscoverableCredential) -> UInt64? {
        credential.largeBlobKey.flatMap { key in array.elements.first { $0.belongs(to: key) }?.blob?.origSize }
    }

    /// The credential for people.
    func label(_ credential: DiscoverableCredential) -> String {
        CredentialLabel(credential, among: credentials).line
    }
}
