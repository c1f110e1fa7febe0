/// A new credential with its attestation (WebAuthn §6.5).
public struct AttestationObject: Hashable, Sendable {
    /// The attestation statement's format, such as `packed`; unknown ones are kept.
    public var fmt: String
    public var authData: AuthenticatorData
    /// The attestation statement: a map in most formats, in `compound` an array; other shapes are kept.
    public var attStmt: CBORValue

    package init(fmt: String, authData: AuthenticatorData, attStmt: CBORValue) {
        self.fmt = fmt
        self.authData = authData
        self.attStmt = attStmt
    }
}

/// Why bytes are not an attestation object.
public enum AttestationObjectError: Error, Hashable, Sendable {
    case cbor(CBORError)
    case authenticatorData(AuthenticatorDataError)
}

extension AttestationObject {
    /// The deepest nesting of an attestation object and of the response that carries it: a `compound` statement holds
    /// other statements with their certificates, and exceeds CTAP2's four levels.
    package static let maximumDepth = 8

    /// The object as relying parties receive it, with WebAuthn's text keys.
    package var cbor: CBORMap {
        ["fmt": .text(fmt), "attStmt": attStmt, "authData": .bytes(authData.bytes)]
    }

    /// The canonical encoding of `cbor`.
    public var bytes: [UInt8] { CBOREncoder.encode(cbor) }

    /// Parses an attestation object. Ignores unknown members; rejects an object without a credential.
    public init(_ bytes: [UInt8]) throws(AttestationObjectError) {
        let authDataBytes: [UInt8]
        do throws(CBORError) {
            let value = try CBORDecoder.decode(bytes, maximumDepth: Self.maximumDepth)
            guard let map = value.map else { throw .unexpected(member: "attestationObject") }
            fmt = try map.required("fmt", "fmt", \.text)
            attStmt = try map.required("attStmt", "attStmt") { $0 }
            authDataBytes = try map.required("authData", "authData", \.bytes)
        } catch {
            throw .cbor(error)
        }
        do throws(AuthenticatorDataError) {
            authData = try AuthenticatorData(authDataBytes)
        } catch {
            throw .authenticatorData(error)
        }
        guard authData.attestedCredentialData != nil else {
            throw .authenticatorData(.missingAttestedCredentialData)
        }
    }
}

extension MakeCredentialResponse {
    /// The response in the form that the relying party receives.
    public var attestationObject: AttestationObject {
        AttestationObject(fmt: fmt, authData: authData, attStmt: attStmt)
    }
}
