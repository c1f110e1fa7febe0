public import CTAP2

/// A new credential: what goes to the relying party, and what that will find in it.
public struct Registration: Hashable, Sendable {
    public let response: RegistrationResponse
    /// What a relying party keeps for logins.
    public let credential: CredentialRecord
    /// What `response` carries, with or without the key's statement.
    public let attestation: AttestationObject
    /// What the statement shows. One that does not hold is the relying party's to judge, as is one of an unknown format.
    public let attestationType: AttestationType
}

/// A login with one account of the key.
public struct Authentication: Hashable, Sendable {
    public let response: AuthenticationResponse
    /// What `response` carries as bytes.
    public let authData: AuthenticatorData
    /// Whose account it is, as far as the key says.
    public let user: PublicKeyCredentialUserEntity?
}

/// What a client checks of a key's answer: that it answers this request. All else is the relying party's to judge (WebAuthn L3
/// §5.1.3, §5.1.4).
extension CreationOptions {
    /// Makes the response to a credential that a key made for these options, its statement stripped where none was asked for.
    func registration(
        _ made: MakeCredentialResponse,
        clientData: SignedClientData,
        transports: [String]
    ) throws(VerificationError) -> Registration {
        let credential = try check(made.authData)
        let whole = made.attestationObject
        let object = attestation == .none ? whole.withoutStatement : whole
        return Registration(
            response: RegistrationResponse(clientData: clientData, attestationObject: object, transports: transports),
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

    /// RP ID, flags, and a credential of an algorithm that was asked for.
    private func check(_ data: AuthenticatorData) throws(VerificationError) -> AttestedCredentialData {
        guard let credential = data.attestedCredentialData else {
            throw .attestationObject(.authenticatorData(.missingAttestedCredentialData))
        }
        try pendingRequest.check(data)
        let key = credential.publicKey
        guard algorithms.isEmpty || algorithms.contains(key.algorithm) else { throw .algorithm(key.algorithm) }
        do throws(COSEKeyError) {
            try key.check()
        } catch .unsupported {
            // The relying party asked for the algorithm, and knows it.
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
