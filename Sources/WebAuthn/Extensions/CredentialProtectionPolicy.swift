/// The input `credentialProtectionPolicy`: what finding a credential requires (CTAP 2.3 §12.1).
package enum CredentialProtectionPolicy: String, Hashable, Sendable, CaseIterable {
    /// Nothing.
    case userVerificationOptional
    /// User verification, or the credential's ID.
    case userVerificationOptionalWithCredentialIDList
    case userVerificationRequired

    /// The level in CTAP, 1 to 3.
    package var level: Int {
        switch self {
        case .userVerificationOptional: 1
        case .userVerificationOptionalWithCredentialIDList: 2
        case .userVerificationRequired: 3
        }
    }
}
