internal import CTAP2

extension AttestationObject {
    /// WebAuthn §8.6: what a U2F key signs when it registers.
    func verifyFIDOU2F(
        _ credential: AttestedCredentialData,
        clientDataHash: [UInt8]
    ) throws(AttestationError) -> AttestationType {
        let statement = try statementMap()
        let signature = try statement.statementMember("sig", \.bytes)
        let (x5c, signer) = try statement.certificateChain()
        guard x5c.count == 1 else { throw .certificate(.wrongCount(x5c.count)) }
        guard case .p256 = signer.key else { throw .certificate(.notP256) }
        let key = credential.publicKey
        guard key.algorithm == .es256, case .ec2(1, let x, let y) = key.material else {
            throw .wrongAlgorithm(.es256, credential: key.algorithm)
        }
        let signed = [0] + authData.rpIdHash + clientDataHash + credential.credentialID + [4] + x + y
        _ = try signer.verifyStatement(signature, over: signed, algorithm: .es256)
        return .certified(x5c: x5c)
    }
}
