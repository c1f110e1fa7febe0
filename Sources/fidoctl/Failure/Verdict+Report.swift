import Interaction
import WebAuthn

extension CheckReport {
    init(_ check: VerificationCheck) {
        let result: Result =
            switch check.outcome {
            case .passed: .passed
            case .failed: .failed
            case .notMade: .notMade
            }
        self.init(name: check.name.rawValue, result: result, detail: check.detail?.localized)
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
