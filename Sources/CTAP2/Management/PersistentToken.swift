import CryptoExtras

/// The encrypted members of getInfo, which a persistent token decrypts (CTAP 2.3 §6.4).
extension PINUVAuthToken {
    /// The key's identifier, unchanged until a reset; `nil` if the key does not report it.
    ///
    /// With a token of another key, or an invalid one, the result is random: compare it with an earlier identifier.
    public func identifier(in info: AuthenticatorInfo) -> [UInt8]? {
        decrypt(info.encIdentifier, purpose: "encIdentifier")
    }

    /// A value that changes whenever the key's discoverable credentials do; `nil` if the key does not report it.
    public func credentialStoreState(in info: AuthenticatorInfo) -> [UInt8]? {
        decrypt(info.encCredStoreState, purpose: "encCredStoreState")
    }

    private func decrypt(_ sealed: [UInt8]?, purpose: String) -> [UInt8]? {
        guard let sealed, sealed.count == 32 else { return nil }
        let plaintext = try? AES._CBC.decrypt(
            sealed.dropFirst(16),
            using: deriveKey(for: purpose, byteCount: 16),
            iv: AES._CBC.IV(ivBytes: sealed.prefix(16)),
            noPadding: true
        )
        return plaintext.map { Array($0) }
    }
}
