/// How one operation will verify its user, decided from what the key says of itself before anything is asked
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

    /// The operation that needs a verified user, or not.
    public enum Operation: Hashable, Sendable {
        case makeCredential(discoverable: Bool)
        case getAssertion
    }

    /// The touch is all that is asked for.
    case notNeeded
    /// The first of these, the next when it is used up; never empty.
    case methods([Method])
    case impossible(Obstacle)

    /// Decides for a key with these options.
    public init(
        for operation: Operation,
        requirement: UserVerificationRequirement,
        options: AuthenticatorOptions
    ) {
        guard Self.isNeeded(for: operation, requirement: requirement, options: options) else {
            self = .notNeeded
            return
        }
        let methods = Self.methods(options)
        self = methods.isEmpty ? .impossible(Self.obstacle(options)) : .methods(methods)
    }

    private static func isNeeded(
        for operation: Operation,
        requirement: UserVerificationRequirement,
        options: AuthenticatorOptions
    ) -> Bool {
        switch requirement {
        case .required: return true
        case .preferred where !methods(options).isEmpty: return true
        case .preferred, .discouraged: break
        }
        // What the key demands on its own account, whatever the relying party wants.
        if options.alwaysUv == true { return true }
        guard case .makeCredential(let discoverable) = operation, options.isProtected else { return false }
        return discoverable || !options.makeCredUvNotRqd
    }

    private static func methods(_ options: AuthenticatorOptions) -> [Method] {
        var methods: [Method] = []
        if options.uv == true {
            methods.append(options.pinUvAuthToken ? .builtInForToken : .builtInOption)
        }
        if options.clientPin == true {
            if !options.pinUvAuthToken {
                methods.append(.pinForLegacyToken)
            } else if !options.noMcGaPermissionsWithClientPin {
                methods.append(.pinForToken)
            }
        }
        return methods
    }

    private static func obstacle(_ options: AuthenticatorOptions) -> Obstacle {
        if options.clientPin == false, !options.noMcGaPermissionsWithClientPin { return .pinNotSet }
        if options.uv == false { return .builtInNotConfigured }
        return .notSupported
    }
}
