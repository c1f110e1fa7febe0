import CTAP2

/// The state of a stateful command; any other command or channel discards it (CTAP 2.1 §6, "stateful commands").
enum StatefulCommand {
    case assertions(RemainingAssertions)
    case sites(Iteration<CredentialSites.Site>)
    case credentials(Iteration<ResidentCredential>)
    case largeBlobs(PartialLargeBlobArray)

    /// The time limit between two of these commands.
    static let lifetime = Duration.seconds(30)

    /// The commands that may continue; they check their subcommands themselves.
    var continuations: Set<CTAPCommand> {
        switch self {
        case .assertions: [.getNextAssertion]
        case .sites, .credentials: [.credentialManagement, .credentialManagementPreview]
        case .largeBlobs: [.largeBlobs]
        }
    }
}

/// The remaining accounts of a getAssertion, and the data for their assertions (CTAP 2.1 §6.3).
struct RemainingAssertions {
    var context: AssertionContext
    var credentials: ArraySlice<Credential>
    /// The time from which getNextAssertion fails.
    var deadline: Duration
}

/// The common data of one getAssertion's assertions.
struct AssertionContext {
    var rpId: String
    var clientDataHash: [UInt8]
    var extensionInputs: ExtensionInputs
    var isUserPresent: Bool
    var isUserVerified: Bool
    /// The pinUvAuthToken that verified the user; invalidating it ends the remaining assertions.
    var token: [UInt8]?
}

/// The remaining elements of an enumeration, which ends with the token that authorized it.
struct Iteration<Element> {
    let token: ManagementToken
    private var rest: ArraySlice<Element>
    private var deadline: Duration

    init(_ rest: ArraySlice<Element>, by token: ManagementToken, at now: Duration) {
        self.rest = rest
        self.token = token
        deadline = now + StatefulCommand.lifetime
    }

    /// `nil` at the end or after the time limit.
    mutating func next(at now: Duration) -> Element? {
        guard now <= deadline else { return nil }
        deadline = now + StatefulCommand.lifetime
        return rest.popFirst()
    }
}
