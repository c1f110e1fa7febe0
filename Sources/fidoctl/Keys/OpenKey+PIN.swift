import CTAP2

extension OpenKey {
    /// The state of the PIN and of built-in verification, without using up a try.
    func pinStatus() async throws(SessionError) -> PINStatus {
        try await session.requireCTAP2(for: .clientPIN, operation)
        let info = try await session.getInfo(operation)
        let hasProtocol = info.preferredPINUVAuthProtocol != nil
        let pin = info.options.clientPin == true && hasProtocol ? try await session.getPINRetries(operation) : nil
        // Only keys that issue tokens for it report its retries.
        let countsFailures = info.options.uv == true && info.options.pinUvAuthToken
        return PINStatus(
            info: info,
            retries: pin?.retries,
            needsPowerCycle: pin?.needsPowerCycle,
            uvRetries: countsFailures ? try await session.getUVRetries(operation) : nil
        )
    }
}
