import CTAP2

/// Enterprise attestation (CTAP 2.1 §6.1.2 step 9), which config enables.
extension Authenticator {
    /// Whether the attestation may tell the site which key it is; each virtual key has a certificate of its own anyway.
    func allowsEnterpriseAttestation(_ request: MakeCredentialParameters) throws(Refusal) -> Bool {
        guard let kind = request.enterpriseAttestation else { return false }
        guard settings.offers(.enableEnterpriseAttestation), try store.read().configuration.enterpriseAttestation
        else { throw Refusal(.invalidParameter) }
        switch kind {
        case 1: return settings.management.enterpriseRPIDs.contains(request.rpId)
        case 2: return true
        default: throw Refusal(.invalidOption)
        }
    }
}
