import Crypto
public import CTAPHID

extension Session {
    /// Waits until the user touches this key, and does nothing else (CTAP 2.1 §6.9).
    ///
    /// A key without the selection command is made to wait by a registration that cannot come to be: with an empty
    /// `pinUvAuthParam` (CTAP 2.0 §5.1). One that knows no PIN does not take that; it makes a credential that it does
    /// not keep and that nobody will ever ask for.
    public func selection(
        by deadline: Deadline,
        onKeepalive: @escaping @Sendable (KeepaliveStatus) -> Void = { _ in }
    ) async throws(SessionError) {
        let info = try await getInfo(by: deadline)
        guard !info.supportsCTAP21 else {
            _ = try await send(.selection, by: deadline, onKeepalive: onKeepalive)
            return
        }
        do throws(SessionError) {
            _ = try await send(
                .makeCredential,
                MakeCredentialRequest.touch(withPIN: info.options.clientPin != nil).cbor,
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
    /// Asks for nothing but a touch; `withPIN` on a key that can have a PIN.
    static func touch(withPIN: Bool) -> MakeCredentialRequest {
        MakeCredentialRequest(
            clientDataHash: Array(SHA256.hash(data: [UInt8]())),
            rp: PublicKeyCredentialRpEntity(id: "make.me.blink"),
            user: PublicKeyCredentialUserEntity(id: [1], name: "make.me.blink"),
            pubKeyCredParams: [PublicKeyCredentialParameters(alg: .es256)],
            pinUvAuthParam: withPIN ? [] : nil,
            pinUvAuthProtocol: withPIN ? 1 : nil
        )
    }
}
