import CryptoExtras

/// What only the holder of a persistent token can read in getInfo (CTAP 2.3 §6.4).
extension PINUVAuthToken {
    /// Which key this is: the same until it is reset. `nil` when the key does not say, or the token is no longer its own.
    ///
    /// The token of another key gives other bytes: compare with those that this one gave before.
    public func identifier(in info: AuthenticatorInfo) -> [UInt8]? {
        decrypt(info.encIdentifier, purpose: "encIdentifier")
    }

    /// What changes with every change of the key's discoverable credentials.
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
