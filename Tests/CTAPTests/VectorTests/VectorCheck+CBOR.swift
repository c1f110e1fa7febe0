import CTAP2
import Testing

extension VectorCheck {
    /// Single items: the canonical ones are read and written to the byte, the others refused.
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
            // What keys are known to send is only refused from clients.
            case .notShortest, .unsortedKeys, .invalidText: _ = try CBORDecoder.decode(bytes)
            default: #expect(throws: CBORError.self) { try CBORDecoder.decode(bytes) }
            }
        },
    ]

    /// Checks that bytes mean what the notation says, and that they are canonical if and only if they are said to be.
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
