/// What a request of CTAP2 asks for that U2F lacks (CTAP 2.3 §10).
public enum U2FLimit: Hashable, Sendable {
    /// ES256 is not acceptable.
    case algorithm
    /// A discoverable credential.
    case discoverableCredential
    case userVerification
    case enterpriseAttestation
    /// A login without a list of credentials.
    case anyCredential
}

extension MakeCredentialRequest {
    /// Why the request cannot be made in U2F; `nil` if it can. Extensions are left out, as any key may do.
    var u2fLimit: U2FLimit? {
        if options.rk { return .discoverableCredential }
        if options.uv || authorization != nil { return .userVerification }
        if enterpriseAttestation != nil { return .enterpriseAttestation }
        return pubKeyCredParams.contains(PublicKeyCredentialParameters(alg: .es256)) ? nil : .algorithm
    }
}

extension GetAssertionRequest {
    /// As for `MakeCredentialRequest`.
    var u2fLimit: U2FLimit? {
        if options.uv || authorization != nil { return .userVerification }
        return allowList.isEmpty ? .anyCredential : nil
    }
}

extension MakeCredentialResponse {
    /// The response that a CTAP2 key would give for a registration with this application parameter (CTAP 2.3 §10.1).
    package init(_ registration: U2FRegistration, rpIdHash: [UInt8]) throws(ResponseError) {
        let key = COSEKey(algorithm: .es256, material: .ec2(curve: 1, x: registration.x, y: registration.y))
        let length = registration.keyHandle.count
        var bytes = rpIdHash + [AuthenticatorDataFlags([.userPresent, .attestedCredentialData]).rawValue, 0, 0, 0, 0]
        bytes += AAGUID.zero.bytes
        bytes += [UInt8(truncatingIfNeeded: length >> 8), UInt8(truncatingIfNeeded: length)] + registration.keyHandle
        bytes += CBOREncoder.encode(key.cbor ?? [:])
        self.init(
            fmt: "fido-u2f",
            authData: try AuthenticatorData(ofU2F: bytes),
            attStmt: ["sig": .bytes(registration.signature), "x5c": [.bytes(registration.certificate)]]
        )
    }
}

extension GetAssertionResponse {
    /// The response that a CTAP2 key would give for a login with this application parameter (CTAP 2.3 §10.2).
    package init(
        _ authentication: U2FAuthentication,
        by credential: PublicKeyCredentialDescriptor,
        rpIdHash: [UInt8]
    ) throws(ResponseError) {
        let flags = AuthenticatorDataFlags(rawValue: authentication.userPresence).intersection(.userPresent)
        let counter = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: authentication.counter >> $0) }
        self.init(
            credential: credential,
            authData: try AuthenticatorData(ofU2F: rpIdHash + [flags.rawValue] + counter),
            signature: authentication.signature
        )
    }
}

extension AuthenticatorData {
    fileprivate init(ofU2F bytes: [UInt8]) throws(ResponseError) {
        do throws(AuthenticatorDataError) {
            self = try AuthenticatorData(bytes)
        } catch {
            throw .authenticatorData(error)
        }
    }
}
