public import CTAP2

/// The result of verifying a registration or a login.
public struct Verdict: Hashable, Sendable {
    /// Every check that WebAuthn or the caller requires, made or not.
    public let checks: [VerificationCheck]
    /// What to keep for the next login; `nil` unless everything holds.
    public let credential: CredentialRecord?
    /// What a registration's attestation object holds, where it can be read.
    public let attestation: AttestationObject?
    /// What a registration's attestation statement shows.
    public let attestationType: AttestationType?
    /// The model of key that the FIDO Metadata Service knows; `nil` unless its certificate was compared with metadata.
    public let model: MetadataEntry?
    /// The path from each certificate that signed to a trust anchor; empty unless trust was checked.
    public let trustPaths: [CertificatePath]

    init(
        _ checks: [VerificationCheck],
        credential: CredentialRecord?,
        attestation: AttestationObject? = nil,
        attestationType: AttestationType? = nil,
        model: MetadataEntry? = nil,
        trustPaths: [CertificatePath] = []
    ) {
        self.checks = checks
        self.credential = checks.allSatisfy(\.isHarmless) ? credential : nil
        self.attestation = attestation
        self.attestationType = attestationType
        self.model = model
        self.trustPaths = trustPaths
    }

    /// Whether everything holds that WebAuthn and the caller require.
    public var isGood: Bool { decisiveCheck == nil }

    /// The check that makes the response bad, `nil` if there is none: the first that failed, else the first that had to be made
    /// and could not be. Unknown algorithms come last.
    public var decisiveCheck: VerificationCheck? {
        let bad = checks.filter { !$0.isHarmless }
        return bad.first { $0.hasFailed } ?? bad.first { !$0.lacksAlgorithm } ?? bad.first
    }

    /// Throws what `decisiveCheck` found.
    func check() throws(VerificationError) {
        guard let check = decisiveCheck else { return }
        switch check.outcome {
        case .passed: break
        case .failed(let error): throw error
        case .notMade(.algorithm(let algorithm)) where check.lacksAlgorithm: throw .publicKey(.unsupported(algorithm))
        case .notMade(let reason):
            throw check.name == .clientDataHash ? .clientDataHash : .notMade(check.name, reason)
        }
    }
}

extension VerificationCheck {
    package var hasFailed: Bool {
        if case .failed = outcome { true } else { false }
    }

    /// Whether the only obstacle is an algorithm that this library does not know; a server may know it.
    package var lacksAlgorithm: Bool {
        if case .notMade(.algorithm) = outcome { demand == .specification } else { false }
    }

    /// Whether the response may be good with this outcome.
    fileprivate var isHarmless: Bool {
        switch outcome {
        case .passed: true
        case .failed: false
        case .notMade: demand == .nobody
        }
    }
}
