extension RegistrationResponse {
    /// Runs every check of WebAuthn L3 §7.1, trust in the attestation certificate included; throws the first one that fails.
    ///
    /// As the method without `trust`. In addition every certificate must lead to a trust anchor, and with metadata the model of
    /// key must be known and not compromised. `requiresAttestation` also refuses a statement without a certificate.
    public func verify(
        _ expected: PendingRequest,
        requiresAttestation: Bool = false,
        trust: AttestationTrust
    ) async throws(VerificationError) -> VerifiedRegistration {
        try await verdict(
            expected,
            requiresAttestation: requiresAttestation,
            trust: trust
        ).verified()
    }

    /// Runs the same checks and returns the outcome of every one.
    public func verdict(
        _ expected: PendingRequest,
        requiresAttestation: Bool = false,
        trust: AttestationTrust
    ) async -> Verdict {
        let verdict = verdict(expected, requiresAttestation: requiresAttestation)
        guard let object = verdict.attestation, let type = verdict.attestationType else { return verdict }
        var list = Checklist(verdict.checks.filter { !TrustChecks.names.contains($0.name) })
        let (model, paths) = await TrustChecks(
            trust: trust,
            object: object,
            type: type,
            isDemanded: requiresAttestation
        ).run(in: &list)
        return Verdict(
            list.checks,
            credential: verdict.credential,
            attestation: object,
            attestationType: type,
            model: model,
            trustPaths: paths
        )
    }
}
