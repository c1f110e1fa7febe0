/// Tests the known answers of one kind, selected by their file and the structure of their data.
struct VectorCheck: Sendable {
    let name: String
    let claims: @Sendable (Vector) -> Bool
    /// Compares the result for the entry's data with the expected values.
    let run: @Sendable (KnownAnswer, KnownAnswer) async throws -> Void

    static let all =
        cbor + getInfo + credentials + signatures + transcripts + pinProtocols + pinTranscripts + wire + management
        + largeBlobs + hmacSecret + u2f + trust
}
