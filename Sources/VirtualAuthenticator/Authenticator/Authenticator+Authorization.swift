import CTAP2

/// What makeCredential and getAssertion make of pinUvAuthParam and of the option uv (CTAP 2.1 §6.1.2, §6.2.2).
extension Authenticator {
    /// Whether the key is "protected by some form of user verification".
    func isProtected(_ state: KeyState) -> Bool {
        state.pin != nil || settings.isBuiltInUVConfigured(state)
    }

    /// The option makeCredUvNotRqd, which alwaysUv overrules.
    func makeCredUvNotRqd(_ state: KeyState) -> Bool {
        verification.makeCredUvNotRqd && !isAlwaysUv(state)
    }

    /// Step 1: an empty pinUvAuthParam asks for a touch, and whether a PIN is set. `nil` when it is not such a request.
    func probe(_ auth: PINUVAuthParameters) throws(Refusal) -> CommandStep? {
        guard verification.offersClientPIN, auth.parameter?.isEmpty == true else { return nil }
        return .waitForUser(PresenceRequest(operation: .select)) { [unowned self] outcome throws(Refusal) in
            try outcome.requireTouch(timeout: .operationDenied)
            throw Refusal(try store.read().pin == nil ? .pinNotSet : .pinInvalid)
        }
    }

    /// Step 2: pinUvAuthParam needs a protocol, and one of the key's; `nil` without pinUvAuthParam.
    func pinProtocol(of auth: PINUVAuthParameters) throws(Refusal) -> PINProtocol? {
        guard auth.parameter != nil else { return nil }
        let pinProtocol = PINProtocol(rawValue: try auth.protocol.required())
        guard let pinProtocol, verification.offeredProtocols.contains(pinProtocol) else {
            throw Refusal(.invalidParameter)
        }
        return pinProtocol
    }

    /// How a request proves who its user is; pinUvAuthParam overrules the option uv.
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

    /// The proof under alwaysUv: without one the sensor is asked, and without a sensor the request is refused.
    func requireProof(_ proof: UserProof, _ state: KeyState) throws(Refusal) -> UserProof {
        guard isProtected(state) else { throw Refusal(refusalOfUnverified(verification.supportsPIN)) }
        guard proof == .none else { return proof }
        guard settings.isBuiltInUVConfigured(state) else {
            throw Refusal(refusalOfUnverified(state.pin != nil))
        }
        return .builtIn
    }

    /// The answer to a request that had to be verified and was not; `helpsPIN` says whether the key's PIN comes into question.
    func refusalOfUnverified(_ helpsPIN: Bool) -> StatusCode {
        helpsPIN && !verification.noMcGaPermissionsWithClientPin ? .pinUVAuthTokenRequired : .operationDenied
    }

    /// Checks a proof, with the sensor where it is that, and goes on with what it showed.
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

    /// Waits for a touch unless there was one, which spends the token (CTAP 2.1 §6.1.2 step 14, §6.2.2 step 9).
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

    /// Where the PIN can take over, a failure of the sensor asks for it (CTAP 2.1 §6.2.2 step 6.2).
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

/// With what a request wants to prove who its user is.
enum UserProof: Hashable {
    case none
    case token([UInt8], PINProtocol)
    case builtIn
}

/// What is known of the user of the command under way.
struct UserEvidence: Hashable {
    var isVerified = false
    /// Whether the user need not be asked again for a touch.
    var isPresent = false
    /// The token that showed it.
    var token: [UInt8]?
}
