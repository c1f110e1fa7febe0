import Crypto

extension Session {
    /// Waits until the user touches this key, and does nothing else (CTAP 2.1 §6.9).
    ///
    /// A key without the selection command is made to wait by a registration that cannot succeed: with an empty
    /// `pinUvAuthParam` (CTAP 2.0 §5.1). A key without PIN support refuses that; it makes a credential that it does
    /// not keep and that nobody will ever ask for.
    public func selection(_ operation: Operation) async throws(SessionError) {
        let info = try await getInfo(operation)
        guard !info.supportsCTAP21 else { return try await send(SelectionRequest(), operation) }
        do throws(SessionError) {
            try await send(TouchRequest(withPIN: info.options.clientPin != nil), operation)
        } catch {
            guard let status = error.status, status.showsTouch else { throw error }
        }
    }
}

extension StatusCode {
    /// Whether it is the answer to an empty `pinUvAuthParam` after a touch (CTAP 2.1 §6.1.2 step 1).
    var showsTouch: Bool { [.pinNotSet, .pinInvalid, .pinAuthInvalid].contains(self) }
}

/// A registration that asks for nothing but a touch; what the key answers besides is of no interest.
struct TouchRequest: CTAPRequest {
    /// On a key that can have a PIN.
    let withPIN: Bool

    var command: CTAPCommand { .makeCredential }

    var cbor: CBORMap {
        MakeCredentialRequest(
            clientDataHash: Array(SHA256.hash(data: [UInt8]())),
            rp: PublicKeyCredentialRpEntity(id: "make.me.blink"),
            user: PublicKeyCredentialUserEntity(id: [1], name: "make.me.blink"),
            pubKeyCredParams: [PublicKeyCredentialParameters(alg: .es256)],
            authorization: withPIN ? .touchOnly : nil
        ).cbor
    }

    func response(_ members: CBORMap) {}
}
