import CTAP2
@testable import WebAuthn

extension HandMadeKey {
    /// The request that its registrations answer.
    var pendingRequest: PendingRequest {
        PendingRequest(content: .webAuthn(challenge: challenge, origins: [origin]), rpId: rpId)
    }

    /// The verdict on a registration with this statement, of which nothing else is wrong.
    func verdict(
        _ format: String,
        coseKey: [UInt8]? = nil,
        statement: (_ signed: [UInt8]) throws -> CBORValue
    ) rethrows -> Verdict {
        try registration(format: format, coseKey: coseKey, statement: statement).verdict(pendingRequest)
    }
}

extension Verdict {
    var attestationOutcome: VerificationCheck.Outcome? {
        checks.first { $0.name == .attestation }?.outcome
    }

    /// Why the attestation statement is invalid.
    var attestationError: AttestationError? {
        if case .failed(.attestation(_, let error)) = attestationOutcome { error } else { nil }
    }
}
