internal import CTAP2

/// A client checks that a response answers its request. Everything else is up to the relying party (WebAuthn L3 §5.1.3).
extension CreationOptions {
    /// Turns the key's response into a registration; strips the attestation statement if these options ask for none.
    func registration(
        _ made: MakeCredentialResponse,
        _ expected: PendingRequest,
        clientData: SignedClientData,
        transports: [String],
        clientExtensionResults: ClientExtensionOutputs
    ) throws(VerificationError) -> Registration {
        let credential = try check(made.authData, expected)
        let whole = made.attestationObject
        let object = attestation == .none ? whole.withoutStatement : whole
        return Registration(
            response: RegistrationResponse(
                clientData: clientData,
                attestationObject: object,
                transports: transports,
                clientExtensionResults: clientExtensionResults
            ),
            credential: CredentialRecord(
                id: credential.credentialID,
                publicKey: credential.publicKey,
                signCount: made.authData.signCount,
                isBackupEligible: made.authData.flags.contains(.backupEligible)
            ),
            attestation: object,
            attestationType: object.attestationType(clientDataHash: clientData.hash)
        )
    }

    /// Checks the RP ID, the flags, and the new credential's algorithm and key.
    private func check(
        _ data: AuthenticatorData,
        _ expected: PendingRequest
    ) throws(VerificationError) -> AttestedCredentialData {
        guard let credential = data.attestedCredentialData else {
            throw .attestationObject(.authenticatorData(.missingAttestedCredentialData))
        }
        try expected.check(data)
        let key = credential.publicKey
        guard algorithms.isEmpty || algorithms.contains(key.algorithm) else { throw .algorithm(key.algorithm) }
        do throws(COSEKeyError) {
            try key.check()
        } catch .unsupported {
            // The relying party asked for this algorithm and can verify it.
        } catch {
            throw .publicKey(error)
        }
        return credential
    }
}

extension AttestationObject {
    /// The object with format `none` (WebAuthn L3 §5.1.3, attestation conveyance `none`); the AAGUID stays.
    ///
    /// Self attestation with an AAGUID of zeros says nothing about the key and is kept.
    fileprivate var withoutStatement: AttestationObject {
        let aaguid = authData.attestedCredentialData?.aaguid
        if fmt == "packed", let statement = attStmt.map, statement["x5c"] == nil, aaguid == .zero { return self }
        return AttestationObject(fmt: "none", authData: authData, attStmt: [:])
    }
}
