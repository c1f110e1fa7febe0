import Interaction

/// In JSON, why one of several keys failed.
struct KeyFailureReport: Encodable {
    let code: String
    let message: String

    init(_ failure: Failure) {
        code = failure.code.rawValue
        message = failure.message.localized
    }
}

extension Result where Failure == Interaction.Failure {
    /// `nil` after a success.
    var failureReport: KeyFailureReport? {
        if case .failure(let failure) = self { KeyFailureReport(failure) } else { nil }
    }
}
