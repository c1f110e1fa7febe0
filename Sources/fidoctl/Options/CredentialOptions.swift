import ArgumentParser
import Interaction

/// The options that select a credential.
struct CredentialOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The credential's ID in base64url, or its beginning, as `credentials list` shows it.",
            valueName: "id"
        )
    )
    var id: String?

    @Option(name: .customLong("rp-id"), help: ArgumentHelp("The credential's relying party.", valueName: "domain"))
    var rpId: String?

    @Option(help: ArgumentHelp("The credential's account: its name, or its ID in base64url.", valueName: "name"))
    var user: String?

    func validate() throws {
        guard id?.isEmpty != true else { throw ValidationError(.idTooShort) }
        guard id != nil || rpId != nil else { throw ValidationError(.give("--id", "--rp-id")) }
    }
}
