/// Asks a key for a login with one of its credentials (CTAP 2.3 §6.2).
public struct GetAssertionRequest: Hashable, Sendable {
    /// What the key does before signing.
    public struct Options: Hashable, Sendable {
        /// Wait for a touch; `false` only tests whether the key has a credential.
        public var up: Bool
        /// Built-in verification, without a PIN/UV auth token.
        public var uv: Bool

        public init(up: Bool = true, uv: Bool = false) {
            self.up = up
            self.uv = uv
        }
    }

    public var rpId: String
    /// SHA-256 of the client data, 32 bytes.
    public var clientDataHash: [UInt8]
    /// Credentials that may be used; empty means any discoverable one of this relying party.
    public var allowList: [PublicKeyCredentialDescriptor]
    /// Extension inputs by identifier.
    public var extensions: CBORMap
    public var options: Options
    /// Proof of user verification.
    public var authorization: PINUVAuthorization?

    public init(
        rpId: String,
        clientDataHash: [UInt8],
        allowList: [PublicKeyCredentialDescriptor] = [],
        extensions: CBORMap = [:],
        options: Options = Options(),
        authorization: PINUVAuthorization? = nil
    ) {
        self.rpId = rpId
        self.clientDataHash = clientDataHash
        self.allowList = allowList
        self.extensions = extensions
        self.options = options
        self.authorization = authorization
    }
}

extension GetAssertionRequest: AuthorizableRequest {
    public var command: CTAPCommand { .getAssertion }

    public var authorizedBytes: [UInt8] { clientDataHash }

    /// Reads the response, which must name a requested credential and have outputs of requested extensions only.
    public func response(_ members: CBORMap) throws(ResponseError) -> GetAssertionResponse {
        var response = try GetAssertionResponse(cbor: members)
        if response.credential == nil, allowList.count == 1 { response.credential = allowList.first }
        guard let credential = response.credential else { throw .cbor(.missing(member: "credential")) }
        guard allowList.isEmpty || allowList.contains(where: { $0.id == credential.id }) else {
            throw .cbor(.unexpected(member: "credential"))
        }
        try response.authData.checkExtensions(requested: extensions, unsigned: response.unsignedExtensionOutputs)
        return response
    }

    /// The request's map (CTAP 2.3 §6.2); empty lists and default options are omitted, since some keys reject them.
    public var cbor: CBORMap {
        var map: CBORMap = [1: .text(rpId), 2: .bytes(clientDataHash)]
        if !allowList.isEmpty { map[3] = .array(allowList.map { .map($0.cbor) }) }
        if !extensions.isEmpty { map[4] = .map(extensions) }
        if !options.cbor.isEmpty { map[5] = .map(options.cbor) }
        map[6] = authorization.map { .bytes($0.param) }
        map[7] = authorization.map { .int($0.pinUvAuthProtocol.rawValue) }
        return map
    }
}

extension GetAssertionRequest.Options {
    /// Omits defaults: a key without built-in verification rejects `uv` even if false.
    fileprivate var cbor: CBORMap {
        var map = CBORMap()
        if !up { map["up"] = false }
        if uv { map["uv"] = true }
        return map
    }
}

/// A key's answer to `GetAssertionRequest` or to getNextAssertion: one account's login (CTAP 2.3 §6.2).
public struct GetAssertionResponse: Hashable, Sendable {
    /// The credential that signed; keys may omit it when the allow list had one entry.
    public var credential: PublicKeyCredentialDescriptor?
    public var authData: AuthenticatorData
    /// The signature over `authData`'s bytes and the client data hash.
    public var signature: [UInt8]
    /// The account, with its names only after user verification.
    public var user: PublicKeyCredentialUserEntity?
    /// How many accounts match, in the first response only.
    public var numberOfCredentials: Int?
    /// Whether the user chose the account on the key's own display.
    public var userSelected: Bool
    /// The key of the credential's large blob.
    public var largeBlobKey: LargeBlobKey?
    /// Unsigned extension outputs.
    public var unsignedExtensionOutputs: CBORMap

    package init(
        credential: PublicKeyCredentialDescriptor? = nil,
        authData: AuthenticatorData,
        signature: [UInt8],
        user: PublicKeyCredentialUserEntity? = nil,
        numberOfCredentials: Int? = nil,
        userSelected: Bool = false,
        largeBlobKey: LargeBlobKey? = nil,
        unsignedExtensionOutputs: CBORMap = [:]
    ) {
        self.credential = credential
        self.authData = authData
        self.signature = signature
        self.user = user
        self.numberOfCredentials = numberOfCredentials
        self.userSelected = userSelected
        self.largeBlobKey = largeBlobKey
        self.unsignedExtensionOutputs = unsignedExtensionOutputs
    }
}

extension GetAssertionResponse {
    /// Reads the response's map. Ignores unknown members, and malformed optional members that a login does not need.
    package init(cbor map: CBORMap) throws(ResponseError) {
        do throws(CBORError) {
            if let descriptor = try map.optional(1, "credential", \.map) {
                credential = try PublicKeyCredentialDescriptor(cbor: descriptor)
            }
            signature = try map.required(3, "signature", \.bytes)
            numberOfCredentials = try map.optional(5, "numberOfCredentials", \.nonNegativeInt)
        } catch {
            throw .cbor(error)
        }
        user = map[4]?.map.flatMap { try? PublicKeyCredentialUserEntity(cbor: $0) }
        userSelected = map[6]?.bool ?? false
        largeBlobKey = map[7]?.bytes.map(LargeBlobKey.init)
        unsignedExtensionOutputs = map[8]?.map ?? [:]
        authData = try AuthenticatorData(member: 2, of: map)
    }
}

/// Asks for the next account's response to a getAssertion that matched several (CTAP 2.3 §6.3).
struct GetNextAssertionRequest: CTAPRequest {
    /// The getAssertion request.
    let first: GetAssertionRequest

    var command: CTAPCommand { .getNextAssertion }
    var cbor: CBORMap { [:] }

    func response(_ members: CBORMap) throws(ResponseError) -> GetAssertionResponse {
        try first.response(members)
    }
}
