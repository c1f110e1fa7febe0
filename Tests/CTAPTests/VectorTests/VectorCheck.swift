/// Tests the known answers of one kind, which it knows by their file and the shape of their data.
struct VectorCheck: Sendable {
    let name: String
    let claims: @Sendable (Vector) -> Bool
    /// Compares; takes the entry's data and what is expected.
    let run: @Sendable (KnownAnswer, KnownAnswer) throws -> Void

    static let all =
        cbor + getInfo + credentials + signatures + transcripts + pinProtocols + pinTranscripts + wire + management
        + largeBlobs
}

/// Known answers that a part needs which is not built yet.
struct VectorWait: Sendable {
    /// The part that will consume them.
    let part: String
    let claims: @Sendable (Vector) -> Bool

    static let all = [
        VectorWait(part: "extensions") {
            $0.file == "prf_hmac_secret.json"
                || $0.file == "derived_transcripts.json" && $0.shape.contains("credRandom")
        },
        VectorWait(part: "CTAP1/U2F") { $0.file == "u2f.json" },
        VectorWait(part: "certificate chains of attestation") { $0.shape.contains("attestation_ca_cert") },
    ]
}
