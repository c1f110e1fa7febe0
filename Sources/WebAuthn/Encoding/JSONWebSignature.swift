/// A signed text in the compact form of RFC 7515 §7.1: header, payload and signature in base64url, with dots between.
struct JSONWebSignature {
    let header: [UInt8]
    let payload: [UInt8]
    let signature: [UInt8]
    /// The bytes that the signature is over.
    let signed: [UInt8]

    /// `nil` unless there are exactly three parts, each in base64url without padding.
    init?(_ bytes: [UInt8]) {
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let decoded = parts.compactMap { try? Base64URL.decode(String(decoding: $0, as: UTF8.self)) }
        guard parts.count == 3, decoded.count == 3 else { return nil }
        (header, payload, signature) = (decoded[0], decoded[1], decoded[2])
        signed = Array(parts[0] + [UInt8(ascii: ".")] + parts[1])
    }
}
