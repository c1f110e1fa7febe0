import ArgumentParser
import CTAP2
import Interaction
import WebAuthn

/// The options of assert that describe the request, where no --options file does.
struct RequestFlags: ParsableArguments {
    @Option(
        name: .customLong("rp-id"),
        help: ArgumentHelp("The relying party: a domain (default: that of --credential).", valueName: "domain")
    )
    var rpId: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "A credential ID that may log in, or several with commas; may be repeated (default: any discoverable credential).",
            valueName: "id"
        ),
        transform: Base64URLOption.parseList
    )
    var allow: [[UInt8]] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "The output of register --json: a credential that may log in, and verifies the login.",
            valueName: "file"
        ),
        completion: .file()
    )
    var credential: [String] = []

    @Option(help: "Whether the key should verify its user (default: preferred).")
    var userVerification: UserVerificationRequirement?

    @OptionGroup var extensions: AuthenticationExtensionOptions

    func validate() throws {
        if !allow.isEmpty, !credential.isEmpty {
            throw ValidationError(.contradict("--allow", "--credential"))
        }
    }

    /// The options that were given.
    var given: [String] {
        [
            ("--rp-id", rpId != nil), ("--allow", !allow.isEmpty), ("--credential", !credential.isEmpty),
            ("--user-verification", userVerification != nil),
        ].filter(\.1).map(\.0) + extensions.given
    }

    /// The request of a relying party; `stored` are the credentials of --credential.
    func options(stored: [CredentialFile], challenge: [UInt8]) throws(Failure) -> RequestOptions {
        let rpIds = Set(stored.map(\.rpId))
        guard rpIds.count <= 1 else { throw Failure(.usage, .severalRPIDs(rpIds.sorted())) }
        guard let rpId = rpIds.first ?? self.rpId else { throw Failure(.usage, .rpIdUnknown, hint: .rpIdUnknownHint) }
        let allowed = allow + stored.map { $0.record.id }
        var options = RequestOptions(
            challenge: challenge,
            rpId: rpId,
            allowCredentials: allowed.map { PublicKeyCredentialDescriptor(id: $0) },
            userVerification: userVerification ?? .preferred
        )
        options.extensions = extensions.inputs
        return options
    }
}
