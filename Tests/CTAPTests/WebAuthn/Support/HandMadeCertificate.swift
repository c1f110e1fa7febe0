import Crypto

/// An attestation certificate built field by field. It is not signed, since its signature is never verified.
struct HandMadeCertificate {
    var version: [UInt8]? = [2]
    var serial: [UInt8] = [7]
    /// ecdsa-with-SHA256.
    var signatureAlgorithm: [UInt8] = hex("300a06082a8648ce3d040302")
    var subject: [(oid: [UInt8], text: String)] = [
        ([0x55, 4, 6], "ZZ"), ([0x55, 4, 10], "Odd Keys"), ([0x55, 4, 11], "Authenticator Attestation"),
        ([0x55, 4, 3], "Key"),
    ]
    /// DER of a SubjectPublicKeyInfo.
    var publicKey: [UInt8]
    /// BasicConstraints, critical, with an empty sequence: not a certificate authority.
    var basicConstraints: [UInt8]? = hex("300c0603551d130101ff04023000")
    var extensions: [[UInt8]] = []

    init(_ key: P256.Signing.PrivateKey) {
        publicKey = Array(key.publicKey.derRepresentation)
    }

    /// A P-256 SubjectPublicKeyInfo whose point is in compressed form.
    static func compressed(_ key: P256.Signing.PublicKey) -> [UInt8] {
        let algorithm = hex("301306072a8648ce3d020106082a8648ce3d030107")
        return tlv(0x30, algorithm + tlv(0x03, [0] + Array(key.compressedRepresentation)))
    }

    /// The extension id-fido-gen-ce-aaguid.
    static func aaguid(_ bytes: [UInt8], isCritical: Bool = false) -> [UInt8] {
        let critical: [UInt8] = isCritical ? [1, 1, 0xFF] : []
        return tlv(0x30, hex("060b2b0601040182e51c010104") + critical + tlv(0x04, tlv(0x04, bytes)))
    }

    var der: [UInt8] {
        let names = subject.map { tlv(0x31, tlv(0x30, tlv(0x06, $0.oid) + tlv(0x0C, Array($0.text.utf8)))) }
        let name = Self.tlv(0x30, names.flatMap(\.self))
        let validity = Self.tlv(
            0x30,
            Self.tlv(0x17, Array("200101000000Z".utf8)) + Self.tlv(0x17, Array("490101000000Z".utf8))
        )
        let listed = [basicConstraints].compactMap(\.self) + extensions
        let allExtensions = listed.isEmpty ? [] : Self.tlv(0xA3, Self.tlv(0x30, listed.flatMap(\.self)))
        var body = version.map { Self.tlv(0xA0, Self.tlv(0x02, $0)) } ?? []
        body += Self.tlv(0x02, serial) + signatureAlgorithm + name + validity + name + publicKey + allExtensions
        return Self.tlv(0x30, Self.tlv(0x30, body) + signatureAlgorithm + Self.tlv(0x03, hex("00 3006020101020101")))
    }

    static func tlv(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let count = content.count
        let length: [UInt8] =
            switch count {
            case ..<0x80: [UInt8(count)]
            case ..<0x100: [0x81, UInt8(count)]
            default: [0x82, UInt8(count >> 8), UInt8(count & 0xFF)]
            }
        return [tag] + length + content
    }

    private func tlv(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] { Self.tlv(tag, content) }
}
