extension AttestationObject {
    /// WebAuthn §8.2: signed by the key of a certificate, or by the credential's own.
    func verifyPacked(
        _ credential: AttestedCredentialData,
        clientDataHash: [UInt8]
    ) throws(AttestationError) -> AttestationType {
        let algorithm = COSEAlgorithm(rawValue: try attStmt.statementMember("alg", \.int))
        let signature = try attStmt.statementMember("sig", \.bytes)
        let signed = authData.bytes + clientDataHash
        if let x5c = try attStmt.certificates() {
            guard let leaf = x5c.first else { throw .certificate(.wrongCount(0)) }
            guard let signer = try AttestationCertificate(statementDER: leaf) else {
                return .notVerifiable(.certificateKey)
            }
            guard try signer.key.verifyStatement(signature, over: signed, algorithm: algorithm) else {
                return .notVerifiable(.algorithm(algorithm))
            }
            do throws(AttestationCertificateError) {
                try signer.checkPackedRequirements(aaguid: credential.aaguid)
            } catch {
                throw .certificate(error)
            }
            return .certified(x5c: x5c)
        }
        let credentialAlgorithm = credential.publicKey.algorithm
        guard algorithm == credentialAlgorithm else {
            throw .wrongAlgorithm(algorithm, credential: credentialAlgorithm)
        }
        guard
            let key = try? VerificationKey(credential.publicKey),
            try key.verifyStatement(signature, over: signed, algorithm: algorithm)
        else { return .notVerifiable(.algorithm(algorithm)) }
        return .selfAttestation
    }
}
