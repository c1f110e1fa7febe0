import CTAP2
import WebAuthn

/// Why a command failed, for people and for scripts.
struct Failure: Error, Hashable, Sendable {
    var code: FailureCode
    /// What happened, with which key.
    var message: Text
    /// The same in the specification's terms, such as the status that the key answered.
    var detail: Text?
    /// What to do about it.
    var hint: Text?
    /// The specification's name of the code that the key answered: `CTAP2_ERR_…` or `CTAPHID …`.
    var status: String?
    /// That code's number.
    var statusCode: UInt8?
    /// The key, as `--device` takes it.
    var device: String?
    /// How many tries the PIN has left, where the key said so.
    var pinRetries: Int?
    /// The checks of a response that is not good.
    var verdict: Verdict?
    /// The process's exit status.
    var exitStatus: Int32

    init(_ code: FailureCode, _ message: Text, hint: Text? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
        exitStatus = code.exitStatus
    }

    /// The same failure, said to be one of the key `device`.
    func on(device: String) -> Failure {
        var failure = self
        failure.device = failure.device ?? device
        return failure
    }

    /// The same failure of the key named `key`, which is escaped, with the relying party that it is about.
    func at(site: String?, key: String) -> Failure {
        guard let site, let statusCode, [.noCredential, .excluded].contains(code) else { return self }
        var failure = self
        failure.message = .refusal(StatusCode(rawValue: statusCode), by: key, site: site)
        return failure
    }
}
