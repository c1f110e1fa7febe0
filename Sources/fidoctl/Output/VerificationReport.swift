import CTAP2
import WebAuthn

/// What `verify` prints when everything holds.
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

    private let credential: CredentialRecord
    private let attestationText: Text?

    init(_ registration: VerifiedRegistration, rpID: String) {
        self.init(.registration, registration.credential, rpID: rpID, registration)
    }

    init(_ credential: CredentialRecord, rpID: String) {
        self.init(.authentication, credential, rpID: rpID, nil)
    }

    private init(_ kind: Kind, _ credential: CredentialRecord, rpID: String, _ registration: VerifiedRegistration?) {
        type = kind
        rpId = rpID
        credentialId = Base64URL.encode(credential.id)
        algorithm = credential.publicKey.algorithm.rawValue
        signCount = credential.signCount
        attestation = registration?.attestation.fmt
        self.credential = credential
        attestationText = registration?.attestationText
    }

    private enum CodingKeys: CodingKey {
        case verified, type, rpId, credentialId, algorithm, signCount, attestation
    }

    var lines: [String] {
        var rows: [(label: Text, value: String)] = [
            (.credentialID, credentialId),
            (.algorithm, credential.publicKey.algorithm.description),
            (.signCount, String(signCount)),
        ]
        if let attestationText {
            rows.append((.attestation, attestationText.localized))
        }
        let site = TerminalText.escape(rpId)
        let headline: Text = type == .registration ? .goodRegistration(site) : .goodLogin(site)
        return [headline.localized] + Table.lines(rows)
    }
}
