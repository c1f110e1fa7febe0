import Interaction
import WebAuthn

extension Failure {
    /// Why a verdict is not good; `nil` if it is.
    static func notVerified(_ verdict: Verdict) -> Failure? {
        guard let decisive = verdict.decisiveCheck else { return nil }
        var failure: Failure =
            switch decisive.outcome {
            case .notMade(.algorithm(let algorithm)) where decisive.lacksAlgorithm:
                Failure(.unsupported, .unknownAlgorithm(algorithm), hint: .unknownAlgorithmHint)
            case .notMade(let reason):
                Failure(
                    .notVerified,
                    .couldNotCheck(decisive.name, reason),
                    hint: decisive.name == .clientDataHash ? .bareHashHint : nil
                )
            case .failed(let error): .notVerified(error)
            case .passed: .notVerified(.notMade(decisive.name, .unreadable))
            }
        let others = verdict.checks.filter { $0.hasFailed && $0.name != decisive.name }
        if !others.isEmpty {
            failure.message = failure.message + .alsoFailed(others.map(\.name))
        }
        failure.verdict = VerdictReport(
            checks: verdict.checks.map(CheckReport.init),
            attestationType: verdict.attestationType?.name
        )
        return failure
    }
}
