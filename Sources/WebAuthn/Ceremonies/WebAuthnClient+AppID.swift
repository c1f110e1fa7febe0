internal import CTAP2

/// The extensions for credentials that a site registered in U2F, under an AppID instead of its RP ID.
extension WebAuthnClient {
    /// appid (WebAuthn L3 §10.1.1): turns the request into one for the AppID if the key holds none of the listed credentials
    /// for the RP ID, but one for the AppID. Asks the key without a touch, so that the user touches it once.
    ///
    /// The token of a verified user is for the RP ID, and credentials of U2F need none.
    func useAppID(
        _ input: AppIDInput,
        in request: inout GetAssertionRequest,
        _ operation: Operation
    ) async throws(SessionError) -> Bool {
        guard input.isUsable, try await !session.holdsCredential(for: request, operation) else { return false }
        var other = request
        other.rpId = input.appID.text
        other.authorization = nil
        other.options.uv = false
        guard try await session.holdsCredential(for: other, operation) else { return false }
        request = other
        return true
    }

    /// appidExclude (WebAuthn L3 §10.1.2): after a touch, throws `CREDENTIAL_EXCLUDED` for a key that holds one of the
    /// excluded credentials for the AppID.
    func exclude(
        _ appID: AppID,
        for request: MakeCredentialRequest,
        _ operation: Operation
    ) async throws(SessionError) {
        guard !request.excludeList.isEmpty else { return }
        let assertion = GetAssertionRequest(
            rpId: appID.text,
            clientDataHash: request.clientDataHash,
            allowList: request.excludeList
        )
        guard try await session.holdsCredential(for: assertion, operation) else { return }
        try await session.selection(operation)
        throw .status(.credentialExcluded, .makeCredential)
    }
}

/// The input of appid in one login.
struct AppIDInput {
    let appID: AppID
    /// `false` if only a verified user may log in, whom U2F has no way to verify, or if no credentials are listed.
    let isUsable: Bool
}

extension RequestOptions {
    func appIDInput(for caller: Caller) throws(CeremonyError) -> AppIDInput? {
        guard let appID = try extensions.appID("appid", for: caller) else { return nil }
        return AppIDInput(appID: appID, isUsable: userVerification != .required && !allowCredentials.isEmpty)
    }

    /// What the response must hold, whose outputs say whether the AppID took the place of the RP ID.
    func pendingRequest(
        from caller: Caller,
        _ input: AppIDInput?,
        _ outputs: ClientExtensionOutputs
    ) -> PendingRequest {
        var expected = pendingRequest(from: caller)
        expected.appID = nil
        if let input, outputs.members["appid"] == .bool(true) { expected.rpId = input.appID.text }
        return expected
    }
}

extension Session {
    /// `false` also for a key that does not answer without a touch.
    fileprivate func holdsCredential(
        for request: GetAssertionRequest,
        _ operation: Operation
    ) async throws(SessionError) -> Bool {
        do throws(SessionError) {
            return try await knownCredential(for: request, operation) != nil
        } catch {
            guard error.status == .unsupportedOption else { throw error }
            return false
        }
    }
}

extension ClientExtensionInputs {
    /// The AppID in an extension's input; `nil` if the page did not request the extension. An empty one stands for the page's
    /// origin.
    func appID(_ identifier: String, for caller: Caller) throws(CeremonyError) -> AppID? {
        guard let input = members[identifier], input != .null else { return nil }
        guard case .string(let text) = input else {
            throw .extensionInput(ExtensionInputError(identifier: identifier, reason: "it must be a string"))
        }
        do throws(AppIDError) {
            guard case .page(let origin, _, _) = caller else { return try AppID(text) }
            let appID = try AppID(text.isEmpty ? origin.description : text)
            try appID.check(for: origin)
            return appID
        } catch {
            throw .extensionInput(ExtensionInputError(identifier: identifier, .security, reason: error.reason))
        }
    }
}

extension AppIDError {
    fileprivate var reason: String {
        switch self {
        case .notAURL(let text): "\"\(text)\" is not an https URL with a domain"
        case .notOfOrigin(let appID, let origin): "\(appID.text) and \(origin) belong to different sites"
        }
    }
}
