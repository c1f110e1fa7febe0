import ArgumentParser
import CTAP2
import WebAuthn
import Interaction

/// The options of verify for the request that was sent.
struct SentRequestOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The options that were sent: the JSON of a registration's or a login's; - is standard input.",
            valueName: "file"
        ),
        completion: .file()
    )
    var options: String?

    @Option(
        name: .customLong("rp-id"),
        help: ArgumentHelp("The relying party (default: the one that matches the origin).", valueName: "domain")
    )
    var rpId: String?

    @Option(
        name: .customLong("app-id"),
        help: ArgumentHelp(
            "For a login: the AppID (extension appid) for which a U2F credential may have signed in place of the RP ID.",
            valueName: "url"
        )
    )
    var appID: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The challenge that was issued.", valueName: "base64url"),
        transform: Base64URLOption.parse
    )
    var challenge: [UInt8]?

    @Option(
        help: ArgumentHelp(
            "An origin from which the response may come: a page's, android:apk-key-hash:… or a browser extension's; may be repeated.",
            valueName: "origin"
        ),
        transform: ClientOriginOption.parse
    )
    var origin: [String] = []

    @Flag(help: "The response may come from a frame inside another site's page.")
    var crossOrigin = false

    @Option(
        help: ArgumentHelp(
            "The origin of that page, if the response comes from a frame; may be repeated.",
            valueName: "origin"
        ),
        transform: OriginOption.parse
    )
    var topOrigin: [Origin] = []

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Raw CTAP: the client data hash of the request.", valueName: "base64"),
        transform: Base64URLOption.parseHash
    )
    var clientDataHash: [UInt8]?

    @Option(help: "With required, the key must have verified its user.")
    var userVerification: UserVerificationRequirement?

    func validate() throws {
        guard options != nil else { return }
        let replaced = [
            rpId == nil ? nil : "--rp-id", appID == nil ? nil : "--app-id", challenge == nil ? nil : "--challenge",
            clientDataHash == nil ? nil : "--client-data-hash",
            userVerification == nil ? nil : "--user-verification",
        ]
        for option in replaced.compactMap(\.self) {
            throw ValidationError(.takesThePlace("--options", of: option))
        }
    }

    /// What is known of the request; `rpId` if no option says it.
    func known(rpId: String? = nil) -> KnownRequest {
        KnownRequest(
            challenge: challenge,
            origins: origin,
            crossOrigin: crossOriginPolicy,
            rpId: self.rpId ?? rpId,
            appID: appID,
            clientDataHash: clientDataHash,
            requiresUserVerification: userVerification == .required
        )
    }

    var allowsFrame: Bool { crossOrigin || !topOrigin.isEmpty }

    var crossOriginPolicy: PendingRequest.CrossOriginPolicy {
        allowsFrame ? .allowed(topOrigins: topOrigin.map(\.description)) : .refused
    }
}
