import CTAP2

/// A key's announcement that it refuses some PINs, such as simple ones, whatever their length (CTAP 2.2 §6.4).
struct PINPolicy: Hashable, Sendable {
    /// Where the maker explains it, escaped.
    let url: String?

    /// `nil` when the key announces none.
    init?(_ info: AuthenticatorInfo) {
        guard info.pinComplexityPolicy == true else { return nil }
        url = info.pinComplexityPolicyURL.map { TerminalText.escape(String(decoding: $0, as: UTF8.self)) }
    }
}
