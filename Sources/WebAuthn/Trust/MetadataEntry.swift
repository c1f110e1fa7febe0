public import CTAP2
public import FoundationEssentials

/// What the FIDO Metadata Service says about one model of key.
public struct MetadataEntry: Hashable, Sendable {
    /// `nil` for a model without FIDO2.
    public let aaguid: AAGUID?
    /// The model's name.
    public let description: String
    /// The trust anchors of its attestation, in DER.
    public let roots: [[UInt8]]
    /// In the file's order.
    public let statusReports: [StatusReport]
    /// SHA-1 of the public keys in a U2F model's attestation certificates.
    let certificateKeyIdentifiers: Set<[UInt8]>

    /// A status with the day from which it applies.
    public struct StatusReport: Hashable, Sendable {
        public let status: AuthenticatorStatus
        /// `nil` if it always applied.
        public let effectiveDate: Date?
        /// The attestation certificate, or root, that the status is about, in DER; `nil` for all of them.
        public let certificate: [UInt8]?
    }

    /// Each status once, in the file's order.
    public var statuses: [AuthenticatorStatus] {
        statusReports.map(\.status).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// The status that makes keys of this model untrustworthy if their attestation is by `path`; `nil` if there is none.
    ///
    /// A later report, such as of an update, does not undo it: a response does not say which firmware the key has.
    func compromise(of path: [[UInt8]], at now: Date) -> AuthenticatorStatus? {
        statusReports.first { report in
            AuthenticatorStatus.compromises.contains(report.status)
                && report.effectiveDate.map { $0 <= now } ?? true
                && report.certificate.map { report.status != .attestationKeyCompromise || path.contains($0) } ?? true
        }?.status
    }
}
