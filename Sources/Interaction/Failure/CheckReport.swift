/// One check of a response, as `--json` lists it.
package struct CheckReport: Encodable, Hashable, Sendable {
    package enum Result: String, Encodable, Sendable {
        case passed, failed
        case notMade = "not-made"
    }

    package var name: String
    package var result: Result
    /// Why it failed or was not made.
    package var detail: String?

    package init(name: String, result: Result, detail: String?) {
        self.name = name
        self.result = result
        self.detail = detail
    }
}

/// The checks of a response, as `--json` lists them.
package struct VerdictReport: Hashable, Sendable {
    package var checks: [CheckReport]
    /// The kind of attestation, by its name in `--json`.
    package var attestationType: String?

    package init(checks: [CheckReport], attestationType: String?) {
        self.checks = checks
        self.attestationType = attestationType
    }
}
