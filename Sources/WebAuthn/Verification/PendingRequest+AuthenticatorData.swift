internal import CTAP2

extension PendingRequest {
    /// The checks of authenticator data that registrations and logins share, except of backup flags.
    func check(_ data: AuthenticatorData, in list: inout Checklist) {
        if rpId.isEmpty {
            list.skip(.rpIdHash)
        } else {
            let hashes = [rpId, appID].compactMap(\.self).map(RelyingPartyID.hash)
            list.check(.rpIdHash, hashes.contains(data.rpIdHash), else: .relyingPartyID(expected: rpId))
        }
        list.check(.userPresent, data.flags.contains(.userPresent), else: .userPresence)
        if requiresUserVerification {
            list.check(.userVerified, data.flags.contains(.userVerified), else: .userVerification)
        } else {
            list.add(.userVerified, .notMade(.notAsked), demand: .nobody)
        }
    }

    /// Throws the first of these checks that fails, and if the backup flags contradict each other.
    func check(_ data: AuthenticatorData) throws(VerificationError) {
        var list = Checklist()
        check(data, in: &list)
        list.check(.backupState, data.hasConsistentBackupFlags, else: .backupState)
        try Verdict(list.checks, credential: nil).check()
    }
}

extension AuthenticatorData {
    /// Only a credential that may be backed up is backed up (WebAuthn L3 §6.1.3).
    var hasConsistentBackupFlags: Bool {
        flags.contains(.backupEligible) || !flags.contains(.backupState)
    }
}
