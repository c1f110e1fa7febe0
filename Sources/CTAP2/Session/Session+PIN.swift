public import CTAPHID

extension Session {
    /// How many wrong PINs the key still takes, and whether it must be unplugged before the next (CTAP 2.1 §6.5.5.2).
    public func getPINRetries(by deadline: Deadline) async throws(SessionError) -> (retries: Int, needsPowerCycle: Bool)
    {
        // Keys of CTAP 2.0 want the protocol here too.
        let request = ClientPINRequest(.getPINRetries, try await pinUvAuthProtocol(by: deadline))
        let response = try await send(request, by: deadline)
        guard let retries = response.pinRetries else {
            throw .malformed(.cbor(.missing(member: "pinRetries")), .clientPIN)
        }
        return (retries, response.powerCycleState ?? false)
    }

    /// How many failures of built-in verification the key still takes (CTAP 2.1 §6.5.5.3).
    public func getUVRetries(by deadline: Deadline) async throws(SessionError) -> Int {
        guard let retries = try await send(ClientPINRequest(.getUVRetries), by: deadline).uvRetries else {
            throw .malformed(.cbor(.missing(member: "uvRetries")), .clientPIN)
        }
        return retries
    }

    /// The same, or `nil` where the key does not tell.
    public func uvRetriesIfTold(by deadline: Deadline) async throws(SessionError) -> Int? {
        do throws(SessionError) {
            return try await getUVRetries(by: deadline)
        } catch {
            guard error.status != nil else { throw error }
            return nil
        }
    }

    /// Gives a key without a PIN its first one (CTAP 2.1 §6.5.5.5).
    public func setPIN(_ pin: borrowing PIN, by deadline: Deadline) async throws(SessionError) {
        try await checkNew(pin, by: deadline)
        let shared = try await agree(by: deadline)
        var request = ClientPINRequest(.setPIN, shared.pinUvAuthProtocol)
        request.keyAgreement = shared.platformKey
        let newPinEnc = try shared.encryptForPIN(pin.padded)
        request.newPinEnc = newPinEnc
        request.pinUvAuthParam = shared.authenticate(newPinEnc)
        _ = try await send(request, by: deadline)
        forgetInfo()
    }

    /// Changes the key's PIN (CTAP 2.1 §6.5.5.6).
    ///
    /// A wrong `old` costs one of the key's retries; it is never tried again by itself.
    public func changePIN(
        from old: borrowing PIN,
        to new: borrowing PIN,
        by deadline: Deadline
    ) async throws(SessionError) {
        try await checkNew(new, by: deadline)
        let shared = try await agree(by: deadline)
        var request = ClientPINRequest(.changePIN, shared.pinUvAuthProtocol)
        request.keyAgreement = shared.platformKey
        let newPinEnc = try shared.encryptForPIN(new.padded)
        let pinHashEnc = try shared.encryptForPIN(old.hash)
        request.newPinEnc = newPinEnc
        request.pinHashEnc = pinHashEnc
        request.pinUvAuthParam = shared.authenticate(newPinEnc + pinHashEnc)
        _ = try await send(request, by: deadline)
        forgetInfo()
    }

    /// Gets a token for a PIN (CTAP 2.1 §6.5.5.7.1, §6.5.5.7.2); a key without permissions gives one for everything.
    ///
    /// A wrong PIN costs one of the key's retries; it is never tried again by itself.
    public func getToken(
        usingPIN pin: borrowing PIN,
        permissions: PINUVAuthPermissions,
        rpId: String? = nil,
        by deadline: Deadline
    ) async throws(SessionError) -> PINUVAuthToken {
        let hasPermissions = try await getInfo(by: deadline).options.pinUvAuthToken
        let shared = try await agree(by: deadline)
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
        return try shared.token(in: try await send(request, by: deadline), permissions: permissions, rpId: rpId)
    }

    /// Gets a token by built-in verification, such as a fingerprint (CTAP 2.1 §6.5.5.7.3).
    public func getTokenUsingBuiltInVerification(
        permissions: PINUVAuthPermissions,
        rpId: String? = nil,
        by deadline: Deadline,
        onKeepalive: @escaping @Sendable (KeepaliveStatus) -> Void = { _ in }
    ) async throws(SessionError) -> PINUVAuthToken {
        let shared = try await agree(by: deadline)
        var request = ClientPINRequest(.getPinUvAuthTokenUsingUvWithPermissions, shared.pinUvAuthProtocol)
        request.keyAgreement = shared.platformKey
        request.permissions = permissions
        request.rpId = rpId
        let response = try await send(request, by: deadline, onKeepalive: onKeepalive)
        return try shared.token(in: response, permissions: permissions, rpId: rpId)
    }

    private func checkNew(_ pin: borrowing PIN, by deadline: Deadline) async throws(SessionError) {
        let info = try await getInfo(by: deadline)
        do throws(PINError) {
            try pin.check(minimumCodePoints: info.minPINLength, maximumBytes: info.maxPINLength)
        } catch {
            throw .refused(.pin(error), .clientPIN)
        }
    }

    private func pinUvAuthProtocol(by deadline: Deadline) async throws(SessionError) -> PINUVAuthProtocol {
        guard let known = try await getInfo(by: deadline).preferredPINUVAuthProtocol else {
            throw .refused(.noPINUVAuthProtocol, .clientPIN)
        }
        return known
    }

    /// Agrees with the key on a secret; the key makes another key pair after every wrong PIN, so none is kept.
    private func agree(by deadline: Deadline) async throws(SessionError) -> PINUVSharedSecret {
        let pinUvAuthProtocol = try await pinUvAuthProtocol(by: deadline)
        let response = try await send(ClientPINRequest(.getKeyAgreement, pinUvAuthProtocol), by: deadline)
        guard let keyAgreement = response.keyAgreement else {
            throw .malformed(.cbor(.missing(member: "keyAgreement")), .clientPIN)
        }
        do throws(PINUVAuthError) {
            return try PINUVSharedSecret(pinUvAuthProtocol, with: keyAgreement)
        } catch {
            throw .malformed(.pinUVAuth(error), .clientPIN)
        }
    }

    private func send(
        _ request: ClientPINRequest,
        by deadline: Deadline,
        onKeepalive: @escaping @Sendable (KeepaliveStatus) -> Void = { _ in }
    ) async throws(SessionError) -> ClientPINResponse {
        let members = try await send(.clientPIN, request.cbor, by: deadline, onKeepalive: onKeepalive)
        do throws(CBORError) {
            return try ClientPINResponse(cbor: members)
        } catch {
            throw .malformed(.cbor(error), .clientPIN)
        }
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
