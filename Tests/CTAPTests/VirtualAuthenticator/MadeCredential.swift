import CTAP2
import Crypto
import CryptoExtras
import Testing

/// The response of makeCredential, parsed independently.
struct MadeCredential {
    var format: String
    var authData: [UInt8]
    var statement: CBORMap
    var id: [UInt8]
    var publicKey: CBORMap
    /// The bytes after the public key.
    var rest: [UInt8]

    init(_ response: CBORMap?) throws {
        let response = try #require(response)
        format = try #require(response[0x01]?.text)
        authData = try #require(response[0x02]?.bytes)
        statement = try #require(response[0x03]?.map)
        try #require(authData.count > 55)
        let idSize = Int(authData[53]) << 8 | Int(authData[54])
        id = Array(authData.dropFirst(55).prefix(idSize))
        var offset = 55 + idSize
        publicKey = try #require(CBORDecoder.decodeFirst(of: authData, from: &offset, rules: .canonical).map)
        rest = Array(authData.dropFirst(offset))
    }

    var descriptor: CBORValue {
        .map(["id": .bytes(id), "type": "public-key"])
    }
}

/// A response of getAssertion, parsed independently.
struct MadeAssertion {
    var response: CBORMap
    var id: [UInt8]
    var authData: [UInt8]
    var signature: [UInt8]
}

extension MadeAssertion {
    /// One without extensions.
    init(_ response: CBORMap?) throws {
        self.response = try #require(response)
        id = try #require(response?[0x01]?.map?["id"]?.bytes)
        authData = try #require(response?[0x02]?.bytes)
        signature = try #require(response?[0x03]?.bytes)
        #expect(response?[0x01]?.map?["type"] == "public-key")
        #expect(authData.count == 37)
    }

    var counter: UInt32 {
        authData.suffix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Whether the signature is valid, according to swift-crypto alone.
    func isSigned(by key: CBORMap, over clientDataHash: [UInt8]) throws -> Bool {
        let message = authData + clientDataHash
        let point = [key[-2], key[-3]].compactMap { $0?.bytes }.reduce([], +)
        switch key[3]?.int {
        case -7:
            let key = try P256.Signing.PublicKey(rawRepresentation: point)
            return key.isValidSignature(try .init(derRepresentation: signature), for: message)
        case -35:
            let key = try P384.Signing.PublicKey(rawRepresentation: point)
            return key.isValidSignature(try .init(derRepresentation: signature), for: message)
        case -36:
            let key = try P521.Signing.PublicKey(rawRepresentation: point)
            return key.isValidSignature(try .init(derRepresentation: signature), for: message)
        case -8:
            return try Curve25519.Signing.PublicKey(rawRepresentation: point).isValidSignature(signature, for: message)
        case -257, -37:
            let (n, e) = (try #require(key[-1]?.bytes), try #require(key[-2]?.bytes))
            let signature = _RSA.Signing.RSASignature(rawRepresentation: signature)
            return try _RSA.Signing.PublicKey(n: n, e: e)
                .isValidSignature(signature, for: message, padding: key[3] == -37 ? .PSS : .insecurePKCS1v1_5)
        case -48:
            // swift-crypto alone does not have it.
            let publicKey = try #require(key[-1]?.bytes.flatMap(MLDSA44.PublicKey.init))
            return publicKey.isValidSignature(signature, for: message)
        case -49:
            let publicKey = try MLDSA65.PublicKey(rawRepresentation: try #require(key[-1]?.bytes))
            return publicKey.isValidSignature(signature, for: message)
        case -50:
            let publicKey = try MLDSA87.PublicKey(rawRepresentation: try #require(key[-1]?.bytes))
            return publicKey.isValidSignature(signature, for: message)
        default: return false
        }
    }
}
