import CTAP2
import CTAPHID

/// What a key answers without a touch or a PIN.
struct KeyAnswers: Sendable {
    var initResponse: InitResponse
    var info: AuthenticatorInfo
    /// Where its response to getInfo is not in canonical form.
    var deviation: CBORError?
    /// `nil` for a key that has only U2F.
    var pin: PINStatus?
    /// Whether it has a credential for the site in question; `nil` if no site is.
    var hasCredential: Result<Bool, SessionError>?
}

/// A site, and the credentials that it accepts; any discoverable one if there are none.
struct SoughtCredential: Sendable {
    var rpId: String
    var ids: [[UInt8]]
}

extension OpenKey {
    /// Asks for everything that takes neither a touch nor a PIN.
    func answers(about sought: SoughtCredential?) async throws(SessionError) -> KeyAnswers {
        var answers = KeyAnswers(initResponse: initResponse, info: try await session.getInfo(operation))
        if !answers.info.isU2FOnly {
            answers.deviation = try await session.deviationOfInfo(operation)
            answers.pin = try await pinStatus()
        }
        if let sought { answers.hasCredential = try await hasCredential(sought) }
        return answers
    }

    private func hasCredential(_ sought: SoughtCredential) async throws(SessionError) -> Result<Bool, SessionError> {
        let request = GetAssertionRequest(
            rpId: sought.rpId,
            clientDataHash: [UInt8](repeating: 0, count: 32),
            allowList: sought.ids.map { PublicKeyCredentialDescriptor(id: $0) }
        )
        do throws(SessionError) {
            return .success(try await session.knownCredential(for: request, operation) != nil)
        } catch {
            if case .transport = error { throw error }
            return .failure(error)
        }
    }
}
