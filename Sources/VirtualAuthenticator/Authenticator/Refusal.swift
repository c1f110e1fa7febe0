import CTAP2

/// A command ends without success; `status` says how.
struct Refusal: Error, Hashable {
    var status: StatusCode

    init(_ status: StatusCode) {
        self.status = status
    }
}
