extension AttestationObject {
    /// Checks the attestation statement and the credential's key (WebAuthn §7.1 steps 21 and 22).
    ///
    /// `none`, `packed` and `fido-u2f` are known. A statement of another format is no error: what comes back says that
    /// it was not verified. `clientDataHash` is SHA-256 of the client data.
    public func verify(clientDataHash: [UInt8]) throws(AttestationError) -> AttestationType {
        guard let credential = authData.attestedCredentialData else { throw .statement(.missing(member: "authData")) }
        do throws(COSEKeyError) {
            try credential.publicKey.check()
        } catch {
            if case .invalid = error { throw .credentialKey(error) }
        }
        switch fmt {
        case "none":
            guard attStmt.isEmpty else { throw .unexpectedStatement }
            return .none
        case "packed":
            return try verifyPacked(credential, clientDataHash: clientDataHash)
        case "fido-u2f":
            return try verifyFIDOU2F(credential, clientDataHash: clientDataHash)
        default:
            return .notVerifiable(.format(fmt))
        }
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

extension VerificationKey {
    /// Throws when the statement's signature is wrong; `false` when its algorithm is not known.
    func verifyStatement(
        _ signature: [UInt8],
        over message: [UInt8],
        algorithm: COSEAlgorithm
    ) throws(AttestationError) -> Bool {
        let holds: Bool
        do throws(COSEKeyError) {
            holds = try verify(signature, over: message, algorithm: algorithm)
        } catch {
            return false
        }
        guard holds else { throw .wrongSignature }
        return true
    }
}
