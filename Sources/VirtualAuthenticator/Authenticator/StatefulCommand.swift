import CTAP2

/// What the next command may go on with: any other command, or another channel, ends it (CTAP 2.1 §6, "stateful commands").
enum StatefulCommand {
    case assertions(RemainingAssertions)
    case sites(Enumeration<CredentialSites.Site>)
    case credentials(Enumeration<DiscoverableCredential>)
    case largeBlobs(PartialLargeBlobArray)

    /// The longest pause between two of these commands.
    static let lifetime = Duration.seconds(30)

    /// The commands that may go on; their subcommands are theirs to look at.
    var continuations: Set<CTAPCommand> {
        switch self {
        case .assertions: [.getNextAssertion]
        case .sites, .credentials: [.credentialManagement, .credentialManagementPreview]
        case .largeBlobs: [.largeBlobs]
        }
    }
}

/// The accounts that getAssertion found after the first, and what their assertions are made from (CTAP 2.1 §6.3).
struct RemainingAssertions {
    var context: AssertionContext
    var credentials: ArraySlice<Credential>
    /// When getNextAssertion is refused.
    var deadline: Duration
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

/// What an enumeration still has to give, as long as the token can be used that allowed its beginning.
struct Enumeration<Element> {
    let token: ManagementToken
    private var rest: ArraySlice<Element>
    private var deadline: Duration

    init(_ rest: ArraySlice<Element>, by token: ManagementToken, at now: Duration) {
        self.rest = rest
        self.token = token
        deadline = now + StatefulCommand.lifetime
    }

    /// `nil` where it is at its end, or too late.
    mutating func next(at now: Duration) -> Element? {
        guard now <= deadline else { return nil }
        deadline = now + StatefulCommand.lifetime
        return rest.popFirst()
    }
}
