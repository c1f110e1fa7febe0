import CTAP2
import Crypto

extension U2FAuthenticator {
    /// U2F_REGISTER: makes a credential, and signs it with the attestation key.
    func register(_ command: APDU, at now: Duration) throws(U2FStatus) -> [UInt8] {
        guard command.data.count == 64 else { throw .wrongLength }
        let challenge = command.data[..<32]
        let application = Array(command.data[32...])
        try requireTouch(.register, at: now)
        let state = try stored { () throws(Refusal) in try authenticator.store.read() }
        guard
            let key = try? SigningKey.generate(.es256, random: &authenticator.store.random),
            case .ec2(_, let x, let y) = key.publicKey.material,
            let id = try? CredentialWrapping.id(
                for: key,
                extensionData: [:],
                rpIDHash: application,
                wrappingKey: state.wrappingKey,
                nonce: authenticator.store.random.bytes(12)
            ),
            let certificate = state.attestation.certificates.first
        else { throw .otherError }
        let point = [0x04] + x + y
        guard let signature = try? state.attestation.signature(over: [0] + application + challenge + id + point) else {
            throw .otherError
        }
        return [0x05] + point + [UInt8(truncatingIfNeeded: id.count)] + id + certificate + signature
    }

    /// U2F_AUTHENTICATE: signs with a credential, or says whether it is this key's.
    func authenticate(_ command: APDU, at now: Duration) throws(U2FStatus) -> [UInt8] {
        guard command.data.count > 64, command.data.count == 65 + Int(command.data[64]) else { throw .wrongLength }
        let challenge = command.data[..<32]
        let application = Array(command.data[32..<64])
        let credential = try credential(id: Array(command.data[65...]), application: application)
        switch command.control {
        case 0x07: throw .conditionsNotSatisfied
        case 0x03: try requireTouch(.authenticate, at: now)
        case 0x08: break
        default: throw .wrongData
        }
        let counter = try stored { () throws(Refusal) in
            try authenticator.store.change { state throws(Refusal) in
                state.signatureCounter &+= 1
                return state.signatureCounter
            }
        }
        let presence: UInt8 = command.control == 0x03 ? 1 : 0
        let signed = [presence] + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: counter >> $0) }
        guard let signature = try? credential.key.signature(over: application + signed + challenge) else {
            throw .otherError
        }
        return signed + signature
    }

    /// A credential with ES256, unless it requires user verification.
    private func credential(id: [UInt8], application: [UInt8]) throws(U2FStatus) -> Credential {
        let found = try stored { () throws(Refusal) -> Credential? in
            let state = try authenticator.store.read()
            let kept = state.credentials.first { $0.id == id && CredentialSites.hash($0.rpId) == application }
            if let kept { return try authenticator.unlock(kept) }
            return CredentialWrapping.credential(id: id, rpIDHash: application, wrappingKey: state.wrappingKey)
        }
        guard let found, found.key.algorithm == .es256, found.protection.shows(isListed: true, isVerified: false) else {
            throw .wrongData
        }
        return found
    }
}

extension AttestationIdentity {
    fileprivate func signature(over message: [UInt8]) throws -> [UInt8] {
        Array(try P256.Signing.PrivateKey(rawRepresentation: secret).signature(for: message).derRepresentation)
    }
}
