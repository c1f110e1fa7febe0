import ArgumentParser

/// How the messages of `fidoctl serve` follow one another on a stream.
enum Framing: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// One JSON document a line.
    case lines
    /// Browsers' native messaging: the length in four bytes, in native byte order, and the document.
    case native
    /// GOOGLE_AUTH_WEBAUTHN_PLUGIN: one request and one response, each with its length in four bytes, little-endian.
    case google

    /// Whether a length precedes each message. Swift's Linux platforms are little-endian, so that both orders are one.
    var hasLength: Bool { self != .lines }

    /// A document as it is written. None of ours comes near the mebibyte that Chrome accepts.
    func frame(_ document: [UInt8]) -> [UInt8] {
        guard hasLength else { return document + Array("\n".utf8) }
        let length = UInt32(clamping: document.count)
        return [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: length >> $0) } + document
    }
}
