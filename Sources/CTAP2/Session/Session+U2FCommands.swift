import Crypto

/// CTAP2's commands on a key without CTAP2 (CTAP 2.3 §10).
extension Session {
    func makeU2FCredential(
        _ request: MakeCredentialRequest,
        _ operation: Operation
    ) async throws(SessionError) -> MakeCredentialResponse {
        if let limit = request.u2fLimit { throw .refused(.beyondU2F(limit), .makeCredential) }
        let application = Self.application(request.rp.id)
        let excluded = try await knownToU2F(request.excludeList, application, for: .makeCredential, operation)
        guard excluded == nil else {
            try await touchU2F(for: .makeCredential, operation)
            throw .status(.credentialExcluded, .makeCredential)
        }
        let register = U2FRegisterRequest(challenge: request.clientDataHash, application: application)
        let registration = try await sendUntilTouched(register, for: .makeCredential, operation)
        do throws(ResponseError) {
            return try MakeCredentialResponse(registration, rpIdHash: application)
        } catch {
            throw .malformed(error, .makeCredential)
        }
    }

    func getU2FAssertion(
        _ request: GetAssertionRequest,
        _ operation: Operation
    ) async throws(SessionError) -> GetAssertionResponse {
        if let limit = request.u2fLimit { throw .refused(.beyondU2F(limit), .getAssertion) }
        let application = Self.application(request.rpId)
        let known = try await knownToU2F(request.allowList, application, for: .getAssertion, operation)
        guard let known else {
            if request.options.up { try await touchU2F(for: .getAssertion, operation) }
            throw .status(.noCredentials, .getAssertion)
        }
        let authenticate = U2FAuthenticateRequest(
            request.options.up ? .enforceUserPresence : .dontEnforceUserPresence,
            challenge: request.clientDataHash,
            application: application,
            keyHandle: known.id
        )
        let authentication =
            request.options.up
            ? try await sendUntilTouched(authenticate, for: .getAssertion, operation)
            : try await sendUntouched(authenticate, operation)
        do throws(ResponseError) {
            return try GetAssertionResponse(authentication, by: known, rpIdHash: application)
        } catch {
            throw .malformed(error, .getAssertion)
        }
    }

    /// The first credential of a list that is the key's, found without a touch.
    func knownToU2F(
        _ list: [PublicKeyCredentialDescriptor],
        rpId: String,
        _ operation: Operation
    ) async throws(SessionError) -> PublicKeyCredentialDescriptor? {
        try await knownToU2F(list, Self.application(rpId), for: .getAssertion, operation)
    }

    private func knownToU2F(
        _ list: [PublicKeyCredentialDescriptor],
        _ application: [UInt8],
        for command: CTAPCommand,
        _ operation: Operation
    ) async throws(SessionError) -> PublicKeyCredentialDescriptor? {
        for entry in list
        where entry.type == "public-key" && entry.id.count <= U2FAuthenticateRequest.maximumKeyHandleLength {
            // With a challenge of zeros a signature, which no key should make here, would be useless.
            let check = U2FAuthenticateRequest(
                .checkOnly,
                challenge: [UInt8](repeating: 0, count: 32),
                application: application,
                keyHandle: entry.id
            )
            do throws(SessionError) {
                _ = try await send(check, for: command, operation)
                return entry
            } catch {
                guard case .u2f(.status(let status), _) = error else { throw error.withoutResponse }
                switch status {
                case .conditionsNotSatisfied: return entry
                case .wrongData, .wrongLength: continue
                default: throw error
                }
            }
        }
        return nil
    }

    /// Keys from before U2F 1.2 do not sign without a touch.
    private func sendUntouched(
        _ request: U2FAuthenticateRequest,
        _ operation: Operation
    ) async throws(SessionError) -> U2FAuthentication {
        do throws(SessionError) {
            return try await send(request, for: .getAssertion, operation)
        } catch {
            guard case .u2f(.status, _) = error else { throw error }
            throw .status(.userPresenceRequired, .getAssertion)
        }
    }

    /// The application parameter for an RP ID or an AppID.
    private static func application(_ rpId: String) -> [UInt8] {
        Array(SHA256.hash(data: Array(rpId.utf8)))
    }
}
