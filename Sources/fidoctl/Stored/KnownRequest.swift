import CTAP2
import WebAuthn

/// What is known of the request that a stored response answered; what is not known is taken from the response.
struct KnownRequest {
    var challenge: [UInt8]?
    var origin: Origin?
    var rpID: String?
    var clientDataHash: [UInt8]?
    var requiresUserVerification = false

    /// What `response` must hold, given what is known.
    func pendingRequest(for response: RegistrationResponse) throws -> PendingRequest {
        let object: AttestationObject
        do throws(ResponseError) {
            object = try AttestationObject(response.attestationObject)
        } catch {
            throw Failure.notVerified(.attestationObject(error))
        }
        return try pendingRequest(for: response.clientData, rpIDHash: object.authData.rpIDHash)
    }

    /// What `response` must hold, given what is known.
    func pendingRequest(for response: AuthenticationResponse) throws -> PendingRequest {
        let data: AuthenticatorData
        do throws(AuthenticatorDataError) {
            data = try AuthenticatorData(response.authenticatorData)
        } catch {
            throw Failure.notVerified(.authenticatorData(error))
        }
        return try pendingRequest(for: response.clientData, rpIDHash: data.rpIDHash)
    }

    private func pendingRequest(for clientData: SignedClientData, rpIDHash: [UInt8]) throws(Failure) -> PendingRequest {
        switch clientData {
        case .hash(let hash):
            guard let rpID else { throw Failure(.usage, .rpIDUnknown, hint: .rpIDUnknownHint) }
            return PendingRequest(
                content: .clientDataHash(clientDataHash ?? hash),
                rpID: rpID,
                requiresUserVerification: requiresUserVerification
            )
        case .json(let json):
            if let clientDataHash, clientDataHash != clientData.hash { throw .notVerified(.clientDataHash) }
            let own: ClientData
            do throws(JSONError) {
                own = try ClientData(json: json)
            } catch {
                throw .notVerified(.clientDataJSON(error))
            }
            return PendingRequest(
                content: .webAuthn(
                    challenge: challenge ?? own.challenge,
                    origin: origin?.description ?? own.origin
                ),
                rpID: try rpID(matching: rpIDHash, origin: origin?.description ?? own.origin),
                requiresUserVerification: requiresUserVerification
            )
        }
    }

    /// The RP ID that is known or, since a response does not tell it, the one of its origin's that has this hash.
    private func rpID(matching hash: [UInt8], origin text: String) throws(Failure) -> String {
        guard let origin = try? Origin(text) else {
            // Other clients than browsers have origins of other kinds, to which no RP ID can be matched.
            guard let rpID else { throw Failure(.usage, .rpIDUnknown, hint: .rpIDUnknownHint) }
            return rpID
        }
        let candidates = RelyingPartyID.candidates(for: origin)
        guard let rpID else {
            guard let match = candidates.first(where: { $0.hash == hash }) else {
                throw .notVerified(.relyingPartyID(expected: origin.host.text))
            }
            return match.text
        }
        guard candidates.contains(where: { $0.text == rpID.lowercased() }) else {
            throw .notVerified(.origin(expected: "https://" + rpID, found: text))
        }
        return rpID.lowercased()
    }
}
