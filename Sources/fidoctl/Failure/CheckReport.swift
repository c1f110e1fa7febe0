import WebAuthn

/// One check of a response, as `--json` lists it.
struct CheckReport: Encodable {
    enum Result: String, Encodable {
        case passed, failed
        case notMade = "not-made"
    }

    var name: String
    var result: Result
    /// Why it failed or was not made.
    var detail: String?

    init(_ check: VerificationCheck) {
        name = check.name.rawValue
        switch check.outcome {
        case .passed: result = .passed
        case .failed: result = .failed
        case .notMade: result = .notMade
        }
        detail = check.detail?.localized
    }
}

extension VerificationCheck {
    /// Why it failed or was not made.
    var detail: Text? {
        switch outcome {
        case .passed: nil
        case .failed(let error): .notVerified(error)
        case .notMade(let reason): .notMade(name, reason)
        }
    }
}

extension AttestationType {
    /// The name in `--json`.
    var name: String {
        switch self {
        case .none: "none"
        case .selfAttestation: "self"
        case .certified: "certified"
        case .compound: "compound"
        case .unverified: "unverified"
        }
    }
}
