import CTAP2
import Crypto
import FoundationEssentials
import Testing
@testable import WebAuthn

/// A credential built byte by byte, so that tests can change any byte.
struct HandMadeKey {
    var privateKey = P256.Signing.PrivateKey()
    var rpId = "example.com"
    var origin = "https://login.example.com"
    /// The page around the frame of the request.
    var topOrigin: String?
    var challenge: [UInt8] = Array(0..<32)
    var id: [UInt8] = [0xC0, 0xFF, 0xEE]
    var aaguid = [UInt8](repeating: 0, count: 16)

    var coseKey: [UInt8] {
        let point = Array(privateKey.publicKey.rawRepresentation)
        return hex("a5010203262001215820") + point.prefix(32) + hex("225820") + point.suffix(32)
    }

    /// The relying party's record of it.
    func record(signCount: UInt32 = 7) throws -> CredentialRecord {
        CredentialRecord(
            id: id,
            publicKey: try COSEKey(cbor: try #require(try CBORDecoder.decode(coseKey).map)),
            signCount: signCount,
            isBackupEligible: false
        )
    }

    func clientDataJSON(type: String) -> [UInt8] {
        let frame = topOrigin.map { #"true,"topOrigin":"\#($0)""# } ?? "false"
        let request = #""challenge":"\#(Base64URL.encode(challenge))","origin":"\#(origin)""#
        return Array(#"{"type":"\#(type)",\#(request),"crossOrigin":\#(frame)}"#.utf8)
    }

    func authenticatorData(flags: UInt8, signCount: UInt8, credential: Bool) -> [UInt8] {
        var data = RelyingPartyID.hash(of: rpId) + [flags, 0, 0, 0, signCount]
        if credential {
            data += aaguid + [0, UInt8(id.count)] + id + coseKey
        }
        return data
    }

    /// A registration with packed self attestation, as JSON text.
    func registration(
        flags: UInt8 = 0x41,
        signCount: UInt8 = 7,
        type: String = "webauthn.create",
        format: String = "packed"
    ) throws -> String {
        let clientData = clientDataJSON(type: type)
        let authData = authenticatorData(flags: flags, signCount: signCount, credential: flags & 0x40 != 0)
        let statement: CBORMap = format == "packed" ? ["alg": -7, "sig": .bytes(try sign(authData, clientData))] : [:]
        let map: CBORMap = ["fmt": .text(format), "attStmt": .map(statement), "authData": .bytes(authData)]
        let object = CBOREncoder.encode(map)
        return """
            {"id":"\(Base64URL.encode(id))","rawId":"\(Base64URL.encode(id))","type":"public-key",
            "authenticatorAttachment":"cross-platform","clientExtensionResults":{},
            "response":{"clientDataJSON":"\(Base64URL.encode(clientData))","transports":["usb"],
            "attestationObject":"\(Base64URL.encode(object))","authenticatorData":"\(Base64URL.encode(authData))",
            "publicKey":"\(Base64URL.encode(Array(privateKey.publicKey.derRepresentation)))","publicKeyAlgorithm":-7}}
            """
    }

    /// A registration with the result of `statement` for the signed message, without redundant members.
    func registration(
        format: String,
        coseKey: [UInt8]? = nil,
        flags: UInt8 = 0x41,
        statement: (_ signed: [UInt8]) throws -> CBORValue
    ) rethrows -> RegistrationResponse {
        let clientData = clientDataJSON(type: "webauthn.create")
        let authData =
            authenticatorData(flags: flags, signCount: 7, credential: false)
            + aaguid + [0, UInt8(id.count)] + id + (coseKey ?? self.coseKey)
        let map: CBORMap = [
            "fmt": .text(format), "attStmt": try statement(authData + Array(SHA256.hash(data: clientData))),
            "authData": .bytes(authData),
        ]
        return RegistrationResponse(
            id: id,
            clientData: .json(clientData),
            attestationObject: CBOREncoder.encode(map),
            transports: [],
            authenticatorAttachment: nil,
            clientExtensionResults: ClientExtensionOutputs(),
            copies: RegistrationResponse.Copies(rawID: id)
        )
    }

    /// The same with a `packed` statement signed by the key of `certificate`.
    func registration(
        _ certificate: HandMadeCertificate,
        signedBy signer: P256.Signing.PrivateKey,
        algorithm: COSEAlgorithm = .es256
    ) throws -> RegistrationResponse {
        try registration(format: "packed") { signed in
            let signature = try signer.signature(for: signed).derRepresentation
            return [
                "alg": .int(algorithm.rawValue), "sig": .bytes(Array(signature)),
                "x5c": .array([.bytes(certificate.der)]),
            ]
        }
    }

    /// A login, as JSON text.
    func login(flags: UInt8 = 0x01, signCount: UInt8 = 8, type: String = "webauthn.get") throws -> String {
        let clientData = clientDataJSON(type: type)
        let authData = authenticatorData(flags: flags, signCount: signCount, credential: false)
        return """
            {"id":"\(Base64URL.encode(id))","rawId":"\(Base64URL.encode(id))","type":"public-key",
            "authenticatorAttachment":"cross-platform","clientExtensionResults":{},
            "response":{"clientDataJSON":"\(Base64URL.encode(clientData))",
            "authenticatorData":"\(Base64URL.encode(authData))",
            "signature":"\(Base64URL.encode(try sign(authData, clientData)))","userHandle":"AQID"}}
            """
    }

    private func sign(_ authData: [UInt8], _ clientData: [UInt8]) throws -> [UInt8] {
        let message = authData + Array(SHA256.hash(data: clientData))
        return Array(try privateKey.signature(for: message).derRepresentation)
    }
}
