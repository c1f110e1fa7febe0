/// How secrets travel between platform and key, and how commands are authorized (CTAP 2.1 §6.5.6, §6.5.7).
public enum PINUVAuthProtocol: Int, Hashable, Sendable, CaseIterable {
    case one = 1
    case two = 2
}

extension AuthenticatorInfo {
    /// The protocol that the key likes best of those that this library has; keys of CTAP 2.0 do not say, and have one.
    public var preferredPINUVAuthProtocol: PINUVAuthProtocol? {
        guard !pinUvAuthProtocols.isEmpty else { return .one }
        return pinUvAuthProtocols.lazy.compactMap(PINUVAuthProtocol.init(rawValue:)).first
    }
}
