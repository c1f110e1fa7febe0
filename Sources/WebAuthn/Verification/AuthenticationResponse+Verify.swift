internal import CTAP2

extension AuthenticationResponse {
    /// Checks everything that WebAuthn lays down for a login with `credential` (WebAuthn L3 §7.2).
    ///
    /// Returns the record to keep in its place, with the new counter. Which of several credentials is meant, `id` says.
    public func verify(
        _ expected: PendingRequest,
        credential: CredentialRecord
    ) throws(VerificationError) -> CredentialRecord {
        guard id == credential.id else { throw .credentialID }
        guard rawID == id else { throw .contradiction(member: "rawId") }
        try expected.check(clientData, ceremony: .get)
        let data = try parseAuthenticatorData()
        try expected.check(data)
        guard data.flags.contains(.backupEligible) == credential.isBackupEligible else { throw .backupState }
        try verifySignature(over: data, with: credential.publicKey)
        guard data.signCount > credential.signCount || data.signCount == 0 && credential.signCount == 0 else {
            throw .counter(stored: credential.signCount, received: data.signCount)
        }
        var updated = credential
        updated.signCount = data.signCount
        return updated
    }

    private func verifySignature(over data: AuthenticatorData, with key: COSEKey) throws(VerificationError) {
        let holds: Bool
        do throws(COSEKeyError) {
            holds = try key.verify(signature: signature, over: data.bytes + clientData.hash)
        } catch {
            throw .publicKey(error)
        }
        guard holds else { throw .signature }
    }

    private func parseAuthenticatorData() throws(VerificationError) -> AuthenticatorData {
        do throws(AuthenticatorDataError) {
            return try AuthenticatorData(authenticatorData)
        } catch {
            throw .authenticatorData(error)
        }
    }
}
