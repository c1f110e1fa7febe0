import CTAP2
import Interaction

extension EnrollRequest {
    private static let credProtect = CBORValue.text("credProtect")

    /// What the new key is protected with: a resident key is found only by its handle, and with `verify-required` only after
    /// user verification (CTAP 2.1 §12.1).
    private var protection: Int? {
        if flags.contains(.userVerification) { return 3 }
        return flags.contains(.resident) ? 2 : nil
    }

    private var isResident: Bool { flags.contains(.resident) }

    /// Makes the key on one security key.
    func run(on key: OpenKey) async throws(UserVerificationError) -> EnrolledKey {
        let info = try await key.perform { () throws(SessionError) in try await key.session.getInfo(key.operation) }
        if protection != nil, !info.extensions.contains("credProtect") {
            throw .interaction(Failure(.unsupported, .cannotProtect(KeyName(key.description).name)))
        }
        let authorization = Authorization(
            .makeCredential(discoverable: isResident),
            permissions: isResident ? [.makeCredential, .getAssertion] : .makeCredential,
            rpId: application,
            requirement: flags.contains(.userVerification) ? .required : .discouraged
        )
        let verifier = UserVerifier(key.session, for: authorization, interaction: key.user, key.operation)
        let made = try await verifier.run { verification throws(SessionError) in
            if isResident, !flags.contains(.force) { try await refuseDuplicate(on: key, verification) }
            return try await key.session.makeCredential(request(verification), key.operation)
        }
        return try enrolled(made, key)
    }

    private func request(_ verification: UserVerification) -> MakeCredentialRequest {
        var request = MakeCredentialRequest(
            clientDataHash: clientDataHash(challenge),
            rp: PublicKeyCredentialRpEntity(id: application),
            user: PublicKeyCredentialUserEntity(id: options.userID, name: "openssh", displayName: "openssh"),
            pubKeyCredParams: [PublicKeyCredentialParameters(alg: type.algorithm)],
            options: MakeCredentialRequest.Options(rk: isResident)
        )
        if let protection { request.extensions[Self.credProtect] = .int(protection) }
        verification.authorize(&request) { $0.options.uv = true }
        return request
    }

    /// A resident key for the same application and user would be overwritten.
    private func refuseDuplicate(on key: OpenKey, _ verification: UserVerification) async throws(SessionError) {
        var request = GetAssertionRequest(
            rpId: application,
            clientDataHash: clientDataHash([]),
            options: GetAssertionRequest.Options(up: false)
        )
        if case .token(let token) = verification { request.authorize(with: token) }
        let accounts: [GetAssertionResponse]
        do throws(SessionError) {
            accounts = try await key.session.getAssertion(request, key.operation)
        } catch {
            // A key that does not answer without a touch cannot be asked.
            guard [.noCredentials, .unsupportedOption].contains(error.status) else { throw error }
            return
        }
        guard !accounts.contains(where: { $0.user?.id == options.userID }) else {
            throw .status(.credentialExcluded, .makeCredential)
        }
    }

    private func enrolled(_ made: MakeCredentialResponse, _ key: OpenKey) throws(UserVerificationError) -> EnrolledKey {
        guard let credential = made.authData.attestedCredentialData,
            let publicKey = KeyType.publicKey(credential.publicKey), publicKey.type == type,
            made.authData.rpIdHash == StoredRelyingParty.hash(of: application)
        else {
            throw .session(.malformed(.cbor(.unexpected(member: "authData")), .makeCredential))
        }
        return EnrolledKey(
            publicKey: publicKey.bytes,
            keyHandle: credential.credentialID,
            signature: made.attStmt.map?["sig"]?.bytes ?? [],
            certificate: made.attStmt.map?["x5c"]?.array?.first?.bytes ?? [],
            authenticatorData: CBOREncoder.encode(.bytes(made.authData.bytes))
        )
    }
}
