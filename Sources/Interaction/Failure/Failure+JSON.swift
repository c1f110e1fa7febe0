/// The one object that `--json` prints on failure.
package struct FailureReport: Encodable {
    var failure: Failure
    /// The command line's command, such as `register`.
    var command: String

    package init(failure: Failure, command: String) {
        self.failure = failure
        self.command = command
    }

    private enum Outer: CodingKey {
        case error, verified, checks, attestationType
    }

    private enum Members: CodingKey {
        case code, message, hint, command, status, statusCode, device, pinRetries
    }

    /// Every member of `error` is present, null if it does not apply; the checks of a response stand beside it.
    package func encode(to encoder: any Encoder) throws {
        var outer = encoder.container(keyedBy: Outer.self)
        if let verdict = failure.verdict {
            try outer.encode(false, forKey: .verified)
            try outer.encode(verdict.checks, forKey: .checks)
            try outer.encodeIfPresent(verdict.attestationType, forKey: .attestationType)
        }
        var members = outer.nestedContainer(keyedBy: Members.self, forKey: .error)
        try members.encode(failure.code.rawValue, forKey: .code)
        try members.encode(failure.message.localized, forKey: .message)
        try members.encode(failure.hint?.localized, forKey: .hint)
        try members.encode(command, forKey: .command)
        try members.encode(failure.status, forKey: .status)
        try members.encode(failure.statusCode, forKey: .statusCode)
        try members.encode(failure.device, forKey: .device)
        try members.encode(failure.pinRetries, forKey: .pinRetries)
    }
}
