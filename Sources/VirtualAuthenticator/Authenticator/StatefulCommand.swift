import CTAP2

/// What the next command may go on with: any other command, or another channel, ends it (CTAP 2.1 §6, "stateful commands").
enum StatefulCommand {
    case assertions(RemainingAssertions)

    /// The command that goes on.
    var continuation: CTAPCommand {
        switch self {
        case .assertions: .getNextAssertion
        }
    }
}

/// The accounts that getAssertion found after the first, and what their assertions are made from (CTAP 2.1 §6.3).
struct RemainingAssertions {
    var context: AssertionContext
    var credentials: ArraySlice<Credential>
    /// When getNextAssertion is refused.
    var deadline: Duration

    /// The longest pause between two of these commands.
    static let lifetime = Duration.seconds(30)
}

/// What the assertions of one getAssertion have in common.
struct AssertionContext {
    var rpId: String
    var clientDataHash: [UInt8]
    var extensionInputs: ExtensionInputs
    var isUserPresent: Bool
    var isUserVerified: Bool
    /// The pinUvAuthToken that verified the user; the remaining assertions end with it.
    var token: [UInt8]?
}
