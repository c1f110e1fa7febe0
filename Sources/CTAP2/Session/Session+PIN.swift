/// How many wrong PINs a key still accepts, and whether it must be unplugged before the next one.
package typealias PINRetryCounter = (retries: Int, needsPowerCycle: Bool?)

extension Session {
    /// How many wrong PINs the key still accepts, and whether it must be unplugged before the next one, `nil` when it
    /// does not say (CTAP 2.1 §6.5.5.2).
    public func getPINRetries(
        _ operation: Operation
    ) async throws(SessionError) -> (retries: Int, needsPowerCycle: Bool?) {
        // Keys of CTAP 2.0 require the protocol here too.
        let request = ClientPINRequest(.getPINRetries, try await pinUvAuthProtocol(operation))
        let response = try await send(request, operation)
        guard let retries = response.pinRetries else {
            throw .malformed(.cbor(.missing(member: "pinRetries")), .clientPIN)
        }
        return (retries, response.powerCycleState)
    }

    /// How many failures of built-in verification the key still accepts, `nil` when it does not say (CTAP 2.1
    /// §6.5.5.3).
    public func getUVRetries(_ operation: Operation) async throws(SessionError) -> Int? {
        do throws(SessionError) {
            let response = try await send(ClientPINRequest(.getUVRetries), operation)
            guard let retries = response.uvRetries else {
                throw .malformed(.cbor(.missing(member: "uvRetries")), .clientPIN)
            }
            return retries
        } catch {
            guard error.status != nil else { throw error }
            return nil
        }
    }

    /// Sets the first PIN of a key (CTAP 2.1 §6.5.5.5).
    public func setPIN(_ pin: borrowing PIN, _ operation: Operation) async throws(SessionError) {
        try await checkNew(pin, operation)
        let shared = try await agree(operation)
        var request = ClientPINRequest(.setPIN, shared.pinUvAuthProtocol)
        request.keyAgreement = shared.platformKey
        let newPinEnc = try shared.encryptForPIN(pin.padded)
        request.newPinEnc = newPinEnc
        request.pinUvAuthParam = shared.authenticate(newPinEnc)
        _ = try await send(request, operation)
        forgetInfo()
    }

    /// Changes the key's PIN (CTAP 2.1 §6.5.5.6).
    ///
    /// A wrong `old` uses up one of the key's retries; it is never retried automatically.
    public func changePIN(
        from old: borrowing PIN,
        to new: borrowing PIN,
        _ operation: Operation
    ) async throws(SessionError) {
        try await checkCurrent(old, operation)
        try await checkNew(new, operation)
        let shared = try await agree(operation)
        var request = ClientPINRequest(.changePIN, shared.pinUvAuthProtocol)
        request.keyAgreement = shared.platformKey
        let newPinEnc = try shared.encryptForPIN(new.padded)
        let pinHashEnc = try shared.encryptForPIN(old.hash)
        request.newPinEnc = newPinEnc
        request.pinHashEnc = pinHashEnc
        request.pinUvAuthParam = shared.authenticate(newPinEnc + pinHashEnc)
        _ = try await send(request, operation)
        forgetInfo()
    }

    /// Gets a token for a PIN (CTAP 2.1 §6.5.5.7.1, §6.5.5.7.2); a key without permissions issues one for all commands.
    ///
    /// A wrong PIN uses up one of the key's retries; it is never retried automatically. A PIN shorter than the key's
    /// minimum cannot be right and is not sent.
    public func getToken(
        usingPIN pin: borrowing PIN,
        permissions: PINUVAuthPermissions,
        rpId: String? = nil,
        _ operation: Operation
    ) async throws(SessionError) -> PINUVAuthToken {
        try await checkCurrent(pin, operation)
        let hasPermissions = try await getInfo(operation).options.pinUvAuthToken
        let shared = try await agree(operation)
        var request = ClientPINRequest(
            hasPermissions ? .getPinUvAuthTokenUsingPinWithPermissions : .getPinToken,
            shared.pinUvAuthProtocol
        )
        request.keyAgreement = shared.platformKey
        request.pinHashEnc = try shared.encryptForPIN(pin.hash)
        if hasPermissions {
            request.permissions = permissions
            request.rpId = rpId
        }
        return try shared.token(in: try await send(request, operation), permissions: permissions, rpId: rpId)
    }

