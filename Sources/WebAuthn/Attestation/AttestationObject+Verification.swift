package import CTAP2

extension AttestationObject {
    /// Checks the attestation statement (WebAuthn §7.1 steps 21 and 22).
    ///
    /// A statement of a format outside WebAuthn §8, of a retired one, or with a signature of an unknown algorithm, is
    /// `unverified`. `clientDataHash` is SHA-256 of the client data.
    package func verify(clientDataHash: [UInt8]) throws(AttestationError) -> AttestationType {
        guard let credential = authData.attestedCredentialData else { throw .statement(.missing(member: "authData")) }
        switch fmt {
        case "none":
            guard attStmt == [:] else { throw .unexpectedStatement }
            return .none
        case "packed", "fido-u2f", "tpm", "android-key", "apple":
            try check(credential.publicKey)
            return try verifySigned(credential, clientDataHash: clientDataHash)
        case "android-safetynet":
            return try verifySafetyNet(clientDataHash: clientDataHash)
        case "compound":
            return try verifyCompound(clientDataHash: clientDataHash)
        default:
            return .unverified(.format(fmt))
        }
    }

    private func verifySigned(
        _ credential: AttestedCredentialData,
        clientDataHash: [UInt8]
    ) throws(AttestationError) -> AttestationType {
        switch fmt {
        case "packed": try verifyPacked(credential, clientDataHash: clientDataHash)
        case "fido-u2f": try verifyFIDOU2F(credential, clientDataHash: clientDataHash)
        case "tpm": try verifyTPM(credential, clientDataHash: clientDataHash)
        case "android-key": try verifyAndroidKey(credential, clientDataHash: clientDataHash)
        default: try verifyApple(credential, clientDataHash: clientDataHash)
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
        guard map["ecdaaKeyId"] == nil else { throw .ecdaa }
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

    /// The member `x5c` of a statement that must have it, and its first certificate.
    func certificateChain() throws(AttestationError) -> (x5c: [[UInt8]], leaf: AttestationCertificate) {
        guard let x5c = try certificates() else { throw .statement(.missing(member: "attStmt.x5c")) }
        guard let leaf = x5c.first else { throw .certificate(.wrongCount(0)) }
        return (x5c, try AttestationCertificate(inStatement: leaf))
    }

    /// The members `alg` and `sig` of a signed statement.
    func algorithmAndSignature() throws(AttestationError) -> (COSEAlgorithm, [UInt8]) {
        let algorithm = COSEAlgorithm(rawValue: try statementMember("alg", \.int))
        return (algorithm, try statementMember("sig", \.bytes))
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
