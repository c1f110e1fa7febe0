import CTAP2
import WebAuthn

/// What `register --json` printed into a file, checked: a credential to log in with.
struct StoredCredential {
    let record: CredentialRecord
    let rpID: String
    let verdict: Verdict

    /// Reads and checks a file; `rpID` is needed only where the file does not tell it.
    ///
    /// With `allowsBareHash`, the registration may be one of raw CTAP: whoever logs in with a hash of their own registered with
    /// one. Otherwise nothing shows that the key signed a registration at all.
    init(file: String, rpID: String?, allowsBareHash: Bool = false, requiresAttestation: Bool = false) throws(Failure) {
        let response = try InputFile.readResponse(file, RegistrationResponse.init(json:))
        var known = KnownRequest(rpID: rpID)
        if allowsBareHash, case .hash(let hash) = response.clientData { known.clientDataHash = hash }
        let expected = try known.pendingRequest(for: response)
        verdict = response.verdict(expected, requiresAttestation: requiresAttestation)
        if let failure = Failure.notVerified(verdict) { throw failure.inFile(file) }
        guard let record = verdict.credential else { throw Failure.notVerified(.credentialID).inFile(file) }
        self.record = record
        self.rpID = expected.rpID
    }
}

extension Failure {
    /// The same failure, said to lie in a file.
    func inFile(_ path: String) -> Failure {
        var failure = self
        failure.message = Text(verbatim: InputFile.name(path) + ": ") + message
        return failure
    }
}
