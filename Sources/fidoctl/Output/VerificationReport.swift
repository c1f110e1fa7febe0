import CTAP2
import Interaction
import WebAuthn

/// The output of `verify` for a valid response.
struct VerificationReport: Encodable {
    enum Kind: String, Encodable {
        case registration, authentication
    }

    var verified = true
    var type: Kind
    var rpId: String
    var credentialId: String
    /// COSE number.
    var algorithm: Int
    var signCount: UInt32
    /// The attestation statement's format, of a registration.
    var attestation: String?
    /// The result of the attestation statement of the credential's registration.
    var attestationType: String?
    /// The name of the key's model in the FIDO Metadata Service.
    var model: String?
    /// What the service says about the model.
    var status: [String]?
    /// The path from each attestation certificate to a trust anchor.
    var trustPaths: [TrustPath]?
    var checks: [CheckReport]

    struct TrustPath: Encodable {
        /// Of the certificates, the trust anchor's last.
        var subjects: [String]
    }

    private let verdict: Verdict
    private let credential: CredentialRecord

    /// `nil` if the verdict is not good; `registration` is the verdict on the registration of a login's credential.
    init?(_ kind: Kind, _ verdict: Verdict, rpId: String, registration: Verdict? = nil) {
        guard let credential = verdict.credential else { return nil }
        type = kind
        self.rpId = rpId
        credentialId = Base64URL.encode(credential.id)
        algorithm = credential.publicKey.algorithm.rawValue
        signCount = credential.signCount
        attestation = verdict.attestation?.fmt
        let attested = registration ?? verdict
        attestationType = attested.attestationType?.name
        model = attested.model?.description
        status = attested.model?.statuses.map(\.rawValue)
        trustPaths =
            attested.trustPaths.isEmpty ? nil : attested.trustPaths.map { TrustPath(subjects: $0.subjects) }
        checks = verdict.checks.map(CheckReport.init)
        self.verdict = verdict
        self.credential = credential
    }

    private enum CodingKeys: CodingKey {
        case verified, type, rpId, credentialId, algorithm, signCount, attestation, attestationType, model, status,
            trustPaths
        case checks
    }

    var lines: [String] {
        var rows: [(label: Text, value: String)] = [
            (.credentialID, credentialId),
            (.algorithm, credential.publicKey.algorithm.description),
            (.signCount, String(signCount)),
        ]
        if let fmt = attestation, let type = verdict.attestationType {
            let isTrusted = trustPaths != nil
            rows.append((.attestation, Text.attestation(type, fmt: fmt, isTrusted: isTrusted).localized))
        }
        if let model { rows.append((.keyModel, TerminalText.escape(model))) }
        if let status, !status.isEmpty {
            rows.append((.modelStatus, status.map(TerminalText.escape).joined(separator: ", ")))
        }
        for anchor in (trustPaths ?? []).compactMap(\.subjects.last) {
            rows.append((.trustedBy, TerminalText.escape(anchor)))
        }
        let passed = verdict.checks.filter { $0.outcome == .passed }
        let notMade = verdict.checks.filter { $0.outcome != .passed && !$0.isBesideThePoint }
        rows.append((.passed, passed.map { Text.check($0.name).localized }.joined(separator: ", ")))
        for check in notMade {
            let reason = check.detail.map { ": " + $0.localized } ?? ""
            rows.append((.notMade, Text.check(check.name).localized + reason))
        }
        let site = TerminalText.escape(rpId)
        let headline: Text = type == .registration ? .goodRegistration(site) : .goodLogin(site)
        return [headline.localized] + Table.lines(rows)
    }
}

extension VerificationCheck {
    /// Whether to omit it for people: it was not requested, and does not tie the response to a request or to a credential.
    fileprivate var isBesideThePoint: Bool {
        outcome == .notMade(.notAsked)
            && ![.challenge, .origin, .credentialId, .backupState, .signCount].contains(name)
    }
}
