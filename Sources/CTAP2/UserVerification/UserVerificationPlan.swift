/// How to verify the user, decided from the key's options before any prompt (CTAP 2.1 §6.1.1, §6.2.1 and the platform's
/// side of §6.5.5.7).
public enum UserVerificationPlan: Hashable, Sendable {
    /// A way to verify the user.
    public enum Method: Hashable, Sendable {
        /// Built-in verification, for a token with permissions.
        case builtInForToken
        /// Built-in verification by the command's option `uv`, on keys without tokens.
        case builtInOption
        /// A PIN, for a token with permissions.
        case pinForToken
        /// A PIN, for a token without permissions, on keys of CTAP 2.0.
        case pinForLegacyToken
    }

    /// Why required verification is impossible.
    public enum Obstacle: Error, Hashable, Sendable {
        /// The key supports a PIN, but none is set.
        case pinNotSet
        /// The key supports built-in verification, but it is not set up.
        case builtInNotConfigured
        case notSupported
    }

    /// A touch is enough.
    case notNeeded
    /// The methods to try, in order; never empty.
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
        // What the key requires regardless of the relying party.
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

    /// Only keys that announce it grant these permissions for built-in verification (CTAP 2.1 §6.4, `uvAcfg`,
    /// `uvBioEnroll`).
    private func permitsBuiltIn(_ options: AuthenticatorOptions) -> Bool {
        (options.uvAcfg || !permissions.contains(.authenticatorConfiguration))
            && (options.uvBioEnroll || !permissions.contains(.bioEnrollment))
    }

    /// A key may exclude the PIN from making and using credentials, but not from management
    /// (`noMcGaPermissionsWithClientPin`).
    private func permitsPIN(_ options: AuthenticatorOptions) -> Bool {
        purpose == .management || !options.noMcGaPermissionsWithClientPin
    }

    fileprivate func obstacle(_ options: AuthenticatorOptions) -> UserVerificationPlan.Obstacle {
        if options.clientPin == false, permitsPIN(options) { return .pinNotSet }
        if options.uv == false { return .builtInNotConfigured }
        return .notSupported
    }
}
