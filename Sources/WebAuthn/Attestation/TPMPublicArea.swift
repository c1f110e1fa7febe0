internal import CTAP2
import Crypto

/// The public half of a TPM's key, a TPMT_PUBLIC (TPM 2.0 Part 2 §12.2.4).
struct TPMPublicArea {
    private let bytes: [UInt8]
    private let nameAlgorithm: UInt16
    private let key: COSEKey.Material

    private static let null: UInt16 = 0x0010

    init(_ bytes: [UInt8]) throws(TPMStatementError) {
        var reader = TPMReader(bytes, member: "pubArea")
        let type = try reader.uint16()
        nameAlgorithm = try reader.uint16()
        _ = try reader.bytes(4)  // objectAttributes
        _ = try reader.sized()  // authPolicy
        switch type {
        case 0x0001: key = try Self.rsa(&reader)
        case 0x0023: key = try Self.elliptic(&reader)
        default: throw .unknown(value: type)
        }
        try reader.end()
        self.bytes = bytes
    }

    /// The rest of the structure for TPM_ALG_RSA.
    private static func rsa(_ reader: inout TPMReader) throws(TPMStatementError) -> COSEKey.Material {
        try skipSymmetric(&reader)
        try skipScheme(&reader)
        _ = try reader.bytes(2)  // keyBits
        let exponent = try reader.bytes(4).drop { $0 == 0 }
        let modulus = try reader.sized()
        // Zero stands for the default exponent.
        return .rsa(n: modulus, e: exponent.isEmpty ? [1, 0, 1] : Array(exponent))
    }

    /// The rest of the structure for TPM_ALG_ECC.
    private static func elliptic(_ reader: inout TPMReader) throws(TPMStatementError) -> COSEKey.Material {
        try skipSymmetric(&reader)
        try skipScheme(&reader)
        let curve = try reader.uint16()
        try skipScheme(&reader)  // kdf
        let (x, y) = (try reader.sized(), try reader.sized())
        switch curve {
        case 3: return .ec2(curve: 1, x: padded(x, to: 32), y: padded(y, to: 32))
        case 4: return .ec2(curve: 2, x: padded(x, to: 48), y: padded(y, to: 48))
        case 5: return .ec2(curve: 3, x: padded(x, to: 66), y: padded(y, to: 66))
        default: throw .unknown(value: curve)
        }
    }

    /// A TPM may omit a coordinate's leading zeros, a COSE_Key may not.
    private static func padded(_ coordinate: [UInt8], to count: Int) -> [UInt8] {
        [UInt8](repeating: 0, count: max(0, count - coordinate.count)) + coordinate
    }

    /// TPMT_SYM_DEF_OBJECT: an algorithm and, unless that is null, the length of its key and its mode.
    private static func skipSymmetric(_ reader: inout TPMReader) throws(TPMStatementError) {
        if try reader.uint16() != null { _ = try reader.bytes(4) }
    }

    /// TPMT_RSA_SCHEME, TPMT_ECC_SCHEME or TPMT_KDF_SCHEME: an algorithm and the details of most, a hash algorithm.
    private static func skipScheme(_ reader: inout TPMReader) throws(TPMStatementError) {
        switch try reader.uint16() {
        case null, 0x0015: break  // RSAES has no details
        case 0x001A: _ = try reader.bytes(4)  // ECDAA also has a counter
        default: _ = try reader.bytes(2)
        }
    }

    /// Whether this is the key of `credential`.
    func holds(_ credential: COSEKey) -> Bool {
        key == credential.material
    }

    /// The name that a TPM gives the key (TPM 2.0 Part 1 §16).
    func name() throws(TPMStatementError) -> [UInt8] {
        let digest: [UInt8] =
            switch nameAlgorithm {
            case 0x0004: Array(Insecure.SHA1.hash(data: bytes))
            case 0x000B: Array(SHA256.hash(data: bytes))
            case 0x000C: Array(SHA384.hash(data: bytes))
            case 0x000D: Array(SHA512.hash(data: bytes))
            default: throw .unknown(value: nameAlgorithm)
            }
        return [UInt8(nameAlgorithm >> 8), UInt8(nameAlgorithm & 0xFF)] + digest
    }
}
