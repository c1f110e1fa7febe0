/// The subcommands of authenticatorCredentialManagement (CTAP 2.3 §6.8).
package enum CredentialManagementSubCommand: UInt8, Hashable, Sendable {
    case getCredsMetadata = 1
    case enumerateRPsBegin = 2
    case enumerateRPsGetNextRP = 3
    case enumerateCredentialsBegin = 4
    case enumerateCredentialsGetNextCredential = 5
    case deleteCredential = 6
    case updateUserInformation = 7
}

/// The request of authenticatorCredentialManagement (CTAP 2.3 §6.8).
package struct CredentialManagementRequest: Hashable, Sendable {
    package let command: CTAPCommand
    package var subCommand: CredentialManagementSubCommand
    package var rpIDHash: [UInt8]?
    package var credentialID: PublicKeyCredentialDescriptor?
    package var user: PublicKeyCredentialUserEntity?
    /// `nil` for the two subcommands that continue an enumeration.
    package var authorization: PINUVAuthorization?

    package init(_ subCommand: CredentialManagementSubCommand, command: CTAPCommand = .credentialManagement) {
        self.subCommand = subCommand
        self.command = command
    }
}

extension CredentialManagementRequest: AuthorizableRequest {
    package var authorizedBytes: [UInt8] { [subCommand.rawValue] + parameters.encodedUnlessEmpty }

    package var cbor: CBORMap {
        var map: CBORMap = [1: .int(Int(subCommand.rawValue))]
        if !parameters.isEmpty { map[2] = .map(parameters) }
        map[3] = authorization.map { .int($0.pinUvAuthProtocol.rawValue) }
        map[4] = authorization.map { .bytes($0.param) }
        return map
    }

    private var parameters: CBORMap {
        var map = CBORMap()
        map[1] = rpIDHash.map(CBORValue.bytes)
        map[2] = credentialID.map { .map($0.cbor) }
        map[3] = user.map { .map($0.cbor) }
        return map
    }

    package func response(_ members: CBORMap) throws(ResponseError) -> CredentialManagementResponse {
        do throws(CBORError) {
            return try CredentialManagementResponse(cbor: members)
        } catch {
            throw .cbor(error)
        }
    }
}

/// The response of authenticatorCredentialManagement (CTAP 2.3 §6.8).
package struct CredentialManagementResponse: Hashable, Sendable {
    package var existingResidentCredentialsCount: Int?
    package var maxPossibleRemainingResidentCredentialsCount: Int?
    /// The RP ID, possibly truncated by the key.
    package var rpId: String?
    package var rpName: String?
    package var rpIDHash: [UInt8]?
    package var totalRPs: Int?
    package var user: PublicKeyCredentialUserEntity?
    package var credentialID: PublicKeyCredentialDescriptor?
    /// `nil` also if it cannot be parsed: listing and deleting a credential do not depend on it.
    package var publicKey: COSEKey?
    package var totalCredentials: Int?
    package var credProtect: Int?
    package var largeBlobKey: LargeBlobKey?
    package var thirdPartyPayment: Bool?
}

extension CredentialManagementResponse {
    /// Parses the response's map; ignores unknown members.
    package init(cbor map: CBORMap) throws(CBORError) {
        existingResidentCredentialsCount = try map.optional(1, "existingResidentCredentialsCount", \.nonNegativeInt)
        maxPossibleRemainingResidentCredentialsCount = try map.optional(
            2,
            "maxPossibleRemainingResidentCredentialsCount",
            \.nonNegativeInt
        )
        let rp = try map.optional(3, "rp", \.map)
        rpId = rp?["id"]?.text
        rpName = rp?["name"]?.text
        rpIDHash = try map.optional(4, "rpIDHash", \.bytes)
        totalRPs = try map.optional(5, "totalRPs", \.nonNegativeInt)
        user = try map.optional(6, "user", \.map).map { (user) throws(CBORError) in
            try PublicKeyCredentialUserEntity(cbor: user)
        }
        credentialID = try map.optional(7, "credentialID", \.map).map { (descriptor) throws(CBORError) in
            try PublicKeyCredentialDescriptor(cbor: descriptor)
        }
        publicKey = map[8]?.map.flatMap { try? COSEKey(cbor: $0) }
        totalCredentials = try map.optional(9, "totalCredentials", \.nonNegativeInt)
        credProtect = map[10]?.nonNegativeInt
        largeBlobKey = map[11]?.bytes.map(LargeBlobKey.init)
        thirdPartyPayment = map[12]?.bool
    }
}
