import CTAP2
import WebAuthn

/// What `register --json` printed into a file, checked: a credential to log in with.
struct StoredCredential {
    let response: RegistrationResponse
    let verified: VerifiedRegistration
    let rpID: String

    var record: CredentialRecord { verified.credential }

    /// Reads and checks a file; `rpID` is needed only where the file does not tell it.
    init(file: String, rpID: String?) throws {
        response = try InputFile.readResponse(file, RegistrationResponse.init(json:))
        let expected = try KnownRequest(rpID: rpID).pendingRequest(for: response)
        do throws(VerificationError) {
            verified = try response.verify(expected)
        } catch {
            throw Failure.notVerified(error).inFile(file)
        }
        self.rpID = expected.rpID
    }
}

extension Failure {
    /// The same failure, said to lie in a file.
    func inFile(_ path: String) -> Failure {
        var failure = self
        failure.message = Text(verbatim: InputFile.name(path) + ": ") + message
        return failure
    }
}
