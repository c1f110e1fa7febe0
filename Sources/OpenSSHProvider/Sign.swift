import CTAP2
import Interaction

extension SignRequest {
    private var handle: PublicKeyCredentialDescriptor { PublicKeyCredentialDescriptor(id: keyHandle) }

    private var needsVerification: Bool { flags.contains(.userVerification) }

    /// Signs with the key that holds the handle; `hasPIN` if OpenSSH has asked for one.
    func run(on key: OpenKey, hasPIN: Bool) async throws(UserVerificationError) -> Signature {
        // A key that lacks the handle must not ask for a touch, but one that is found only after verification may have it.
        if !needsVerification, !hasPIN { try await requireHandle(on: key) }
        let authorization = Authorization(
            .getAssertion,
            permissions: .getAssertion,
            rpId: application,
            requirement: needsVerification || hasPIN ? .required : .discouraged
        )
        let verifier = UserVerifier(key.session, for: authorization, interaction: key.user, key.operation)
        let assertion = try await verifier.run { verification throws(SessionError) in
            var request = request
            verification.authorize(&request) { $0.options.uv = true }
            return try await key.session.getAssertion(request, key.operation).first
        }
        guard let assertion, let parts = type.parts(ofSignature: assertion.signature),
            assertion.authData.rpIdHash == StoredRelyingParty.hash(of: application)
        else {
            throw .session(.malformed(.cbor(.unexpected(member: "signature")), .getAssertion))
        }
        return Signature(
            flags: assertion.authData.flags.rawValue,
            counter: assertion.authData.signCount,
            r: parts.r,
            s: parts.s
        )
    }

    private var request: GetAssertionRequest {
        GetAssertionRequest(
            rpId: application,
            clientDataHash: clientDataHash(data),
            allowList: [handle],
            options: GetAssertionRequest.Options(up: flags.contains(.userPresence))
        )
    }

    private func requireHandle(on key: OpenKey) async throws(UserVerificationError) {
        do throws(SessionError) {
            guard try await key.session.knownCredential(for: request, key.operation) == nil else { return }
        } catch {
            // A key that does not answer without a touch is asked by one.
            guard error.status == .unsupportedOption else { throw .session(error) }
            return
        }
        throw .session(.status(.noCredentials, .getAssertion))
    }
}
