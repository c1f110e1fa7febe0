/// With what a request wants to prove who its user is.
enum UserProof: Hashable {
    case none
    case token([UInt8], PINProtocol)
    case builtIn
}

/// What is known of the user of the command under way.
struct UserEvidence: Hashable {
    var isVerified = false
    /// Whether the user need not be asked again for a touch.
    var isPresent = false
    /// The token that showed it.
    var token: [UInt8]?
}
