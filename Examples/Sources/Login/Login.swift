// A login with whichever security key the user touches. Waits for a key, runs on several, and cancels the others.
import CTAP2
import WebAuthn

struct Person: KeyInteraction {
    func report(_ event: KeySetEvent) {
        if event == .waitingForKey { print("Insert your security key") }
    }

    func report(_ activity: KeyActivity, of key: KeyDescription) {
        if activity == .touchNeeded { print("Touch \(key.name)") }
    }
}

func logIn(to rpId: String, as record: CredentialRecord, with keys: SecurityKeys) async throws -> AuthenticationResponse
{
    let page = Caller.page(origin: try Origin("https://" + rpId))
    let credential = PublicKeyCredentialDescriptor(id: record.id)
    let options = RequestOptions(challenge: randomChallenge(), rpId: rpId, allowCredentials: [credential])
    let login = try await keys.authenticate(options, for: page, within: .seconds(60)).value[0].response
    _ = try login.verify(options.pendingRequest(from: page), credential: record)
    return login
}
