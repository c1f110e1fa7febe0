/// What getNextAssertion goes on with (CTAP 2.1 §6.3).
struct RememberedAssertions {
    var rpId: String
    var clientDataHash: [UInt8]
    var userPresent: Bool
    var userVerified: Bool
    /// The pinUvAuthToken that the first of them needed, and with which the others end.
    var token: [UInt8]?
    /// Those not handed out yet.
    var credentials: ArraySlice<Credential>
    /// When they are forgotten.
    var deadline: Duration

    /// How long after the last of these commands the next may come.
    static let lifetime = Duration.seconds(30)
}
