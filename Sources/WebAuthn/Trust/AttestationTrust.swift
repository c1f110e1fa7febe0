public import FoundationEssentials

/// What a relying party trusts about the models of keys (WebAuthn §7.1 steps 23 and 24).
public struct AttestationTrust: Hashable, Sendable {
    /// Trust anchors in DER: vendors' root certificates, intermediate ones, or attestation certificates themselves.
    public var roots: [[UInt8]]
    /// The FIDO Metadata Service's file: the anchors of each model of key, its name, and what is known against it.
    public var metadata: MetadataBLOB?
    /// When the certificates must be valid: the time of the registration.
    public var date: Date

    public init(roots: [[UInt8]] = [], metadata: MetadataBLOB? = nil, date: Date = Date()) {
        self.roots = roots
        self.metadata = metadata
        self.date = date
    }
}
