import ArgumentParser
import CTAPHID
import Interaction
import Platform
import WebAuthn

/// The options of register and assert for what the key signs.
struct SourceOptions: ParsableArguments {
    @Option(
        name: .customLong("options"),
        help: ArgumentHelp(
            "The request as the site sends it: its options for navigator.credentials as JSON; - for standard input.",
            valueName: "file"
        ),
        completion: .file()
    )
    var optionsFile: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The server's challenge in base64url (default: a random one).", valueName: "base64url"),
        transform: Base64URLOption.parse
    )
    var challenge: [UInt8]?

    @Option(
        help: ArgumentHelp("The requesting page's origin, such as https://login.example.com (default: https://RP-ID)."),
        transform: OriginOption.parse
    )
    var origin: Origin?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Raw CTAP: sign this SHA-256 hash in place of client data; RP-ID may then be any text.",
            valueName: "base64"
        ),
        transform: Base64URLOption.parseHash
    )
    var clientDataHash: [UInt8]?

    @Flag(help: "The page is in a frame, and a page around it is of another origin.")
    var crossOrigin = false

    @Option(
        help: ArgumentHelp("The same, and the outermost page is of this origin.", valueName: "origin"),
        transform: OriginOption.parse
    )
    var topOrigin: Origin?

    @Option(
        help: ArgumentHelp(
            "For a page of another site than RP-ID: what https://RP-ID/.well-known/webauthn says; - for standard input.",
            valueName: "file"
        ),
        completion: .file()
    )
    var relatedOrigins: String?

    func validate() throws {
        let ofPage = challenge != nil || origin != nil || isInFrame || relatedOrigins != nil
        if clientDataHash != nil, ofPage {
            throw ValidationError(.clientDataHashAlone)
        }
        if optionsFile == "-", relatedOrigins == "-" {
            throw ValidationError(.relatedOriginsInput)
        }
        if relatedOrigins != nil, origin == nil { throw ValidationError(.relatedOriginsWithOrigin) }
        if let challenge, challenge.isEmpty { throw ValidationError(.challengeEmpty) }
    }

    /// Refuses options that say what the file of --options says; `given` are those of the command that were given.
    func refuseBesideFile(_ given: [String]) throws {
        let own = [("--challenge", challenge != nil), ("--client-data-hash", clientDataHash != nil)].filter(\.1).map(
            \.0
        )
        guard optionsFile != nil, let other = (given + own).first else { return }
        throw ValidationError(.contradict("--options", other))
    }

    /// The options of a site from the file of --options; `nil` without it.
    func siteOptions<Options>(
        by deadline: Deadline,
        _ parse: ([UInt8], Origin?) throws(JSONError) -> Options
    ) throws(Failure) -> Options? {
        guard let optionsFile else { return nil }
        return try InputFile.readJSON(optionsFile, by: deadline) { json throws(JSONError) in try parse(json, origin) }
    }

    /// Whether the page is in a frame of another origin.
    var isInFrame: Bool { crossOrigin || topOrigin != nil }

    /// The caller for the relying party `rpId`.
    func caller(rpId: String, relatedOrigins: RelatedOrigins?) throws(Failure) -> Caller {
        if let clientDataHash { return .clientDataHash(clientDataHash) }
        let ancestors: Caller.Ancestors = isInFrame ? .crossOrigin(top: topOrigin) : .sameOrigin
        let origin = if let origin { origin } else { try Self.defaultOrigin(rpId: rpId) }
        return .page(origin: origin, ancestors: ancestors, relatedOrigins: relatedOrigins)
    }

    /// The document of --related-origins.
    func readRelatedOrigins(by deadline: Deadline) throws(Failure) -> RelatedOrigins? {
        guard let relatedOrigins else { return nil }
        return try InputFile.readJSON(relatedOrigins, by: deadline, RelatedOrigins.init(json:))
    }

    /// Refuses what no key could change, before the command waits for one.
    func check(_ isAcceptable: () throws(CeremonyError) -> Void) throws(Failure) {
        do throws(CeremonyError) {
            try isAcceptable()
        } catch {
            var failure = error.failure(key: nil)
            if relatedOrigins != nil, case .relyingPartyID(.notOfOrigin) = error { failure.hint = .relatedOriginsHint }
            throw failure
        }
    }

    /// The server's challenge, or a random one, with a note if the response `isForServer`.
    func challengeOrRandom(isForServer: Bool) -> [UInt8] {
        if let challenge { return challenge }
        if clientDataHash == nil, isForServer { Diagnostics.note(.randomChallenge) }
        return [UInt8].random(count: 32)
    }

    private static func defaultOrigin(rpId: String) throws(Failure) -> Origin {
        do throws(RelyingPartyIDError) {
            return Origin(https: try RelyingPartyID(rpId).host)
        } catch {
            throw Failure(.usage, .relyingPartyID(error), hint: .relyingPartyIDHint)
        }
    }
}

/// An origin on the command line.
enum OriginOption {
    static func parse(_ text: String) throws -> Origin {
        do {
            return try Origin(text)
        } catch {
            throw ValidationError(error.explanation)
        }
    }
}
