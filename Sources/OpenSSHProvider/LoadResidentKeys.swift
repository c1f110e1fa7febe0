import CTAP2

enum LoadResidentKeys {
    private static let prefix = "ssh:"

    /// The keys for ssh that a security key stores; none on a key that cannot list them.
    static func run(on key: OpenKey) async throws(UserVerificationError) -> [ResidentKey] {
        let management: CredentialManagement
        do throws(UserVerificationError) {
            management = try await key.credentialManagement()
        } catch {
            guard case .session(.refused(.notSupported, _)) = error else { throw error }
            return []
        }
        return try await key.perform { () throws(SessionError) in
            var keys: [ResidentKey] = []
            for rp in try await management.relyingParties(key.operation) {
                // With a truncated RP ID a signature could not be verified.
                guard let id = rp.id, rp.idIsWhole, id.hasPrefix(prefix) else { continue }
                keys += try await management.credentials(of: rp, key.operation).compactMap { residentKey($0, of: id) }
            }
            return keys
        }
    }

    /// `nil` for a type of key that OpenSSH does not have.
    private static func residentKey(_ credential: DiscoverableCredential, of application: String) -> ResidentKey? {
        guard let publicKey = credential.publicKey.flatMap(KeyType.publicKey) else { return nil }
        return ResidentKey(
            type: publicKey.type,
            application: application,
            publicKey: publicKey.bytes,
            keyHandle: credential.credential.id,
            userID: credential.user.id,
            flags: credential.credProtect == 3 ? .userVerification : []
        )
    }
}
