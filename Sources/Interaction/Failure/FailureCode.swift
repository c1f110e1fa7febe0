/// Every kind of failure, with its name in JSON and its exit status.
///
/// The manual and `fidoctl --help` repeat this table; a test compares them.
package enum FailureCode: String, CaseIterable, Sendable {
    case `internal`
    case noCredential = "no-credential"
    case pinRequired = "pin-required"
    case pinInvalid = "pin-invalid"
    case pinBlocked = "pin-blocked"
    case uvFailed = "uv-failed"
    case denied
    case excluded
    case unsupported
    case keyFull = "key-full"
    case pinPolicy = "pin-policy"
    case notVerified = "not-verified"
    case usage
    case badData = "bad-data"
    case noKey = "no-key"
    case io
    case timedOut = "timed-out"
    case `protocol`
    case noPermission = "no-permission"
    case cancelled

    /// The exit status; for `cancelled` that of SIGINT, which is 143 after SIGTERM.
    package var exitStatus: Int32 { meaning.status }

    /// A short description of when it happens.
    package var summary: String { meaning.summary }

    private var meaning: (status: Int32, summary: String) {
        switch self {
        case .internal: (1, "a defect of fidoctl")
        case .noCredential: (10, "no key here holds a matching credential, fingerprint or blob")
        case .pinRequired: (11, "a PIN is needed and cannot be asked for")
        case .pinInvalid: (11, "the PIN was wrong")
        case .pinBlocked: (12, "replug, or reset, before the PIN works again")
        case .uvFailed: (13, "built-in user verification failed or is blocked")
        case .denied: (14, "the key or its user declined")
        case .excluded: (15, "this key is already registered")
        case .unsupported: (16, "the key, or fidoctl, cannot do what was asked")
        case .keyFull: (17, "no room on the key")
        case .pinPolicy: (18, "the PIN breaks the key's policy, or must be changed")
        case .notVerified: (20, "a check of a response failed, or a required one could not be made")
        case .usage: (64, "wrong arguments")
        case .badData: (65, "malformed input file or JSON")
        case .noKey: (69, "no key was plugged in, or it was unplugged")
        case .io: (74, "reading or writing the key or a file failed")
        case .timedOut: (75, "the time ran out")
        case .protocol: (76, "the key broke the protocol")
        case .noPermission: (77, "no permission to open a key")
        case .cancelled: (130, "SIGINT; after SIGTERM the status is 143")
        }
    }

    /// The table as `--help` shows it.
    package static var table: String {
        let rows =
            [(status: Int32(0), name: "", summary: "done")]
            + allCases.map { (status: $0.exitStatus, name: $0.rawValue, summary: $0.summary) }
        return rows.map { row in
            let status = String(row.status)
            let padding = String(repeating: " ", count: max(0, 14 - row.name.count))
            return "  " + String(repeating: " ", count: max(0, 3 - status.count)) + status
                + "  \(row.name)\(padding)  \(row.summary)"
        }.joined(separator: "\n")
    }
}
