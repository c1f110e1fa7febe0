internal import CTAP2

/// What a relying party knows about the request that a response must answer.
public struct PendingRequest: Hashable, Sendable {
    /// What must have been signed about the request.
    public enum Content: Hashable, Sendable {
        /// Client data with this challenge and origin; from a frame of another site only if that is allowed.
        ///
        /// `nil` skips the comparison: a replayed response then goes unnoticed.
        case webAuthn(challenge: [UInt8]?, origin: String?, allowsCrossOrigin: Bool = false)
        /// This client data hash.
        case clientDataHash([UInt8])
    }

    public var content: Content
    /// The RP ID as sent to the key, domain or not. Empty if unknown: the response then cannot be good.
    public var rpId: String
    /// Whether the key must have verified its user.
    public var requiresUserVerification: Bool
    /// The hash that the client data must have, in addition to `content`.
    package var clientDataHash: [UInt8]?
    /// Other origins that may use the RP ID, where `content` has none.
    package var relatedOrigins: RelatedOrigins?

    public init(content: Content, rpId: String, requiresUserVerification: Bool = false) {
        self.content = content
        self.rpId = rpId
        self.requiresUserVerification = requiresUserVerification
    }
}

// MARK: - Client data

extension PendingRequest {
    private var expectedHash: [UInt8]? {
        if case .clientDataHash(let hash) = content { hash } else { clientDataHash }
    }

    private var expected: (challenge: [UInt8]?, origin: String?, allowsCrossOrigin: Bool) {
        if case .webAuthn(let challenge, let origin, let allowsCrossOrigin) = content {
            (challenge, origin, allowsCrossOrigin)
        } else {
            (nil, nil, true)
        }
    }

    /// The checks of client data that registrations and logins share; `copy` is a hash that stands beside them.
    func check(
        _ signed: SignedClientData,
        copy: [UInt8]?,
        ceremony: ClientData.Ceremony,
        in list: inout Checklist
    ) {
        switch signed {
        case .json(let json):
            let clientData = list.check(.clientData) { () throws(VerificationError) in try Self.read(json) }
            checkHash([expectedHash, copy].compactMap(\.self), of: signed, in: &list)
            if let clientData {
                check(clientData, ceremony: ceremony, in: &list)
            } else {
                list.skip(.type, .challenge, .origin, .crossOrigin)
            }
        case .hash:
            list.add(.clientData, .notMade(.noClientData), demand: .nobody)
            if let expectedHash {
                checkHash([expectedHash], of: signed, in: &list)
            } else {
                list.add(.clientDataHash, .notMade(.noClientData))
            }
            list.add(.type, .notMade(.noClientData), demand: .nobody)
            list.add(.challenge, .notMade(.noClientData), demand: expected.challenge == nil ? .nobody : .caller)
            list.add(.origin, .notMade(.noClientData), demand: expected.origin == nil ? .nobody : .caller)
            list.add(.crossOrigin, .notMade(.noClientData), demand: .nobody)
        }
    }

    private static func read(_ json: [UInt8]) throws(VerificationError) -> ClientData {
        do throws(JSONError) {
            return try ClientData(json: json)
        } catch {
            throw .clientDataJSON(error)
        }
    }

    private func checkHash(_ expected: [[UInt8]], of signed: SignedClientData, in list: inout Checklist) {
        guard !expected.isEmpty else { return list.add(.clientDataHash, .notMade(.notAsked), demand: .nobody) }
        list.check(.clientDataHash, expected.allSatisfy { $0 == signed.hash }, else: .clientDataHash)
    }

    private func check(_ found: ClientData, ceremony: ClientData.Ceremony, in list: inout Checklist) {
        list.check(.type, found.type == ceremony, else: .ceremony(expected: ceremony, found: found.type))
        if let challenge = expected.challenge {
            list.check(.challenge, found.challenge == challenge, else: .challenge)
        } else {
            list.add(.challenge, .notMade(.notAsked), demand: .nobody)
        }
        if let origin = expected.origin {
            list.check(.origin, found.origin == origin, else: .origin(expected: origin, found: found.origin))
        } else if let error = contradiction(of: found.origin) {
            list.add(.origin, .failed(error))
        } else {
            list.add(.origin, .notMade(.notAsked), demand: .nobody)
        }
        list.check(
            .crossOrigin,
            expected.allowsCrossOrigin || !found.crossOrigin && found.topOrigin == nil,
            else: .crossOrigin(topOrigin: found.topOrigin)
        )
    }

    /// Why an origin that was not given may not use the RP ID; native apps have origins that no rule of the web applies to.
    private func contradiction(of text: String) -> VerificationError? {
        do throws(OriginError) {
            let origin = try Origin(text)
            let mayUse =
                rpId.isEmpty || RelyingPartyID.candidates(for: origin).contains { $0.text == rpId }
                || relatedOrigins?.contains(origin) == true
            return mayUse ? nil : .origin(expected: "https://" + rpId, found: text)
        } catch .noScheme, .unsupportedScheme {
            return nil
        } catch {
            return .unsupportedOrigin(text)
        }
    }
}

// MARK: - Authenticator data

extension PendingRequest {
    /// The checks of authenticator data that registrations and logins share; a login's credential says whether it
    /// `isBackupEligible`, which it stays for life.
    func check(_ data: AuthenticatorData, isBackupEligible: Bool? = nil, in list: inout Checklist) {
        if rpId.isEmpty {
            list.skip(.rpIdHash)
        } else {
            list.check(.rpIdHash, data.rpIdHash == RelyingPartyID.hash(of: rpId), else: .relyingPartyID(expected: rpId))
        }
        list.check(.userPresent, data.flags.contains(.userPresent), else: .userPresence)
        if requiresUserVerification {
            list.check(.userVerified, data.flags.contains(.userVerified), else: .userVerification)
        } else {
            list.add(.userVerified, .notMade(.notAsked), demand: .nobody)
        }
        let isEligible = data.flags.contains(.backupEligible)
        let agrees = isEligible == isBackupEligible ?? isEligible
        list.check(.backupState, agrees && (isEligible || !data.flags.contains(.backupState)), else: .backupState)
    }

    /// Throws the first of these checks that fails.
    func check(_ data: AuthenticatorData) throws(VerificationError) {
        var list = Checklist()
        check(data, in: &list)
        try Verdict(list.checks, credential: nil).check()
    }
}
