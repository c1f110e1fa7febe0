/// How the user will be verified, decided from what the key says of itself before anything is asked
/// (CTAP 2.1 §6.1.1, §6.2.1 and the platform's side of §6.5.5.7).
public enum UserVerificationPlan: Hashable, Sendable {
    /// A way to verify the user.
    public enum Method: Hashable, Sendable {
        /// Built-in verification, for a token with permissions.
        case builtInForToken
        /// Built-in verification inside the operation itself, by its option `uv`: keys without tokens.
        case builtInOption
        /// A PIN, for a token with permissions.
        case pinForToken
        /// A PIN, for a token without permissions: keys of CTAP 2.0.
        case pinForLegacyToken
    }

    /// Why a user who must be verified cannot be.
    public enum Obstacle: Error, Hashable, Sendable {
        /// The key could have a PIN and has none.
        case pinNotSet
        /// The key verifies users itself and nothing is set up for that.
        case builtInNotConfigured
        case notSupported
    }

    /// The touch is all that is asked for.
    case notNeeded
    /// The first of these, the next when it is used up; never empty.
    case methods([Method])
    case impossible(Obstacle)

    /// Decides for a key with these options.
    package init(for authorization: Authorization, options: AuthenticatorOptions) {
        let methods = authorization.methods(options)
        guard authorization.isNeeded(options, isPossible: !methods.isEmpty) else {
            self = .notNeeded
            return
        }
        self = methods.isEmpty ? .impossible(authorization.obstacle(options)) : .methods(methods)
    }
}

extension Authorization {
    fileprivate func isNeeded(_ options: AuthenticatorOptions, isPossible: Bool) -> Bool {
        switch requirement {
        case .required: return true
        case .preferred where isPossible: return true
        case .preferred, .discouraged: break
        }
        // What the key demands on its own account, whatever the relying party wants.
        switch purpose {
        case .makeCredential(let discoverable):
            return options.alwaysUv == true
                || options.isProtected && (discoverable || !options.makeCredUvNotRqd)
        case .getAssertion: return options.alwaysUv == true
        case .management: return options.isProtected || options.alwaysUv == true
        }
    }

    fileprivate func methods(_ options: AuthenticatorOptions) -> [UserVerificationPlan.Method] {
        var methods: [UserVerificationPlan.Method] = []
        if options.uv == true {
            if options.pinUvAuthToken {
                if permitsBuiltIn(options) { methods.append(.builtInForToken) }
            } else if purpose != .management {
                methods.append(.builtInOption)
            }
        }
        if options.clientPin == true {
            if !options.pinUvAuthToken {
                methods.append(.pinForLegacyToken)
            } else if permitsPIN(options) {
                methods.append(.pinForToken)
            }
        }
        return methods
    }

    /// Some permissions are given for built-in verification only by keys that say so (CTAP 2.1 §6.4, `uvAcfg`, `uvBioEnroll`).
    private func permitsBuiltIn(_ options: AuthenticatorOptions) -> Bool {
        (options.uvAcfg || !permissions.contains(.authenticatorConfiguration))
            && (options.uvBioEnroll || !permissions.contains(.bioEnrollment))
    }

    /// A PIN may be barred from making and using credentials, never from management (`noMcGaPermissionsWithClientPin`).
    private func permitsPIN(_ options: AuthenticatorOptions) -> Bool {
        purpose == .management || !options.noMcGaPermissionsWithClientPin
    }

    fileprivate func obstacle(_ options: AuthenticatorOptions) -> UserVerificationPlan.Obstacle {
        if options.clientPin == false, permitsPIN(options) { return .pinNotSet }
        if options.uv == false { return .builtInNotConfigured }
        return .notSupported
    }
}
