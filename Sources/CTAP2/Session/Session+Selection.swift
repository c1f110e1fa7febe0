import Crypto

extension Session {
    /// Waits until the user touches this key, and does nothing else (CTAP 2.1 §6.9).
    ///
    /// A key without the selection command gets a registration with an empty `pinUvAuthParam`, which waits for a touch
    /// and then fails (CTAP 2.0 §5.1), and so does a U2F key with a credential that is never used. A key without PIN support rejects that parameter and gets a registration for a
    /// non-discoverable credential that is never used.
    public func selection(_ operation: Operation) async throws(SessionError) {
        let info = try await getInfo(operation)
        if isU2F == true { return try await touchU2F(for: .selection, operation) }
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

/// A registration for the sake of its touch; the response is ignored.
struct TouchRequest: CTAPRequest {
    /// Whether the key supports a PIN.
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
