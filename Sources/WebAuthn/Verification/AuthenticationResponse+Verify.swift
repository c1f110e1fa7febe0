internal import CTAP2

extension AuthenticationResponse {
    /// Checks everything that WebAuthn lays down for a login with `credential` (WebAuthn L3 §7.2); throws the first check that
    /// does not hold.
    ///
    /// Returns the record to keep in its place, with the new counter. Which of several credentials is meant, `id` says.
    public func verify(
        _ expected: PendingRequest,
        credential: CredentialRecord
    ) throws(VerificationError) -> CredentialRecord {
        let verdict = verdict(expected, credential: credential)
        try verdict.check()
        guard let updated = verdict.credential else { throw .credentialID }
        return updated
    }

    /// The same checks, all of them, each with what came of it.
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
