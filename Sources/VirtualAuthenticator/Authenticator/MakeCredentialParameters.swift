import CTAP2

/// The type-checked request of authenticatorMakeCredential (CTAP 2.1 §6.1).
struct MakeCredentialParameters {
    var clientDataHash: [UInt8]
    var rpId: String
    var rpName: String?
    var user: UserAccount
    /// The algorithms of type public-key in the site's order of preference.
    var algorithms: [COSEAlgorithm]
    var excludeList: DescriptorList
    /// Checked by the key's extensions.
    var extensions: RequestMap?
    var options: CommandOptions
    var pinUVAuth: PINUVAuthParameters
    var enterpriseAttestation: UInt64?
    var attestationFormats: [String]

    init(_ map: RequestMap) throws(Refusal) {
        clientDataHash = try map.clientDataHash(0x01)
        let rp = try map.requiredMap(0x02)
        rpId = try rp.required("id", \.text)
        rpName = try rp.optional("name", \.text)
        _ = try rp.optional("icon", \.text)
        user = try UserAccount(map.requiredMap(0x03))
        algorithms = try Self.algorithms(map)
        excludeList = try map.descriptorList(0x05)
        extensions = try map.optionalMap(0x06)
        options = try CommandOptions(map.optionalMap(0x07))
        pinUVAuth = try PINUVAuthParameters(map, parameter: 0x08, protocol: 0x09)
        enterpriseAttestation = try map.optional(0x0A, \.unsigned)
        attestationFormats = try map.optional(0x0B, \.texts) ?? []
    }

    /// Parses pubKeyCredParams: checks every element, and ignores types other than public-key (§6.1.2 step 3).
    private static func algorithms(_ map: RequestMap) throws(Refusal) -> [COSEAlgorithm] {
        guard let elements = try map.optionalMaps(0x04) else { throw Refusal(.missingParameter) }
        var algorithms: [COSEAlgorithm] = []
        for element in elements {
            let algorithm = try element.required("alg", \.int, missing: .invalidCBOR)
            let type = try element.required("type", \.text, missing: .invalidCBOR)
            if type == "public-key" { algorithms.append(COSEAlgorithm(rawValue: algorithm)) }
        }
        return algorithms
    }
}

extension UserAccount {
    /// Parses a user entity, whose `id` must have 1 to 64 bytes (WebAuthn §5.4.3).
    init(_ map: RequestMap) throws(Refusal) {
        id = try map.required("id", \.bytes)
        name = try map.optional("name", \.text)
        displayName = try map.optional("displayName", \.text)
        _ = try map.optional("icon", \.text)
        guard 1...64 ~= id.count else { throw Refusal(.invalidParameter) }
    }
}
