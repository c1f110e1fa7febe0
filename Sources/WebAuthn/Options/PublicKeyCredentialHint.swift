/// The kind of authenticator that a relying party expects its user to choose (WebAuthn L3 §5.8.7).
///
/// For a program that offers several kinds; this library, which serves security keys only, ignores hints.
public enum PublicKeyCredentialHint: String, Hashable, Sendable, CaseIterable {
    case securityKey = "security-key"
    /// An authenticator in the same device.
    case clientDevice = "client-device"
    /// A phone or tablet that is reached by radio.
    case hybrid

    /// The known ones in order of preference, each once.
    static func known(_ texts: [String]?) -> [PublicKeyCredentialHint] {
        (texts ?? []).compactMap(Self.init).reduce(into: []) { known, hint in
            if !known.contains(hint) { known.append(hint) }
        }
    }
}
