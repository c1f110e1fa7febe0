@testable import CTAP2
import Crypto
import Testing

extension VectorCheck {
    /// Requests and responses of credentialManagement, bioEnrollment, largeBlobs and config, and the values that a
    /// persistent token decrypts.
    static let management = [
        VectorCheck(
            name: "authorized management request",
            claims: { $0.file == "management.json" && $0.shape == ["token.p2", "token.p1", "message"] }
        ) { data, expect in
            let bytes = try #require(expect["request.p2"]?.bytes)
            let message = try #require(data["message"]?.bytes)
            let sent = try #require(try checkItem(Array(bytes.dropFirst()), nil, isCanonical: true).map)
            for number in [PINUVAuthProtocol.one, .two] {
                let token = try token(data["token.p\(number.rawValue)"], number)
                #expect(token.authenticate(message) == expect["param.p\(number.rawValue)"]?.bytes)
            }
            let token = try token(data["token.p2"], .two)
            switch CTAPCommand(rawValue: bytes.first ?? 0) {
            case .credentialManagement: try check(credentialManagementRequest(sent), token, message, bytes)
            case .bioEnrollment: try check(bioEnrollmentRequest(sent), token, message, bytes)
            case .largeBlobs: try check(largeBlobsRequest(sent), token, message, bytes)
            case .config: try check(configRequest(sent), token, message, bytes)
            case let command: Issue.record("an unknown command: \(command)")
            }
        },
        VectorCheck(
            name: "management request without authorization",
            claims: { $0.file == "management.json" && $0.shape.isEmpty }
        ) { _, expect in
            let requests: [String: any CTAPRequest] = [
                "getNextRP": CredentialManagementRequest(.enumerateRPsGetNextRP),
                "getNextCredential": CredentialManagementRequest(.enumerateCredentialsGetNextCredential),
                "getModality": BioEnrollmentRequest(nil),
                "sensorInfo": BioEnrollmentRequest(.getFingerprintSensorInfo),
                "cancel": BioEnrollmentRequest(.cancelCurrentEnrollment),
            ]
            for name in expect.names {
                #expect(requests[name]?.message == expect[name]?.bytes, "\(name)")
            }
        },
        VectorCheck(
            name: "credentialManagement response",
            claims: { $0.file == "management.json" && $0.shape == ["responseMap"] }
        ) { data, expect in
            let bytes = try #require(data["responseMap"]?.bytes)
            let isCanonical = try #require(expect["canonical"]?.flag as Bool?)
            let members = try #require(try checkItem(bytes, expect["diag"], isCanonical: isCanonical).map)
            let response = try CredentialManagementResponse(cbor: members)
            #expect(response.existingResidentCredentialsCount == members[1]?.int)
            #expect(response.maxPossibleRemainingResidentCredentialsCount == members[2]?.int)
            #expect(response.rpId == members[3]?.map?["id"]?.text && response.rpName == members[3]?.map?["name"]?.text)
            #expect(response.rpIDHash == members[4]?.bytes)
            #expect(response.totalRPs == members[5]?.int)
            #expect(response.user?.id == members[6]?.map?["id"]?.bytes)
            #expect(response.credentialID?.id == members[7]?.map?["id"]?.bytes)
            #expect((response.publicKey == nil) == (members[8] == nil))
            #expect(response.totalCredentials == members[9]?.int)
            #expect(response.credProtect == members[10]?.int)
            #expect(response.largeBlobKey?.bytes == members[11]?.bytes)
            #expect(response.thirdPartyPayment == members[12]?.bool)
        },
        VectorCheck(name: "encIdentifier", claims: { $0.shape.contains("encIdentifier") }) { data, expect in
            let token = try token(data["persistentPinUvAuthToken"], .two)
            var info = AuthenticatorInfo(versions: [], aaguid: .zero)
            info.encIdentifier = data["encIdentifier"]?.bytes
            #expect(token.identifier(in: info) == expect["identifier"]?.bytes)
            let key = token.deriveKey(for: "encIdentifier", byteCount: 16)
            #expect(unsafe key.withUnsafeBytes { unsafe Array($0) } == expect["key"]?.bytes)
        },
    ]

    private static func check<Request: AuthorizableRequest>(
        _ request: Request,
        _ token: PINUVAuthToken,
        _ message: [UInt8],
        _ bytes: [UInt8]
    ) {
        var request = request
        #expect(request.authorizedBytes == message)
        request.authorize(with: token)
        #expect(request.message == bytes)
    }

    private static func credentialManagementRequest(_ map: CBORMap) throws -> CredentialManagementRequest {
        let number = try #require(map[1]?.int.flatMap(UInt8.init(exactly:)))
        var request = CredentialManagementRequest(try #require(CredentialManagementSubCommand(rawValue: number)))
        request.rpIDHash = map[2]?.map?[1]?.bytes
        request.credentialID = try map[2]?.map?[2]?.map.map { try PublicKeyCredentialDescriptor(cbor: $0) }
        return request
    }

    private static func bioEnrollmentRequest(_ map: CBORMap) throws -> BioEnrollmentRequest {
        let number = try #require(map[2]?.int.flatMap(UInt8.init(exactly:)))
        var request = BioEnrollmentRequest(BioEnrollmentSubCommand(rawValue: number))
        request.templateId = map[3]?.map?[1]?.bytes
        request.templateFriendlyName = map[3]?.map?[2]?.text
        request.timeoutMilliseconds = map[3]?.map?[3]?.int
        return request
    }

    private static func largeBlobsRequest(_ map: CBORMap) throws -> LargeBlobsRequest {
        let fragment = try #require(map[2]?.bytes)
        return LargeBlobsRequest(.set(fragment, length: map[4]?.int), at: try #require(map[3]?.int))
    }

    private static func configRequest(_ map: CBORMap) throws -> AuthenticatorConfigRequest {
        let number = try #require(map[1]?.int.flatMap(UInt8.init(exactly:)))
        let policy = map[2]?.map.map { parameters in
            PINPolicyChange(
                newMinPINLength: parameters[1]?.int,
                minPinLengthRPIDs: parameters[2]?.texts ?? [],
                forceChangePin: parameters[3] == true
            )
        }
        return AuthenticatorConfigRequest(
            try #require(AuthenticatorConfigSubCommand(rawValue: number)),
            pinPolicy: policy
        )
    }
}
