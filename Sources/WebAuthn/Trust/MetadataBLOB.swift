public import CTAP2
public import FoundationEssentials

/// The FIDO Metadata Service's file about all models of keys, the "BLOB", whose signature was verified (FIDO MDS 3 §3.1).
public struct MetadataBLOB: Hashable, Sendable {
    /// The file's number; later files have higher ones.
    public let number: Int
    /// The last day, in UTC, on which there may be no newer file.
    public let nextUpdate: Date
    private let entries: [MetadataEntry]

    /// The largest file that is read. FIDO's has some ten million bytes, most of them icons.
    package static let maximumByteCount = 1 << 25

    /// Reads the file as `https://mds3.fidoalliance.org/` serves it, and verifies that FIDO signed it.
    ///
    /// The signer's certificate must be valid `now`, be for `mds.fidoalliance.org`, and lead to `root`. Revocation is not
    /// checked: nothing is downloaded.
    public init(
        _ bytes: [UInt8],
        root: [UInt8] = MetadataBLOB.globalSignRootR3,
        at now: Date = Date()
    ) async throws(MetadataError) {
        guard bytes.count <= Self.maximumByteCount else { throw .tooLong(byteCount: bytes.count) }
        let lineBreaks: Set<UInt8> = [0x0A, 0x0D]
        let text = bytes.lastIndex { !lineBreaks.contains($0) }.map { bytes[...$0] } ?? []
        guard let token = JSONWebSignature(Array(text)) else { throw .notJWT }
        try await MetadataSignature(token.header).verify(token, root: root, at: now)
        let payload = try MetadataPayload(token.payload)
        guard let nextUpdate = MetadataPayload.day(payload.nextUpdate) else { throw .nextUpdate(payload.nextUpdate) }
        number = payload.no
        self.nextUpdate = nextUpdate
        entries = payload.entries.map(MetadataEntry.init)
    }

    /// Whether there is a newer file, which may warn of a model that is not warned of here.
    public func isStale(at now: Date = Date()) -> Bool {
        now >= nextUpdate + 24 * 60 * 60
    }

    /// The entry of a FIDO2 model.
    public func entry(aaguid: AAGUID) -> MetadataEntry? {
        entries.first { $0.aaguid == aaguid }
    }

    /// The entry of a U2F model, by SHA-1 of the public key in its attestation certificate.
    func entry(certificateKeyIdentifier identifier: [UInt8]) -> MetadataEntry? {
        entries.first { $0.certificateKeyIdentifiers.contains(identifier) }
    }
}

/// Why a file is not a FIDO metadata BLOB that can be trusted.
public enum MetadataError: Error, Hashable, Sendable {
    case tooLong(byteCount: Int)
    /// The file is not a signed JWT in compact form.
    case notJWT
    /// The header cannot be read, or has no certificates.
    case header(JSONError?)
    /// The header names an algorithm other than RS256 and ES256, or one that does not fit the signer's key.
    case algorithm(String)
    /// The signer's certificate does not lead to the root certificate.
    case path(CertificatePathError)
    /// The signer's certificate is for someone other than `mds.fidoalliance.org`.
    case otherSigner
    case wrongSignature
    /// The signed content is not metadata.
    case content(JSONError)
    /// The day of the next update cannot be read.
    case nextUpdate(String)
}
