import CTAP2
import Crypto
import FoundationEssentials
import X509
@testable import WebAuthn

/// A key whose attestation certificate leads over an intermediate certificate to a root.
struct TrustedKey {
    var key = HandMadeKey()
    let signer = P256.Signing.PrivateKey()
    let root: TestAuthority
    let intermediate: TestAuthority

    static let aaguid = "01020304-0506-0708-090a-0b0c0d0e0f10"
    static let model = AAGUID([UInt8](1...16)) ?? .zero

    init() throws {
        key.aaguid = Self.model.bytes
        root = try TestAuthority("Vendor Root")
        intermediate = try TestAuthority("Vendor Intermediate", issuedBy: root)
    }

    /// A registration with a `packed` statement.
    func registration(_ terms: TestAuthority.Terms? = nil) throws -> RegistrationResponse {
        let terms = terms ?? TestAuthority.Terms(constraints: .notCertificateAuthority)
        let leaf = try intermediate.attestationCertificate(signer.publicKey, terms)
        return try key.registration(format: "packed") { signed in
            [
                "alg": -7, "sig": .bytes(Array(try signer.signature(for: signed).derRepresentation)),
                "x5c": [.bytes(leaf), .bytes(intermediate.der)],
            ]
        }
    }

    /// The same with a `fido-u2f` statement, and the certificate's key identifier.
    func u2fRegistration() throws -> (response: RegistrationResponse, keyIdentifier: [UInt8]) {
        var key = key
        key.aaguid = [UInt8](repeating: 0, count: 16)
        let leaf = try root.attestationCertificate(signer.publicKey)
        let point = Array(key.privateKey.publicKey.x963Representation)
        let response = try key.registration(format: "fido-u2f") { signed in
            let message = [0] + signed.prefix(32) + signed.suffix(32) + key.id + point
            let signature = try signer.signature(for: message).derRepresentation
            return ["sig": .bytes(Array(signature)), "x5c": [.bytes(leaf)]]
        }
        return (response, Array(Insecure.SHA1.hash(data: signer.publicKey.x963Representation)))
    }

    /// A metadata file with these entries.
    func metadata(_ entries: String..., nextUpdate: String = "2099-12-31") async throws -> MetadataBLOB {
        var file = try HandMadeBLOB()
        file.entries = entries
        file.nextUpdate = nextUpdate
        return try await file.read()
    }
}
