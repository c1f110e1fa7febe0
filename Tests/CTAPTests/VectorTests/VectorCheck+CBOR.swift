import CTAP2
import Testing

extension VectorCheck {
    /// Single items: canonical ones must decode and encode to the same bytes, others are rejected.
    static let cbor = [
        VectorCheck(name: "CBOR item", claims: { $0.shape == ["cbor"] && $0.expectations == ["diag"] }) {
            data,
            expect in
            let bytes = try #require(data["cbor"]?.bytes)
            try checkItem(bytes, expect["diag"], isCanonical: true)
        },
        VectorCheck(name: "CBOR refusal", claims: { $0.shape == ["cbor"] && $0.expectations == ["reject"] }) {
            data,
            expect in
            let bytes = try #require(data["cbor"]?.bytes)
            #expect(expect["reject"]?.text != nil)
            let error = #expect(throws: CBORError.self) { try CBORDecoder.decode(bytes, rules: .canonical) }
            switch error {
            // Deviations of known keys are rejected only from clients.
            case .notShortest, .unsortedKeys, .invalidText: _ = try CBORDecoder.decode(bytes)
            default: #expect(throws: CBORError.self) { try CBORDecoder.decode(bytes) }
            }
        },
    ]

    /// Checks that the bytes decode to the value in notation, and are canonical exactly if the entry says so.
    @discardableResult
    static func checkItem(
        _ bytes: [UInt8],
        _ diagnostic: KnownAnswer?,
        isCanonical: Bool
    ) throws -> CBORValue {
        let value = try CBORDecoder.decode(bytes)
        if let diagnostic { #expect(value == diagnostic.diagnostic) }
        let isAccepted = (try? CBORDecoder.decode(bytes, rules: .canonical)) != nil
        #expect(isAccepted == isCanonical)
        #expect((CBOREncoder.encode(value) == bytes) == isCanonical)
        return value
    }
}