    /// Gets a token by built-in verification, such as a fingerprint (CTAP 2.1 §6.5.5.7.3).
    public func getTokenUsingBuiltInVerification(
        permissions: PINUVAuthPermissions,
        rpId: String? = nil,
        _ operation: Operation
    ) async throws(SessionError) -> PINUVAuthToken {
        let shared = try await agree(operation)
        var request = ClientPINRequest(.getPinUvAuthTokenUsingUvWithPermissions, shared.pinUvAuthProtocol)
        request.keyAgreement = shared.platformKey
        request.permissions = permissions
        request.rpId = rpId
        return try shared.token(in: try await send(request, operation), permissions: permissions, rpId: rpId)
    }

    private func checkNew(_ pin: borrowing PIN, _ operation: Operation) async throws(SessionError) {
        let info = try await getInfo(operation)
        do throws(PINError) {
            try pin.check(minimumCodePoints: info.minPINLength, maximumBytes: info.maxPINLength)
        } catch {
            throw .refused(.pin(error), .clientPIN)
        }
    }

    private func checkCurrent(_ pin: borrowing PIN, _ operation: Operation) async throws(SessionError) {
        let minimum = try await getInfo(operation).minimumOfCurrentPIN
        do throws(PINError) {
            try pin.check(minimumCodePoints: minimum, maximumBytes: PIN.maximumByteCount)
        } catch {
            throw .refused(.pin(error), .clientPIN)
        }
    }

    private func pinUvAuthProtocol(_ operation: Operation) async throws(SessionError) -> PINUVAuthProtocol {
        guard let known = try await getInfo(operation).preferredPINUVAuthProtocol else {
            throw .refused(.noPINUVAuthProtocol, .clientPIN)
        }
        return known
    }

    /// Agrees on a secret with the key. The result is not cached, since a wrong PIN makes the key generate a new key
    /// pair.
    func agree(_ operation: Operation) async throws(SessionError) -> PINUVSharedSecret {
        let pinUvAuthProtocol = try await pinUvAuthProtocol(operation)
        let response = try await send(ClientPINRequest(.getKeyAgreement, pinUvAuthProtocol), operation)
        guard let keyAgreement = response.keyAgreement else {
            throw .malformed(.cbor(.missing(member: "keyAgreement")), .clientPIN)
        }
        do throws(PINUVAuthError) {
            return try PINUVSharedSecret(pinUvAuthProtocol, with: keyAgreement)
        } catch {
            throw .malformed(.pinUVAuth(error), .clientPIN)
        }
    }
}

extension AuthenticatorInfo {
    /// The shortest that the current PIN can be, in code points. A raised minimum does not apply to it until the change
    /// that the key then forces (CTAP 2.1 §6.11.4); a PIN always has at least four (§6.5.1).
    package var minimumOfCurrentPIN: Int {
        forcePINChange ? Self.defaultMinPINLength : max(minPINLength, Self.defaultMinPINLength)
    }
}

extension PINUVSharedSecret {
    fileprivate func encryptForPIN(_ plaintext: consuming Secret) throws(SessionError) -> [UInt8] {
        do throws(PINUVAuthError) {
            return try encrypt(plaintext)
        } catch {
            throw .malformed(.pinUVAuth(error), .clientPIN)
        }
    }

    fileprivate func token(
        in response: ClientPINResponse,
        permissions: PINUVAuthPermissions,
        rpId: String?
    ) throws(SessionError) -> PINUVAuthToken {
        guard let encrypted = response.pinUvAuthToken else {
            throw .malformed(.cbor(.missing(member: "pinUvAuthToken")), .clientPIN)
        }
        do throws(PINUVAuthError) {
            return try PINUVAuthToken(
                pinUvAuthProtocol,
                secret: decrypt(encrypted),
                permissions: permissions,
                rpId: rpId
            )
        } catch {
            throw .malformed(.pinUVAuth(error), .clientPIN)
        }
    }
}
