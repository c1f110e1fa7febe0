internal import CTAP2
internal import FoundationEssentials

/// The line format of libfido2's tools (fido2-cred(1), fido2-assert(1)).
///
/// Bytes are in plain base64, and authenticator data are wrapped in a CBOR byte string.
package enum FIDO2ToolsFormat {
    /// What `fido2-cred -M` prints and `fido2-cred -V` reads; `nil` if the attestation statement has no signature,
    /// which `fido2-cred -V` requires.
    package static func lines(_ response: RegistrationResponse, rpId: String) -> [String]? {
        guard
            let object = try? AttestationObject(response.attestationObject),
            let signature = object.attStmt.map?["sig"]?.bytes
        else { return nil }
        let certificate = object.attStmt.map?["x5c"]?.array?.first?.bytes
        return [
            base64(response.clientData.hash),
            rpId,
            object.fmt,
            base64(CBOREncoder.encode(.bytes(object.authData.bytes))),
            base64(response.id),
            base64(signature),
        ] + (certificate.map { [base64($0)] } ?? [])
    }

    /// What `fido2-assert -G` prints and `fido2-assert -V` reads; the user ID follows if no credential was given, as
    /// with that program's option `-r`.
    package static func lines(_ response: AuthenticationResponse, rpId: String, namesUser: Bool) -> [String] {
        [
            base64(response.clientData.hash),
            rpId,
            base64(CBOREncoder.encode(.bytes(response.authenticatorData))),
            base64(response.signature),
        ] + (namesUser ? [base64(response.userHandle ?? [])] : [])
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString()
    }
}
