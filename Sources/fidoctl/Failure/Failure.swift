import CTAP2
import WebAuthn

/// Why a command failed, for people and for scripts.
struct Failure: Error, Hashable, Sendable {
    var code: FailureCode
    /// What happened, with which key.
    var message: Text
    /// The same in the specification's terms, such as the key's status.
    var detail: Text?
    /// What to do about it.
    var hint: Text?
    /// The specification's name of the code that the key returned: `CTAP2_ERR_…`, `CTAPHID …` or `SW_…`.
    var status: String?
    /// That code's number.
    var statusCode: UInt16?
    /// The key, as `--device` takes it.
    var device: String?
    /// The number of PIN tries left, if known.
    var pinRetries: Int?
    /// The checks of a response that failed verification.
    var verdict: Verdict?
    /// The process's exit status.
    var exitStatus: Int32

    init(_ code: FailureCode, _ message: Text, hint: Text? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
        exitStatus = code.exitStatus
    }

    /// The same failure, attributed to the key `device`.
    func on(device: String) -> Failure {
        var failure = self
        failure.device = failure.device ?? device
        return failure
    }

    /// The same failure, attributed to the key named `key`, escaped, and to a relying party.
    func at(site: String?, key: String) -> Failure {
        guard let site, let statusCode = statusCode.flatMap(UInt8.init(exactly:)),
            [.noCredential, .excluded].contains(code)
        else { return self }
        var failure = self
        failure.message = .refusal(StatusCode(rawValue: statusCode), by: key, site: site)
        return failure
    }
}
