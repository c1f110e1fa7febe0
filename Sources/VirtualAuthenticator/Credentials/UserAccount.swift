/// The account at a site that a credential is for.
struct UserAccount: Hashable, Sendable {
    var id: [UInt8]
    var name: String?
    var displayName: String?
}
