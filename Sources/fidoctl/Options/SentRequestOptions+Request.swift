import CTAP2
import Interaction
import WebAuthn

extension SentRequestOptions {
    /// The request that a registration must answer.
    func pendingRequest(for response: RegistrationResponse) throws(Failure) -> PendingRequest {
        guard let options else { return try known().pendingRequest(for: response) }
        let sent = try InputFile.readJSON(options) { json throws(JSONError) in
            try CreationOptions(json: json, from: page)
        }
        return sent.pendingRequest(origins: origin, crossOrigin: crossOriginPolicy)
    }

    /// The options that were sent for a login, if they were given.
    func login() throws(Failure) -> RequestOptions? {
        guard let options else { return nil }
        return try InputFile.readJSON(options) { json throws(JSONError) in try RequestOptions(json: json, from: page) }
    }

    /// The request that a login must answer; `rpId` is that of its credential, if known.
    func pendingRequest(
        for response: AuthenticationResponse,
        _ sent: RequestOptions?,
        rpId: String? = nil
    ) throws(Failure) -> PendingRequest {
        guard let sent else { return try known(rpId: rpId).pendingRequest(for: response) }
        return sent.pendingRequest(origins: origin, crossOrigin: crossOriginPolicy)
    }

    /// The first origin of a page: options without an RP ID mean its host.
    private var page: Origin? {
        for text in origin {
            if let page = try? Origin(text) { return page }
        }
        return nil
    }
}
