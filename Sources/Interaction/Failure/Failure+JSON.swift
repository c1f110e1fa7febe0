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

    /// The checks of a response stand beside `error`.
    package func encode(to encoder: any Encoder) throws {
        var outer = encoder.container(keyedBy: Outer.self)
        if let verdict = failure.verdict {
            try outer.encode(false, forKey: .verified)
            try outer.encode(verdict.checks, forKey: .checks)
            try outer.encodeIfPresent(verdict.attestationType, forKey: .attestationType)
        }
        try outer.encode(FailureMembers(failure, in: [.command: command]), forKey: .error)
    }
}

/// A failure as one object, and where it came up. Every member is present, null if it does not apply.
package struct FailureMembers: Encodable {
    package enum Place: String, CodingKey {
        /// The command line's command.
        case command
        /// What a page would get from `navigator.credentials`.
        case name
    }

    private let failure: Failure
    private let code: String
    private let places: [Place: String]

    /// `code` replaces the failure's own.
    package init(_ failure: Failure, code: String? = nil, in places: [Place: String]) {
        self.failure = failure
        self.code = code ?? failure.code.rawValue
        self.places = places
    }

    private enum Members: CodingKey {
        case code, message, hint, status, statusCode, device, pinRetries
    }

    package func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Members.self)
        try members.encode(code, forKey: .code)
        try members.encode(failure.message.localized, forKey: .message)
        try members.encode(failure.hint?.localized, forKey: .hint)
        try members.encode(failure.status, forKey: .status)
        try members.encode(failure.statusCode, forKey: .statusCode)
        try members.encode(failure.device, forKey: .device)
        try members.encode(failure.pinRetries, forKey: .pinRetries)
        var places = encoder.container(keyedBy: Place.self)
        for (place, value) in self.places { try places.encode(value, forKey: place) }
    }
}
