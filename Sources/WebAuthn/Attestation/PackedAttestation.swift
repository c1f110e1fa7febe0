internal import CTAP2

extension AttestationObject {
    /// WebAuthn §8.2: signed by the key of a certificate, or by the credential's own.
    func verifyPacked(
        _ credential: AttestedCredentialData,
        clientDataHash: [UInt8]
    ) throws(AttestationError) -> AttestationType {
        let statement = try statementMap()
        let (algorithm, signature) = try statement.algorithmAndSignature()
        let signed = authData.bytes + clientDataHash
        guard try statement.certificates() != nil else {
            return try verifySelf(credential.publicKey, algorithm, signature, over: signed)
        }
        let (x5c, signer) = try statement.certificateChain()
        let isKnown = try signer.verifyStatement(signature, over: signed, algorithm: algorithm)
        try signer.check { (signer) throws(AttestationCertificateError) in
            try signer.checkPackedRequirements(aaguid: credential.aaguid)
        }
        return isKnown ? .certified(x5c: x5c) : .unverified(.algorithm(algorithm))
    }

    private func verifySelf(
        _ key: COSEKey,
        _ algorithm: COSEAlgorithm,
        _ signature: [UInt8],
        over signed: [UInt8]
    ) throws(AttestationError) -> AttestationType {
        guard algorithm == key.algorithm else { throw .wrongAlgorithm(algorithm, credential: key.algorithm) }
        let holds: Bool
        do throws(COSEKeyError) {
            holds = try key.verify(signature: signature, over: signed)
        } catch .unsupported {
            return .unverified(.algorithm(algorithm))
        } catch {
            throw .credentialKey(error)
        }
        guard holds else { throw .wrongSignature }
        return .selfAttestation
    }
}
