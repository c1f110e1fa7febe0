public import CTAP2

/// A registration of which everything held.
public struct VerifiedRegistration: Hashable, Sendable {
    /// What to keep for logins.
    public let credential: CredentialRecord
    public let attestation: AttestationObject
    /// What the attestation statement shows.
    public let attestationType: AttestationType
}

extension RegistrationResponse {
    /// Checks everything that WebAuthn lays down but the trust in an attestation's certificate (WebAuthn L3 §7.1).
    ///
    /// `algorithms` are those that were asked for; empty for any.
    public func verify(
        _ expected: PendingRequest,
        algorithms: [COSEAlgorithm] = []
    ) throws(VerificationError) -> VerifiedRegistration {
        try expected.check(clientData, ceremony: .create)
        let object = try parseAttestationObject()
        guard let credential = object.authData.attestedCredentialData else {
            throw .attestationObject(.authenticatorData(.missingAttestedCredentialData))
        }
        try expected.check(object.authData)
        let algorithm = credential.publicKey.algorithm
        guard algorithms.isEmpty || algorithms.contains(algorithm) else { throw .algorithm(algorithm) }
        try check(credential.publicKey)
        guard credential.credentialID == id else { throw .credentialID }
        try checkCopies(of: object)
        return VerifiedRegistration(
            credential: CredentialRecord(
                id: id,
                publicKey: credential.publicKey,
                signCount: object.authData.signCount,
                isBackupEligible: object.authData.flags.contains(.backupEligible)
            ),
            attestation: object,
            attestationType: try verifyAttestation(of: object)
        )
    }

    /// A key of an algorithm that is not known here is no error yet: the relying party may know it.
    private func check(_ key: COSEKey) throws(VerificationError) {
        do throws(COSEKeyError) {
            try key.check()
        } catch {
            if case .invalid = error { throw .publicKey(error) }
        }
    }

    private func parseAttestationObject() throws(VerificationError) -> AttestationObject {
        do throws(ResponseError) {
            return try AttestationObject(attestationObject)
        } catch {
            throw .attestationObject(error)
        }
    }

    private func verifyAttestation(of object: AttestationObject) throws(VerificationError) -> AttestationType {
        do throws(AttestationError) {
            return try object.verify(clientDataHash: clientData.hash)
        } catch {
            throw .attestation(format: object.fmt, error)
        }
    }

    private func checkCopies(of object: AttestationObject) throws(VerificationError) {
        let own = Copies(rawID: id, of: object)
        guard copies.rawID == own.rawID else { throw .contradiction(member: "rawId") }
        guard [nil, own.authenticatorData].contains(copies.authenticatorData) else {
            throw .contradiction(member: "response.authenticatorData")
        }
        guard [nil, own.publicKey].contains(copies.publicKey) else {
            throw .contradiction(member: "response.publicKey")
        }
        guard [nil, own.publicKeyAlgorithm].contains(copies.publicKeyAlgorithm) else {
            throw .contradiction(member: "response.publicKeyAlgorithm")
        }
    }
}
