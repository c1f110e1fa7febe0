public import CTAP2

/// A registration that passed verification.
public struct VerifiedRegistration: Hashable, Sendable {
    /// What to keep for logins.
    public let credential: CredentialRecord
    public let attestation: AttestationObject
    /// What the attestation statement shows.
    public let attestationType: AttestationType
    /// The model of key, if the FIDO Metadata Service knows it and was asked.
    public let model: MetadataEntry?
}

extension Verdict {
    /// What a registration with this verdict shows; throws what is wrong with it.
    func verified() throws(VerificationError) -> VerifiedRegistration {
        try check()
        guard let credential, let attestation, let attestationType else {
            throw .attestationObject(.authenticatorData(.missingAttestedCredentialData))
        }
        return VerifiedRegistration(
            credential: credential,
            attestation: attestation,
            attestationType: attestationType,
            model: model
        )
    }
}

extension RegistrationResponse {
    /// Runs every check of WebAuthn L3 §7.1 except for trust in the attestation certificate; throws the first one that fails.
    /// The method with `trust` checks that, too.
    ///
    /// A statement in an unknown format does not make the registration bad, unless `requiresAttestation`.
    public func verify(
        _ expected: PendingRequest,
        requiresAttestation: Bool = false
    ) throws(VerificationError) -> VerifiedRegistration {
        try verdict(expected, requiresAttestation: requiresAttestation).verified()
    }

    /// Runs the same checks and returns the outcome of every one.
    public func verdict(
        _ expected: PendingRequest,
        requiresAttestation: Bool = false
    ) -> Verdict {
        var list = Checklist()
        expected.check(clientData, copy: copies.clientDataHash, ceremony: .create, in: &list)
        let parsed = list.check(.authenticatorData) { () throws(VerificationError) in try parse() }
        guard let (object, credential) = parsed else {
            list.skip(.rpIdHash, .userPresent, .userVerified, .backupState, .algorithm, .publicKey)
            list.skip(.credentialId, .copies, .attestation)
            list.omit(.attestationChain, .metadata, .authenticatorStatus)
            return Verdict(list.checks, credential: nil)
        }
        expected.check(object.authData, in: &list)
        list.check(.backupState, object.authData.hasConsistentBackupFlags, else: .backupState)
        check(credential.publicKey, expected.algorithms, in: &list)
        list.check(.credentialId, credential.credentialID == id, else: .credentialID)
        let contradiction = contradictingCopy(of: object)
        list.check(.copies, contradiction == nil, else: .contradiction(member: contradiction ?? ""))
        let type = object.attestationType(clientDataHash: clientData.hash)
        list.add(VerificationCheck(type, fmt: object.fmt, isDemanded: requiresAttestation))
        list.omit(.attestationChain, .metadata, .authenticatorStatus)
        return Verdict(
            list.checks,
            credential: CredentialRecord(
                id: id,
                publicKey: credential.publicKey,
                signCount: object.authData.signCount,
                isBackupEligible: object.authData.flags.contains(.backupEligible)
            ),
            attestation: object,
            attestationType: type
        )
    }

    private func parse() throws(VerificationError) -> (AttestationObject, AttestedCredentialData) {
        let object: AttestationObject
        do throws(AttestationObjectError) {
            object = try AttestationObject(attestationObject)
        } catch {
            throw .attestationObject(error)
        }
        guard let credential = object.authData.attestedCredentialData else {
            throw .attestationObject(.authenticatorData(.missingAttestedCredentialData))
        }
        return (object, credential)
    }

    private func check(_ key: COSEKey, _ algorithms: [COSEAlgorithm], in list: inout Checklist) {
        list.check(
            .algorithm,
            ifAsked: !algorithms.isEmpty,
            algorithms.contains(key.algorithm),
            else: .algorithm(key.algorithm)
        )
        do throws(COSEKeyError) {
            try key.check()
            list.add(.publicKey, .passed)
        } catch .unsupported(let algorithm) {
            list.add(.publicKey, .notMade(.algorithm(algorithm)))
        } catch {
            list.add(.publicKey, .failed(.publicKey(error)))
        }
    }

    /// The first member that differs from the attestation object.
    private func contradictingCopy(of object: AttestationObject) -> String? {
        let own = Copies(rawID: id, of: object)
        if copies.rawID != own.rawID { return "rawId" }
        if ![nil, own.authenticatorData].contains(copies.authenticatorData) { return "response.authenticatorData" }
        // The SubjectPublicKeyInfo of a key of an unknown algorithm cannot be computed, and so not compared.
        if let publicKey = own.publicKey, ![nil, publicKey].contains(copies.publicKey) { return "response.publicKey" }
        if ![nil, own.publicKeyAlgorithm].contains(copies.publicKeyAlgorithm) { return "response.publicKeyAlgorithm" }
        return nil
    }
}

extension VerificationCheck {
    /// The check of an attestation statement of format `fmt`.
    init(_ type: AttestationType, fmt: String, isDemanded: Bool) {
        name = .attestation
        switch type {
        case .none where isDemanded: (outcome, demand) = (.notMade(.noStatement), .caller)
        case .none, .selfAttestation, .certified, .compound: (outcome, demand) = (.passed, .specification)
        case .unverified(.format(let fmt)): (outcome, demand) = (.notMade(.format(fmt)), isDemanded ? .caller : .nobody)
        case .unverified(.retiredFormat(let fmt)):
            (outcome, demand) = (.notMade(.retiredFormat(fmt)), isDemanded ? .caller : .nobody)
        case .unverified(.algorithm(let algorithm)):
            (outcome, demand) = (.notMade(.algorithm(algorithm)), isDemanded ? .caller : .specification)
        case .unverified(.invalid(let error)):
            (outcome, demand) = (.failed(.attestation(format: fmt, error)), .specification)
        }
    }
}
