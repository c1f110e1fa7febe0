public import CTAP2

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
        verdict(
            expected,
            publicKey: credential.publicKey,
            id: credential.id,
            signCount: credential.signCount,
            isBackupEligible: credential.isBackupEligible
        )
    }

    /// The same for a credential of which only the public key is certain to be known.
    ///
    /// What is `nil` is not compared, and the verdict lists the check as not made.
    public func verdict(
        _ expected: PendingRequest,
        publicKey: COSEKey,
        id: [UInt8]? = nil,
        signCount: UInt32? = nil,
        isBackupEligible: Bool? = nil
    ) -> Verdict {
        var list = Checklist()
        let allowed = expected.allowedCredentials
        list.check(.allowCredentials, ifAsked: !allowed.isEmpty, allowed.contains(self.id), else: .notAllowed)
        list.check(.credentialId, ifAsked: id != nil, self.id == id, else: .credentialID)
        list.check(.copies, rawID == self.id, else: .contradiction(member: "rawId"))
        expected.check(clientData, copy: clientDataHash, ceremony: .get, in: &list)
        let parsed = list.check(.authenticatorData) { () throws(VerificationError) in try parse() }
        guard let data = parsed else {
            list.skip(.rpIdHash, .userPresent, .userVerified, .backupState, .signature, .signCount)
            return Verdict(list.checks, credential: nil)
        }
        expected.check(data, in: &list)
        check(data, isBackupEligible: isBackupEligible, in: &list)
        checkSignature(over: data, with: publicKey, in: &list)
        list.check(
            .signCount,
            ifAsked: signCount != nil,
            data.signCount > signCount ?? 0 || data.signCount == 0 && signCount == 0,
            else: .counter(stored: signCount ?? 0, received: data.signCount)
        )
        return Verdict(
            list.checks,
            credential: CredentialRecord(
                id: self.id,
                publicKey: publicKey,
                signCount: data.signCount,
                isBackupEligible: data.flags.contains(.backupEligible)
            )
        )
    }

    /// A credential stays eligible for backup, or not, for life (WebAuthn L3 §6.1.3).
    private func check(_ data: AuthenticatorData, isBackupEligible: Bool?, in list: inout Checklist) {
        let isEligible = data.flags.contains(.backupEligible)
        if !data.hasConsistentBackupFlags || isEligible != isBackupEligible ?? isEligible {
            list.add(.backupState, .failed(.backupState))
        } else if isBackupEligible == nil {
            list.add(.backupState, .notMade(.notAsked), demand: .nobody)
        } else {
            list.add(.backupState, .passed)
        }
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
