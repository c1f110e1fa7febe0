/// Asks a key for a new credential (CTAP 2.3 §6.1).
public struct MakeCredentialRequest: Hashable, Sendable {
    /// Options of the new credential. `up` is missing because CTAP 2.0 does not define it here.
    public struct Options: Hashable, Sendable {
        /// A discoverable credential: one that the key finds without its ID.
        public var rk: Bool
        /// Built-in verification, without a PIN/UV auth token.
        public var uv: Bool

        public init(rk: Bool = false, uv: Bool = false) {
            self.rk = rk
            self.uv = uv
        }
    }

    /// SHA-256 of the client data, 32 bytes.
    public var clientDataHash: [UInt8]
    public var rp: PublicKeyCredentialRpEntity
    public var user: PublicKeyCredentialUserEntity
    /// Acceptable algorithms in order of preference.
    public var pubKeyCredParams: [PublicKeyCredentialParameters]
    /// Credentials that the key must not already hold.
    public var excludeList: [PublicKeyCredentialDescriptor]
    /// Extension inputs by identifier.
    public var extensions: CBORMap
    public var options: Options
    /// Proof of user verification.
    public var authorization: PINUVAuthorization?
    /// 1 for vendor-facilitated, 2 for platform-managed enterprise attestation.
    public var enterpriseAttestation: Int?
    /// Attestation statement formats in order of preference.
    public var attestationFormatsPreference: [String]

    public init(
        clientDataHash: [UInt8],
        rp: PublicKeyCredentialRpEntity,
        user: PublicKeyCredentialUserEntity,
        pubKeyCredParams: [PublicKeyCredentialParameters],
        excludeList: [PublicKeyCredentialDescriptor] = [],
        extensions: CBORMap = [:],
        options: Options = Options(),
        authorization: PINUVAuthorization? = nil,
        enterpriseAttestation: Int? = nil,
        attestationFormatsPreference: [String] = []
    ) {
        self.clientDataHash = clientDataHash
        self.rp = rp
        self.user = user
        self.pubKeyCredParams = pubKeyCredParams
        self.excludeList = excludeList
        self.extensions = extensions
        self.options = options
        self.authorization = authorization
        self.enterpriseAttestation = enterpriseAttestation
        self.attestationFormatsPreference = attestationFormatsPreference
    }
}

extension MakeCredentialRequest: AuthorizableRequest {
    public var command: CTAPCommand { .makeCredential }

    public var authorizedBytes: [UInt8] { clientDataHash }

    /// Reads the response, which must have a credential and outputs of requested extensions only.
    public func response(_ members: CBORMap) throws(ResponseError) -> MakeCredentialResponse {
        let response = try MakeCredentialResponse(cbor: members)
        try response.authData.checkExtensions(requested: extensions, unsigned: response.unsignedExtensionOutputs)
        return response
    }

    /// The request's map (CTAP 2.3 §6.1); empty lists and default options are omitted, since some keys reject them.
    public var cbor: CBORMap {
        var map: CBORMap = [
            1: .bytes(clientDataHash),
            2: .map(rp.cbor),
            3: .map(user.cbor),
            4: .array(pubKeyCredParams.map { .map($0.cbor) }),
        ]
        if !excludeList.isEmpty { map[5] = .array(excludeList.map { .map($0.cbor) }) }
        if !extensions.isEmpty { map[6] = .map(extensions) }
        if !options.cbor.isEmpty { map[7] = .map(options.cbor) }
        map[8] = authorization.map { .bytes($0.param) }
        map[9] = authorization.map { .int($0.pinUvAuthProtocol.rawValue) }
        map[10] = enterpriseAttestation.map(CBORValue.int)
        if !attestationFormatsPreference.isEmpty {
            map[11] = .array(attestationFormatsPreference.map(CBORValue.text))
        }
        return map
    }
}

extension MakeCredentialRequest.Options {
    /// Omits defaults: a key without `rk` rejects it even if false, and one without built-in verification rejects `uv`.
    fileprivate var cbor: CBORMap {
        var map = CBORMap()
        if rk { map["rk"] = true }
        if uv { map["uv"] = true }
        return map
    }
}

/// A key's answer to `MakeCredentialRequest` (CTAP 2.3 §6.1).
public struct MakeCredentialResponse: Hashable, Sendable {
    /// The attestation statement's format, such as `packed`.
    public var fmt: String
    public var authData: AuthenticatorData
    /// The attestation statement, a map in most formats; an empty map when the key omitted it (§6.1.2, `["none"]`
    /// preferred).
    public var attStmt: CBORValue
    /// Whether this is an enterprise attestation.
    public var epAtt: Bool
    /// The key of the credential's large blob.
    public var largeBlobKey: LargeBlobKey?
    /// Unsigned extension outputs.
    public var unsignedExtensionOutputs: CBORMap

    package init(
        fmt: String,
        authData: AuthenticatorData,
        attStmt: CBORValue = [:],
        epAtt: Bool = false,
        largeBlobKey: LargeBlobKey? = nil,
        unsignedExtensionOutputs: CBORMap = [:]
    ) {
        self.fmt = fmt
        self.authData = authData
        self.attStmt = attStmt
        self.epAtt = epAtt
        self.largeBlobKey = largeBlobKey
        self.unsignedExtensionOutputs = unsignedExtensionOutputs
    }
}

extension MakeCredentialResponse {
    /// Reads the response's map. Ignores unknown members, and malformed optional members that a registration does not
    /// need; rejects a response without a credential.
    package init(cbor map: CBORMap) throws(ResponseError) {
        do throws(CBORError) {
            fmt = try map.required(1, "fmt", \.text)
            guard let statement = map[3] ?? (fmt == "none" ? .map([:]) : nil) else { throw .missing(member: "attStmt") }
            attStmt = statement
        } catch {
            throw .cbor(error)
        }
        epAtt = map[4]?.bool ?? false
        largeBlobKey = map[5]?.bytes.map(LargeBlobKey.init)
        unsignedExtensionOutputs = map[6]?.map ?? [:]
        authData = try AuthenticatorData(member: 2, of: map)
        guard authData.attestedCredentialData != nil else {
            throw .authenticatorData(.missingAttestedCredentialData)
        }
    }
}
