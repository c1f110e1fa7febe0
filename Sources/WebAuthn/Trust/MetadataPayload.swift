internal import CTAP2
internal import FoundationEssentials

/// The members of a BLOB's payload that are used here (FIDO MDS 3 §3.1.6).
struct MetadataPayload: Decodable {
    let no: Int
    let nextUpdate: String
    let entries: [Entry]

    struct Entry: Decodable {
        let aaguid: String?
        let attestationCertificateKeyIdentifiers: [String]?
        let metadataStatement: Statement?
        let statusReports: [Report]
    }

    struct Statement: Decodable {
        let description: String
        let attestationRootCertificates: [String]?
    }

    struct Report: Decodable {
        let status: String
        let effectiveDate: String?
        let certificate: String?
    }

    init(_ json: [UInt8]) throws(MetadataError) {
        do throws(JSONError) {
            self = try JSON.decode(Self.self, from: json, limit: MetadataBLOB.maximumByteCount)
        } catch {
            throw .content(error)
        }
    }

    /// The start of a day such as 2026-07-30, in UTC.
    static func day(_ text: String) -> Date? {
        try? Date(text, strategy: Date.ISO8601FormatStyle().year().month().day())
    }

    /// Base64, which some entries break into lines.
    fileprivate static func certificate(_ text: String) -> [UInt8]? {
        Data(base64Encoded: text, options: .ignoreUnknownCharacters).map(Array.init)
    }
}

extension MetadataEntry {
    init(_ entry: MetadataPayload.Entry) {
        aaguid = entry.aaguid.flatMap { AAGUID(hexadecimal: $0.filter { $0 != "-" }) }
        description = entry.metadataStatement?.description ?? ""
        roots = (entry.metadataStatement?.attestationRootCertificates ?? []).compactMap(MetadataPayload.certificate)
        statusReports = entry.statusReports.map(StatusReport.init)
        certificateKeyIdentifiers = Set(
            (entry.attestationCertificateKeyIdentifiers ?? []).compactMap { [UInt8](hexadecimal: $0) }
        )
    }
}

extension MetadataEntry.StatusReport {
    /// A report whose day cannot be read counts as having always applied.
    fileprivate init(_ report: MetadataPayload.Report) {
        status = AuthenticatorStatus(rawValue: report.status)
        effectiveDate = report.effectiveDate.flatMap(MetadataPayload.day)
        certificate = report.certificate.flatMap(MetadataPayload.certificate)
    }
}

extension AAGUID {
    fileprivate init?(hexadecimal: String) {
        guard let bytes = [UInt8](hexadecimal: hexadecimal) else { return nil }
        self.init(bytes)
    }
}

extension [UInt8] {
    /// Two digits a byte; `nil` for anything else.
    fileprivate init?(hexadecimal text: String) {
        let digits = text.compactMap(\.hexDigitValue)
        guard digits.count == text.count, digits.count.isMultiple(of: 2) else { return nil }
        self = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
