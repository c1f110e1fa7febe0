internal import CTAP2
import Crypto

extension AttestationObject {
    /// WebAuthn §8.3: a TPM certifies that it made the credential's key.
    func verifyTPM(
        _ credential: AttestedCredentialData,
        clientDataHash: [UInt8]
    ) throws(AttestationError) -> AttestationType {
        let statement = try statementMap()
        let version = try statement.statementMember("ver", \.text)
        guard version == "2.0" else { throw .tpm(.version(version)) }
        let (algorithm, signature) = try statement.algorithmAndSignature()
        let certInfo = try statement.statementMember("certInfo", \.bytes)
        let pubArea = try statement.statementMember("pubArea", \.bytes)
        let (x5c, signer) = try statement.certificateChain()
        try signer.check { (signer) throws(AttestationCertificateError) in
            try signer.checkTPMRequirements(aaguid: credential.aaguid)
        }
        // Only TPMs still sign with SHA-1: docs/decisions/algorithms.md.
        let isKnown = try signer.verifyStatement(
            signature,
            over: certInfo,
            algorithm: algorithm,
            of: COSEAlgorithm.verifiable + [.rs1]
        )
        let digest = algorithm.digest(of: authData.bytes + clientDataHash)
        do throws(TPMStatementError) {
            let area = try TPMPublicArea(pubArea)
            guard area.holds(credential.publicKey) else { throw .otherKey }
            let info = try TPMCertificationInfo(certInfo)
            guard digest == nil || info.extraData == digest else { throw .extraData }
            guard info.name == (try area.name()) else { throw .name }
        } catch {
            throw .tpm(error)
        }
        return isKnown && digest != nil ? .certified(x5c: x5c) : .unverified(.algorithm(algorithm))
    }
}

extension COSEAlgorithm {
    /// The digest of a message with the algorithm's hash function; `nil` for an unknown algorithm and one without a hash
    /// function of its own.
    fileprivate func digest(of message: [UInt8]) -> [UInt8]? {
        switch rawValue {
        case -65535: Array(Insecure.SHA1.hash(data: message))  // RS1
        case -7, -9, -257, -37: Array(SHA256.hash(data: message))
        case -35, -51, -258, -38: Array(SHA384.hash(data: message))
        case -36, -52, -259, -39: Array(SHA512.hash(data: message))
        default: nil
        }
    }
}
