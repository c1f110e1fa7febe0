/// The one object that `--json` prints on failure.
struct FailureReport: Encodable {
    var failure: Failure
    /// The command line's command, such as `register`.
    var command: String

    private enum Outer: CodingKey {
        case error
    }

    private enum Members: CodingKey {
        case code, message, hint, command, status, statusCode, device, pinRetries
    }

    /// Every member is there, with null for what does not apply.
    func encode(to encoder: any Encoder) throws {
        var outer = encoder.container(keyedBy: Outer.self)
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
