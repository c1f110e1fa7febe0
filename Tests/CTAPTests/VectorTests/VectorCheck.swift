/// Tests the known answers of one kind, selected by their file and the structure of their data.
struct VectorCheck: Sendable {
    let name: String
    let claims: @Sendable (Vector) -> Bool
    /// Compares the result for the entry's data with the expected values.
    let run: @Sendable (KnownAnswer, KnownAnswer) throws -> Void

    static let all =
        cbor + getInfo + credentials + signatures + transcripts + pinProtocols + pinTranscripts + wire + management
        + largeBlobs + hmacSecret + u2f
}

/// Known answers for a feature that is not implemented yet.
struct VectorWait: Sendable {
    /// The feature that they are for.
    let part: String
    let claims: @Sendable (Vector) -> Bool

    static let all = [
        VectorWait(part: "certificate chains of attestation") { $0.shape.contains("attestation_ca_cert") }
    ]
}
