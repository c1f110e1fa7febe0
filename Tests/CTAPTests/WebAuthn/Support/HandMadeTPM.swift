import CTAP2
import Crypto

/// A `tpm` statement about a credential, built field by field.
struct HandMadeTPM {
    var version = "2.0"
    var algorithm = COSEAlgorithm.es256
    var magic = hex("ff544347")
    var type = hex("8017")
    /// Replaces the digest of what was signed.
    var extraData: [UInt8]?
    /// Replaces the name of `pubArea`.
    var name: [UInt8]?
    var pubArea: [UInt8]
    /// What follows the last field of certInfo.
    var trailing: [UInt8] = []
    var certificate: HandMadeCertificate
    var signer: P256.Signing.PrivateKey

    /// The TPM's attributes in the subject alternative name, by the last number of their type.
    var attributes: [(type: UInt8, text: String)] = [(1, "id:49465800"), (2, "SLB9670"), (3, "id:00070055")]
    var keyUsage = hex("06056781050803")

    init(_ key: HandMadeKey) {
        let point = Array(key.privateKey.publicKey.rawRepresentation)
        pubArea = Self.ellipticPubArea + hex("0020") + point.prefix(32) + hex("0020") + point.suffix(32)
        signer = P256.Signing.PrivateKey()
        certificate = HandMadeCertificate(signer)
        certificate.subject = []
    }

    /// TPMT_PUBLIC of a P-256 key, without scheme, up to its point: type, nameAlg, objectAttributes, authPolicy, symmetric,
    /// scheme, curve, kdf.
    static let ellipticPubArea = hex("0023 000b 00060472 0000 0010 0010 0003 0010")

    /// The extensions that the requirements name.
    var extensions: [[UInt8]] {
        let tlv = HandMadeCertificate.tlv
        let names = attributes.map {
            tlv(0x31, tlv(0x30, hex("0605678105 02") + [$0.type] + tlv(0x0C, Array($0.text.utf8))))
        }
        let directoryName = tlv(0xA4, tlv(0x30, names.flatMap(\.self)))
        return [
            tlv(0x30, hex("0603551d11 0101ff") + tlv(0x04, tlv(0x30, directoryName))),
            tlv(0x30, hex("0603551d25") + tlv(0x04, tlv(0x30, keyUsage))),
        ]
    }

    func statement(for signed: [UInt8]) throws -> CBORValue {
        var certificate = certificate
        certificate.extensions += extensions
        let name = name ?? [0, 0x0B] + Array(SHA256.hash(data: pubArea))
        let extraData = extraData ?? Array(SHA256.hash(data: signed))
        let certInfo =
            magic + type + hex("0000") + Self.sized(extraData) + [UInt8](repeating: 0x11, count: 25) + Self.sized(name)
            + hex("0000") + trailing
        return [
            "ver": .text(version), "alg": .int(algorithm.rawValue), "pubArea": .bytes(pubArea),
            "sig": .bytes(Array(try signer.signature(for: certInfo).derRepresentation)),
            "certInfo": .bytes(certInfo), "x5c": [.bytes(certificate.der)],
        ]
    }

    static func sized(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8(bytes.count >> 8), UInt8(bytes.count & 0xFF)] + bytes
    }
}
