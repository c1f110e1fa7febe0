import Crypto
public import CTAPHID

extension Session {
    /// Waits until the user touches this key, and does nothing else (CTAP 2.1 §6.9).
    ///
    /// A key without the selection command is made to wait by a registration that cannot come to be: with an empty
    /// `pinUvAuthParam` (CTAP 2.0 §5.1).
    public func selection(
        by deadline: Deadline,
        onKeepalive: @escaping @Sendable (KeepaliveStatus) -> Void = { _ in }
    ) async throws(SessionError) {
        guard try await !getInfo(by: deadline).supportsCTAP21 else {
            _ = try await send(.selection, by: deadline, onKeepalive: onKeepalive)
            return
        }
        do throws(SessionError) {
            _ = try await send(
                .makeCredential,
                MakeCredentialRequest.touch.cbor,
                by: deadline,
                onKeepalive: onKeepalive
            )
        } catch {
            guard let status = error.status, status.showsTouch else { throw error }
        }
    }
}

extension StatusCode {
    /// Whether it is the answer to an empty `pinUvAuthParam` after a touch (CTAP 2.1 §6.1.2 step 1).
    var showsTouch: Bool { [.pinNotSet, .pinInvalid, .pinAuthInvalid].contains(self) }
}

extension MakeCredentialRequest {
    /// Asks for nothing but a touch.
    static let touch = MakeCredentialRequest(
        clientDataHash: Array(SHA256.hash(data: [UInt8]())),
        rp: PublicKeyCredentialRpEntity(id: "make.me.blink"),
        user: PublicKeyCredentialUserEntity(id: [1], name: "make.me.blink"),
        pubKeyCredParams: [PublicKeyCredentialParameters(alg: .es256)],
        pinUvAuthParam: [],
        pinUvAuthProtocol: 1
    )
}
