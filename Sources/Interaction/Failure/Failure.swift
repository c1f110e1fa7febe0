import CTAP2

/// Why a command failed, for people and for scripts.
package struct Failure: Error, Hashable, Sendable {
    package var code: FailureCode
    /// What happened, with which key.
    package var message: Text
    /// The same in the specification's terms, such as the key's status.
    package var detail: Text?
    /// What to do about it.
    package var hint: Text?
    /// The specification's name of the code that the key returned: `CTAP2_ERR_…`, `CTAPHID …` or `SW_…`.
    package var status: String?
    /// That code's number.
    package var statusCode: UInt16?
    /// The key, as `--device` takes it.
    package var device: String?
    /// The number of PIN tries left, if known.
    package var pinRetries: Int?
    /// The checks of a response that failed verification.
    package var verdict: VerdictReport?
    /// The process's exit status.
    package var exitStatus: Int32

    package init(_ code: FailureCode, _ message: Text, hint: Text? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
        exitStatus = code.exitStatus
    }

    /// The same failure, attributed to the key `device`.
    package func on(device: String) -> Failure {
        var failure = self
        failure.device = failure.device ?? device
        return failure
    }

    /// The same failure, attributed to the key named `key`, escaped, and to a relying party.
    package func at(site: String?, key: String) -> Failure {
        guard let site, let statusCode = statusCode.flatMap(UInt8.init(exactly:)),
            [.noCredential, .excluded].contains(code)
        else { return self }
        var failure = self
        failure.message = .refusal(StatusCode(rawValue: statusCode), by: key, site: site)
        return failure
    }
}
