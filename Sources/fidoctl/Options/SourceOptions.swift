import ArgumentParser
import CTAPHID
import Platform
import WebAuthn

/// The options of register and assert for what the key signs.
struct SourceOptions: ParsableArguments {
    @Option(
        name: .customLong("options"),
        help: ArgumentHelp(
            "The request as the site sends it: its options for navigator.credentials as JSON; - for standard input.",
            valueName: "file"
        )
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

    func validate() throws {
        if clientDataHash != nil, challenge != nil || origin != nil {
            throw ValidationError("--client-data-hash takes the place of --challenge and --origin.")
        }
        if let challenge, challenge.isEmpty { throw ValidationError("--challenge is empty.") }
    }

    /// Refuses options that say what the file of --options says; `given` are those of the command that were given.
    func refuseBesideFile(_ given: [String]) throws {
        let own = [("--challenge", challenge != nil), ("--client-data-hash", clientDataHash != nil)].filter(\.1).map(
            \.0
        )
        guard optionsFile != nil, let other = (given + own).first else { return }
        throw ValidationError("--options and \(other) contradict each other.")
    }

    /// The options of a site from the file of --options; `nil` without it.
    func siteOptions<Options>(
        by deadline: Deadline,
        _ parse: ([UInt8], Origin?) throws(JSONError) -> Options
    ) throws(Failure) -> Options? {
        guard let optionsFile else { return nil }
        return try InputFile.readJSON(optionsFile, by: deadline) { json throws(JSONError) in try parse(json, origin) }
    }

    /// The caller for the relying party `rpId`.
    func caller(rpId: String) throws(Failure) -> Caller {
        if let clientDataHash { return .clientDataHash(clientDataHash) }
        if let origin { return .page(origin: origin) }
        return .page(origin: try Self.defaultOrigin(rpId: rpId))
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
            throw ValidationError(explanation(error))
        }
    }

    private static func explanation(_ error: OriginError) -> String {
        switch error {
        case .noScheme: "an origin begins with https://"
        case .unsupportedScheme(let scheme): "WebAuthn does not support \(scheme) origins; use https"
        case .insecure(let host): "http is for localhost only, not for \(host.text); use https"
        case .badHost(let host): "\"\(host)\" is not a domain (internationalized names in their xn-- form)"
        case .address(let host): "\"\(host)\" is an IP address, from which WebAuthn cannot be used; use a domain"
        case .badPort(let port): "\"\(port)\" is not a port number"
        case .moreThanOrigin: "an origin ends after the host and the port, without a path or a slash"
        }
    }
}
