extension AttestationObject {
    /// The object as relying parties receive it, with WebAuthn's text keys.
    public var cbor: CBORMap {
        ["fmt": .text(fmt), "attStmt": .map(attStmt), "authData": .bytes(authData.bytes)]
    }

    /// The canonical encoding of `cbor`.
    public var bytes: [UInt8] { CBOREncoder.encode(cbor) }

    /// Reads an attestation object; unknown members are ignored, one without a credential is refused.
    public init(_ bytes: [UInt8]) throws(ResponseError) {
        let map: CBORMap
        do throws(CBORError) {
            guard let read = try CBORDecoder.decode(bytes).map else { throw .unexpected(member: "attestationObject") }
            map = read
            fmt = try map.required("fmt", "fmt", \.text)
            attStmt = try map.required("attStmt", "attStmt", \.map)
        } catch {
            throw .cbor(error)
        }
        authData = try AuthenticatorData(member: "authData", of: map)
        guard authData.attestedCredentialData != nil else {
            throw .authenticatorData(.missingAttestedCredentialData)
        }
    }
}
