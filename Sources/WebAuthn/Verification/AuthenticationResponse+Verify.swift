internal import CTAP2

extension AuthenticationResponse {
    /// Runs every check of WebAuthn L3 §7.2 for a login with `credential`; throws the first one that fails.
    ///
    /// Returns the record with the new counter, to be stored in its place. `id` says which of several credentials to pass.
    public func verify(
        _ expected: PendingRequest,
        credential: CredentialRecord
    ) throws(VerificationError) -> CredentialRecord {
        let verdict = verdict(expected, credential: credential)
        try verdict.check()
        guard let updated = verdict.credential else { throw .credentialID }
        return updated
    }

    /// Runs the same checks and returns the outcome of every one.
    public func verdict(_ expected: PendingRequest, credential: CredentialRecord) -> Verdict {
        var list = Checklist()
        list.check(.credentialId, id == credential.id, else: .credentialID)
        list.check(.copies, rawID == id, else: .contradiction(member: "rawId"))
        expected.check(clientData, copy: clientDataHash, ceremony: .get, in: &list)
        let parsed = list.check(.authenticatorData) { () throws(VerificationError) in try parse() }
        guard let data = parsed else {
            list.skip(.rpIdHash, .userPresent, .userVerified, .backupState, .signature, .signCount)
            return Verdict(list.checks, credential: nil)
        }
        expected.check(data, isBackupEligible: credential.isBackupEligible, in: &list)
        checkSignature(over: data, with: credential.publicKey, in: &list)
        list.check(
            .signCount,
            data.signCount > credential.signCount || data.signCount == 0 && credential.signCount == 0,
            else: .counter(stored: credential.signCount, received: data.signCount)
        )
        var updated = credential
        updated.signCount = data.signCount
        return Verdict(list.checks, credential: updated)
    }

    private func checkSignature(over data: AuthenticatorData, with key: COSEKey, in list: inout Checklist) {
        do throws(COSEKeyError) {
            let holds = try key.verify(signature: signature, over: data.bytes + clientData.hash)
            list.check(.signature, holds, else: .signature)
        } catch .unsupported(let algorithm) {
            list.add(.signature, .notMade(.algorithm(algorithm)))
        } catch {
            list.add(.signature, .failed(.publicKey(error)))
        }
    }

    private func parse() throws(VerificationError) -> AuthenticatorData {
        do throws(AuthenticatorDataError) {
            return try AuthenticatorData(authenticatorData)
        } catch {
            throw .authenticatorData(error)
        }
    }
}
