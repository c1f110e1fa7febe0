package import CTAP2

extension AttestationObject {
    /// Checks the attestation statement (WebAuthn §7.1 steps 21 and 22).
    ///
    /// Supports `none`, `packed` and `fido-u2f`; a statement of another format, or with a signature of an unknown
    /// algorithm, is `unverified`. `clientDataHash` is SHA-256 of the client data.
    package func verify(clientDataHash: [UInt8]) throws(AttestationError) -> AttestationType {
        guard let credential = authData.attestedCredentialData else { throw .statement(.missing(member: "authData")) }
        switch fmt {
        case "none":
            guard attStmt == [:] else { throw .unexpectedStatement }
            return .none
        case "packed":
            try check(credential.publicKey)
            return try verifyPacked(credential, clientDataHash: clientDataHash)
        case "fido-u2f":
            try check(credential.publicKey)
            return try verifyFIDOU2F(credential, clientDataHash: clientDataHash)
        default:
            return .unverified(.format(fmt))
        }
    }

    /// Accepts keys of unknown algorithms: the statement may be signed with a known one.
    private func check(_ key: COSEKey) throws(AttestationError) {
        do throws(COSEKeyError) {
            try key.check()
        } catch .unsupported {
            return
        } catch {
            throw .credentialKey(error)
        }
    }

    /// The same, with an error as a reason for `unverified`.
    package func attestationType(clientDataHash: [UInt8]) -> AttestationType {
        do throws(AttestationError) {
            return try verify(clientDataHash: clientDataHash)
        } catch {
            return .unverified(.invalid(error))
        }
    }

    /// The statement of a format that makes it a map.
    func statementMap() throws(AttestationError) -> CBORMap {
        guard let map = attStmt.map else { throw .statement(.unexpected(member: "attStmt")) }
        return map
    }
}

extension CBORMap {
    /// The statement's member `x5c`, which must be a list of certificates; `nil` when it is absent.
    func certificates() throws(AttestationError) -> [[UInt8]]? {
        do throws(CBORError) {
            return try optional("x5c", "attStmt.x5c") { $0.elements(\.bytes) }
        } catch {
            throw .statement(error)
        }
    }

    /// A member that the statement must have.
    func statementMember<T>(
        _ name: String,
        _ read: (CBORValue) -> T?
    ) throws(AttestationError) -> T {
        do throws(CBORError) {
            return try required(.text(name), "attStmt." + name, read)
        } catch {
            throw .statement(error)
        }
    }
}

extension AttestationCertificate {
    init(inStatement der: [UInt8]) throws(AttestationError) {
        do throws(AttestationCertificateError) {
            self = try AttestationCertificate(der)
        } catch {
            throw .certificate(error)
        }
    }

    /// Throws when the statement's signature was not made with the certificate's key; `false` when its algorithm is not
    /// known.
    func verifyStatement(
        _ signature: [UInt8],
        over message: [UInt8],
        algorithm: COSEAlgorithm
    ) throws(AttestationError) -> Bool {
        guard COSEAlgorithm.verifiable.contains(algorithm) else { return false }
        guard let holds = try? key?.verify(signature, over: message, algorithm: algorithm) else {
            throw .algorithmOfOtherKey(algorithm)
        }
        guard holds else { throw .wrongSignature }
        return true
    }
}
