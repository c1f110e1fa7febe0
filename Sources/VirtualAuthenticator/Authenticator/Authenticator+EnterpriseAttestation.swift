import CTAP2

/// Enterprise attestation (CTAP 2.1 §6.1.2 step 9).
extension Authenticator {
    /// Whether the attestation may identify the key. It is the usual one, since each virtual key has its own
    /// certificate.
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
