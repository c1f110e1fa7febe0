import ArgumentParser
import WebAuthn
import Interaction

/// The options of register for WebAuthn's extensions.
struct RegistrationExtensionOptions: ParsableArguments {
    @Flag(help: "Give the credential a secret for assert --prf.")
    var prf = false

    @Flag(help: "Give the credential a secret for assert --hmac-secret.")
    var hmacSecret = false

    @Option(
        help: ArgumentHelp(
            "What finding the credential requires: 1 nothing, 2 user verification or its ID, 3 user verification.",
            valueName: "level"
        )
    )
    var credProtect: CredentialProtectionPolicy?

    @Flag(help: "Make room for a large blob; requires --discoverable.")
    var largeBlob = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Store these bytes, usually at most 32, with the credential.", valueName: "base64url"),
        transform: Base64URLOption.parse
    )
    var credBlob: [UInt8]?

    @Flag(help: "Ask for the key's minimum PIN length, which it discloses to some relying parties.")
    var minPinLength = false

    /// The inputs for the client.
    var inputs: ClientExtensionInputs {
        var members: [String: JSONValue] = [:]
        if prf { members["prf"] = .object([:]) }
        if hmacSecret { members["hmacCreateSecret"] = true }
        if let credProtect {
            members["credentialProtectionPolicy"] = .string(credProtect.rawValue)
            members["enforceCredentialProtectionPolicy"] = true
        }
        if largeBlob { members["largeBlob"] = .object(["support": "required"]) }
        if let credBlob { members["credBlob"] = .string(Base64URL.encode(credBlob)) }
        if minPinLength { members["minPinLength"] = true }
        return ClientExtensionInputs(members)
    }

    /// The options that were given.
    var given: [String] {
        [
            ("--prf", prf), ("--hmac-secret", hmacSecret), ("--cred-protect", credProtect != nil),
            ("--large-blob", largeBlob), ("--cred-blob", credBlob != nil), ("--min-pin-length", minPinLength),
        ].filter(\.1).map(\.0)
    }

    /// The options whose effect the new credential lacks.
    func notGranted(in outputs: ClientExtensionOutputs) -> [String] {
        var missing: [String] = []
        if prf, outputs.members["prf"]?["enabled"] != true { missing.append("--prf") }
        if hmacSecret, outputs.members["hmacCreateSecret"] != true { missing.append("--hmac-secret") }
        if credBlob != nil, outputs.members["credBlob"] != true { missing.append("--cred-blob") }
        return missing
    }
}

/// The options of assert for WebAuthn's extensions.
struct AuthenticationExtensionOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Print the credential's secrets for one or two salts of any length, as WebAuthn's prf.",
            valueName: "salt[,salt]"
        ),
        transform: Base64URLOption.parseList
    )
    var prf: [[UInt8]]?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Print the credential's secrets for one or two salts of 32 bytes, as CTAP's hmac-secret.",
            valueName: "salt[,salt]"
        ),
        transform: Base64URLOption.parseList
    )
    var hmacSecret: [[UInt8]]?

    @Flag(help: "Read the bytes of register --cred-blob.")
    var credBlob = false

    func validate() throws {
        if prf != nil, hmacSecret != nil { throw ValidationError(.contradict("--prf", "--hmac-secret")) }
        if let count = (prf ?? hmacSecret)?.count, count > 2 { throw ValidationError(.twoSalts) }
        if let hmacSecret, hmacSecret.contains(where: { $0.count != 32 }) {
            throw ValidationError(.saltLength)
        }
    }

    /// The inputs for the client.
    var inputs: ClientExtensionInputs {
        var members: [String: JSONValue] = [:]
        if let prf { members["prf"] = .object(["eval": Self.salts(prf, ["first", "second"])]) }
        if let hmacSecret { members["hmacGetSecret"] = Self.salts(hmacSecret, ["salt1", "salt2"]) }
        if credBlob { members["getCredBlob"] = true }
        return ClientExtensionInputs(members)
    }

    /// The options that were given.
    var given: [String] {
        [("--prf", prf != nil), ("--hmac-secret", hmacSecret != nil), ("--cred-blob", credBlob)]
            .filter(\.1).map(\.0)
    }

    var asksForSecrets: Bool { prf != nil || hmacSecret != nil }

    /// The secrets in base64url; `nil` if the key returned none.
    func secrets(in outputs: ClientExtensionOutputs) -> [String]? {
        let results = prf == nil ? outputs.members["hmacGetSecret"] : outputs.members["prf"]?["results"]
        let names = prf == nil ? ["output1", "output2"] : ["first", "second"]
        guard case .object(let secrets)? = results else { return nil }
        return names.compactMap { name in
            if case .string(let secret)? = secrets[name] { secret } else { nil }
        }
    }

    private static func salts(_ salts: [[UInt8]], _ names: [String]) -> JSONValue {
        .object(
            Dictionary(uniqueKeysWithValues: zip(names, salts).map { ($0, .string(Base64URL.encode($1))) })
        )
    }
}
