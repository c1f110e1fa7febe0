import ArgumentParser
import CTAP2
import Interaction
import Platform
import WebAuthn

/// The options of register that describe the request, where no --options file does.
struct CreationFlags: ParsableArguments {
    @Option(name: .customLong("rp-id"), help: ArgumentHelp("The relying party: a domain.", valueName: "domain"))
    var rpId: String?

    @Option(
        name: .customLong("rp-name"),
        help: "The relying party's name for people (default if the key may store it: the RP ID)."
    )
    var rpName: String?

    @Option(help: "The account's name, such as alice@example.com (default: your login name).")
    var user: String?

    @Option(
        name: .customLong("user-id"),
        parsing: .unconditional,
        help: ArgumentHelp("The account's ID, 1 to 64 bytes (default: random).", valueName: "base64url"),
        transform: Base64URLOption.parse
    )
    var userID: [UInt8]?

    @Option(help: "The person's name (default if the key may store it: the account's name).")
    var displayName: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "A credential ID that the key must not hold, or several with commas; may be repeated.",
            valueName: "id"
        ),
        transform: Base64URLOption.parseList
    )
    var exclude: [[UInt8]] = []

    @Option(help: "Whether to make a discoverable credential, a passkey (default: discouraged).")
    var residentKey: CreationOptions.ResidentKey?

    @Flag(help: "The same as --resident-key required.")
    var discoverable = false

    @Option(help: "Whether the key should verify its user (default: preferred).")
    var userVerification: UserVerificationRequirement?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Acceptable algorithms in order of preference (default: ES256 EdDSA ES384 ES512 RS256).",
            valueName: "name"
        ),
        transform: AlgorithmOption.parse
    )
    var algorithm: [COSEAlgorithm] = []

    @Option(help: "The attestation to request; none strips the key's statement (default: direct).")
    var attestation: CreationOptions.Attestation?

    @OptionGroup var extensions: RegistrationExtensionOptions

    func validate() throws {
        if let userID, !(1...64).contains(userID.count) { throw ValidationError(.userIDLength) }
        if discoverable, let residentKey, residentKey != .required {
            throw ValidationError(.contradict("--discoverable", "--resident-key \(residentKey.rawValue)"))
        }
        if extensions.largeBlob, !discoverable, residentKey ?? .discouraged == .discouraged {
            throw ValidationError(.largeBlobDiscoverable)
        }
    }

    /// The options that were given.
    var given: [String] {
        [
            ("--rp-id", rpId != nil), ("--rp-name", rpName != nil), ("--user", user != nil),
            ("--user-id", userID != nil), ("--display-name", displayName != nil), ("--exclude", !exclude.isEmpty),
            ("--resident-key", residentKey != nil), ("--discoverable", discoverable),
            ("--user-verification", userVerification != nil), ("--algorithm", !algorithm.isEmpty),
            ("--attestation", attestation != nil),
        ].filter(\.1).map(\.0) + extensions.given
    }

    /// The request of the relying party `rpId`.
    func options(rpId: String, challenge: [UInt8]) -> CreationOptions {
        let residentKey = residentKey ?? (discoverable ? .required : .discouraged)
        // Keys store names with discoverable credentials only; for others they would be a longer request.
        let isStored = residentKey != .discouraged
        let name = user ?? Environment.nonEmptyVariable("USER") ?? Environment.nonEmptyVariable("LOGNAME") ?? "user"
        var options = CreationOptions(
            challenge: challenge,
            rp: PublicKeyCredentialRpEntity(id: rpId, name: rpName ?? (isStored ? rpId : nil)),
            user: PublicKeyCredentialUserEntity(
                id: userID ?? [UInt8].random(count: 32),
                name: name,
                displayName: displayName ?? (isStored ? name : nil)
            )
        )
        if !algorithm.isEmpty { options.algorithms = algorithm }
        options.excludeCredentials = exclude.map { PublicKeyCredentialDescriptor(id: $0) }
        options.residentKey = residentKey
        options.userVerification = userVerification ?? .preferred
        options.attestation = attestation ?? .direct
        options.extensions = extensions.inputs
        // Whoever types it vouches for the relying party.
        options.enterpriseAttestation = .platformManaged
        return options
    }
}
