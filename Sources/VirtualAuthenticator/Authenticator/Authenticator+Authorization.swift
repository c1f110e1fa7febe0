import CTAP2

/// How makeCredential and getAssertion handle pinUvAuthParam and the option uv (CTAP 2.1 §6.1.2, §6.2.2).
extension Authenticator {
    /// Whether the key is "protected by some form of user verification".
    func isProtected(_ state: KeyState) -> Bool {
        state.pin != nil || settings.isBuiltInUVConfigured(state)
    }

    /// The option makeCredUvNotRqd, which alwaysUv overrides.
    func makeCredUvNotRqd(_ state: KeyState) -> Bool {
        verification.makeCredUvNotRqd && !isAlwaysUv(state)
    }

    /// Whether U2F, which verifies nobody, is available (CTAP 2.1 §7.2.4).
    func offersU2F(_ state: KeyState) -> Bool {
        settings.u2f != .none && !isAlwaysUv(state)
    }

    /// Step 1: an empty pinUvAuthParam requests a touch and whether a PIN is set. `nil` for any other request.
    func probe(_ auth: PINUVAuthParameters) throws(Refusal) -> CommandStep? {
        guard verification.offersClientPIN, auth.parameter?.isEmpty == true else { return nil }
        return .waitForUser(PresenceRequest(operation: .select)) { [unowned self] outcome throws(Refusal) in
            try outcome.requireTouch(timeout: .operationDenied)
            throw Refusal(try store.read().pin == nil ? .pinNotSet : .pinInvalid)
        }
    }

    /// Step 2: pinUvAuthParam requires a supported protocol; `nil` without pinUvAuthParam.
    func pinProtocol(of auth: PINUVAuthParameters) throws(Refusal) -> PINProtocol? {
        guard auth.parameter != nil else { return nil }
        let pinProtocol = PINProtocol(rawValue: try auth.protocol.required())
        guard let pinProtocol, verification.offeredProtocols.contains(pinProtocol) else {
            throw Refusal(.invalidParameter)
        }
        return pinProtocol
    }

    /// The user verification in a request; pinUvAuthParam overrides the option uv.
    func proof(
        _ auth: PINUVAuthParameters,
        by pinProtocol: PINProtocol?,
        or option: Bool?
    ) throws(Refusal) -> UserProof {
        if let pinProtocol, let code = auth.parameter { return .token(code, pinProtocol) }
        guard option == true else { return .none }
        guard try settings.isBuiltInUVConfigured(store.read()) else { throw Refusal(.invalidOption) }
        return .builtIn
    }

    /// The verification with alwaysUv: by default the sensor; without a sensor the request fails.
    func requireProof(_ proof: UserProof, _ state: KeyState) throws(Refusal) -> UserProof {
        guard isProtected(state) else { throw Refusal(refusalOfUnverified(verification.supportsPIN)) }
        guard proof == .none else { return proof }
        guard settings.isBuiltInUVConfigured(state) else {
            throw Refusal(refusalOfUnverified(state.pin != nil))
        }
        return .builtIn
    }

    /// The status for missing verification; `helpsPIN` is whether the key's PIN could provide it.
    func refusalOfUnverified(_ helpsPIN: Bool) -> StatusCode {
        helpsPIN && !verification.noMcGaPermissionsWithClientPin ? .pinUVAuthTokenRequired : .operationDenied
    }

    /// Verifies the user, possibly with the sensor, and continues with the result.
    func check(
        _ proof: UserProof,
        for permission: TokenPermissions,
        _ prompt: PresenceRequest,
        clientDataHash: [UInt8],
        then: @escaping (UserEvidence) throws(Refusal) -> CommandStep
    ) throws(Refusal) -> CommandStep {
        let state = try store.read()
        switch proof {
        case .none: return try then(UserEvidence())
        case .token where !isProtected(state): return try then(UserEvidence())
        case .token(let code, let pinProtocol):
            guard
                var token = user.token,
                token.verifies(code, of: clientDataHash, by: pinProtocol, at: now),
                token.permissions.contains(permission),
                token.rpId == nil || token.rpId == prompt.relyingPartyID,
                token.isUserVerified
            else { throw Refusal(.pinAuthInvalid) }
            token.use(for: prompt.relyingPartyID, at: now)
            user.token = token
            return try then(UserEvidence(isVerified: true, isPresent: token.isUserPresent(at: now), token: token.bytes))
        case .builtIn:
            var prompt = prompt
            prompt.gesture = .fingerprint
            return try performBuiltInUV(prompt, internalRetry: true) { [unowned self] outcome throws(Refusal) in
                try requireSuccess(outcome)
                return try then(UserEvidence(isVerified: true, isPresent: true))
            }
        }
    }

    /// Waits for a touch unless there was one; this uses up the token (CTAP 2.1 §6.1.2 step 14, §6.2.2 step 9).
    func requirePresence(
        _ evidence: UserEvidence,
        _ prompt: PresenceRequest,
        then: @escaping () throws(Refusal) -> CommandStep
    ) throws(Refusal) -> CommandStep {
        guard !evidence.isPresent else {
            if evidence.token != nil { user.token?.spend() }
            return try then()
        }
        return .waitForUser(prompt) { [unowned self] outcome throws(Refusal) in
            try outcome.requireTouch(timeout: .operationDenied)
            user.token?.spend()
            return try then()
        }
    }

    /// The status after a failure of the sensor, which requests the PIN if that can help (CTAP 2.1 §6.2.2 step 6.2).
    private func requireSuccess(_ outcome: BuiltInUVOutcome) throws(Refusal) {
        switch outcome {
        case .succeeded: return
        case .timedOut: throw Refusal(.userActionTimeout)
        case .declined: throw Refusal(.operationDenied)
        case .failed(let retries):
            guard refusalOfUnverified(try store.read().pin != nil) == .operationDenied else {
                throw Refusal(.pinUVAuthTokenRequired)
            }
            throw Refusal(retries == 0 ? .pinBlocked : .operationDenied)
        }
    }
}

/// The method of user verification in a request.
enum UserProof: Hashable {
    case none
    case token([UInt8], PINProtocol)
    case builtIn
}

/// The verified facts about the user of the current command.
struct UserEvidence: Hashable {
    var isVerified = false
    /// Whether another touch is unnecessary.
    var isPresent = false
    /// The token that verified the user.
    var token: [UInt8]?
}
