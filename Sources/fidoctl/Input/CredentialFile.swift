import CTAP2
import CTAPHID
import Interaction
import WebAuthn

/// A credential from a file that `register --json` printed, verified.
struct CredentialFile {
    let record: CredentialRecord
    let rpId: String
    let verdict: Verdict
    private let file: String
    private let response: RegistrationResponse
    private let expected: PendingRequest

    /// Reads and verifies a file; the RP ID must be `known` only if the file has no origin.
    ///
    /// `allowsBareHash` accepts a raw CTAP registration, whose hash cannot be compared with anything. It is for logins over a
    /// hash of the caller's own.
    init(
        file: String,
        known: KnownRequest,
        allowsBareHash: Bool = false,
        requiresAttestation: Bool = false,
        by deadline: Deadline = Deadline(after: InputFile.patience)
    ) throws(Failure) {
        self.file = file
        response = try InputFile.readJSON(file, by: deadline, RegistrationResponse.init(json:))
        var known = known
        if allowsBareHash, case .hash(let hash) = response.clientData { known.clientDataHash = hash }
        expected = try known.pendingRequest(for: response)
        verdict = response.verdict(expected, requiresAttestation: requiresAttestation)
        if let failure = Failure.notVerified(verdict) { throw failure.inFile(file) }
        guard let record = verdict.credential else { throw Failure.notVerified(.credentialID).inFile(file) }
        self.record = record
        self.rpId = expected.rpId
    }

    /// The verdict that includes trust in the attestation certificate; `verdict` if `trust` is `nil`.
    func verdict(trust: AttestationTrust?, requiresAttestation: Bool) async throws(Failure) -> Verdict {
        guard let trust else { return verdict }
        let verdict = await response.verdict(expected, requiresAttestation: requiresAttestation, trust: trust)
        if let failure = Failure.notVerified(verdict) { throw failure.inFile(file) }
        return verdict
    }
}

extension Failure {
    /// The same failure, prefixed with the file's name.
    func inFile(_ path: String) -> Failure {
        var failure = self
        failure.message = Text(verbatim: InputFile.name(path) + ": ") + message
        return failure
    }
}
