/// Checks Ed25519 public keys (RFC 8032 §5.1.3).
///
/// swift-crypto accepts any 32 bytes as a key. Under a key of small order, signatures for any message can be forged.
enum Edwards25519 {
    /// Whether `bytes` are the canonical encoding of a point that is not of small order.
    static func isPointOfLargeOrder(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 32, var last = bytes.last else { return false }
        last &= 0x7F
        let y = Array(bytes.dropLast() + [last])
        guard FieldElement.isReduced(y), !smallOrder.contains(y) else { return false }
        // x² = (y² − 1) / (d·y² + 1) has a root exactly when numerator times denominator has one.
        let square = FieldElement(y) * FieldElement(y)
        let product = (square - .one) * (.d * square + .one)
        return product.isSquare
    }

    /// The y coordinates of the points of order 1, 2, 4 and 8, little-endian.
    private static let smallOrder: [[UInt8]] = [
        [UInt8](repeating: 0, count: 32),
        [1] + [UInt8](repeating: 0, count: 31),
        [0xEC] + [UInt8](repeating: 0xFF, count: 30) + [0x7F],
        [
            0x26, 0xE8, 0x95, 0x8F, 0xC2, 0xB2, 0x27, 0xB0, 0x45, 0xC3, 0xF4, 0x89, 0xF2, 0xEF, 0x98, 0xF0,
            0xD5, 0xDF, 0xAC, 0x05, 0xD3, 0xC6, 0x33, 0x39, 0xB1, 0x38, 0x02, 0x88, 0x6D, 0x53, 0xFC, 0x05,
        ],
        [
            0xC7, 0x17, 0x6A, 0x70, 0x3D, 0x4D, 0xD8, 0x4F, 0xBA, 0x3C, 0x0B, 0x76, 0x0D, 0x10, 0x67, 0x0F,
            0x2A, 0x20, 0x53, 0xFA, 0x2C, 0x39, 0xCC, 0xC6, 0x4E, 0xC7, 0xFD, 0x77, 0x92, 0xAC, 0x03, 0x7A,
        ],
    ]
}

/// A number modulo 2²⁵⁵ − 19 in sixteen limbs of 16 bits. Not constant-time: for public data only.
private struct FieldElement {
    private var limbs: [Int64]

    private init(limbs: [Int64]) {
        self.limbs = limbs
    }

    /// 32 bytes, little-endian.
    init(_ bytes: [UInt8]) {
        limbs = stride(from: 0, to: 32, by: 2).map { Int64(bytes[$0]) | Int64(bytes[$0 + 1]) << 8 }
    }

    static let one = FieldElement(limbs: [1] + [Int64](repeating: 0, count: 15))

    /// The curve's constant −121665/121666.
    static let d = FieldElement(limbs: [
        0x78A3, 0x1359, 0x4DCA, 0x75EB, 0xD8AB, 0x4141, 0x0A4D, 0x0070,
        0xE898, 0x7779, 0x4079, 0x8CC7, 0xFE73, 0x2B6F, 0x6CEE, 0x5203,
    ])

    /// Whether 32 bytes, little-endian, are less than 2²⁵⁵ − 19.
    static func isReduced(_ bytes: [UInt8]) -> Bool {
        guard let first = bytes.first, let last = bytes.last else { return false }
        return last < 0x7F || first < 0xED || !bytes.dropFirst().dropLast().allSatisfy { $0 == 0xFF }
    }

    static func + (a: FieldElement, b: FieldElement) -> FieldElement {
        FieldElement(limbs: zip(a.limbs, b.limbs).map { $0 + $1 }).carried
    }

    static func - (a: FieldElement, b: FieldElement) -> FieldElement {
        FieldElement(limbs: zip(a.limbs, b.limbs).map { $0 - $1 }).carried
    }

    static func * (a: FieldElement, b: FieldElement) -> FieldElement {
        var product = [Int64](repeating: 0, count: 31)
        for (i, x) in a.limbs.enumerated() {
            for (j, y) in b.limbs.enumerated() { product[i + j] += x * y }
        }
        // 2²⁵⁶ is 38.
        for i in 0..<15 { product[i] += 38 * product[i + 16] }
        return FieldElement(limbs: Array(product.prefix(16))).carried.carried
    }

    /// The same number with carries propagated; the lowest limb may again exceed 16 bits.
    private var carried: FieldElement {
        var limbs = limbs
        for i in limbs.indices {
            let carry = limbs[i] >> 16
            limbs[i] &= 0xFFFF
            if i < 15 { limbs[i + 1] += carry } else { limbs[0] += 38 * carry }
        }
        return FieldElement(limbs: limbs)
    }

    /// Whether a root exists: Euler's criterion, the number to the power (p − 1) / 2 = 2²⁵⁴ − 10.
    var isSquare: Bool {
        var power = self
        for bit in stride(from: 252, through: 0, by: -1) {
            power = power * power
            if ![0, 3].contains(bit) { power = power * self }
        }
        return power.equals(.one) || equals(self - self)
    }

    private func equals(_ other: FieldElement) -> Bool {
        (self - other).isZero
    }

    /// Whether the number is a multiple of 2²⁵⁵ − 19.
    private var isZero: Bool {
        let limbs = carried.carried.carried.limbs
        let multiples: [[Int64]] = [
            [Int64](repeating: 0, count: 16),
            [0xFFED] + [Int64](repeating: 0xFFFF, count: 14) + [0x7FFF],
            [0xFFDA] + [Int64](repeating: 0xFFFF, count: 15),
        ]
        return multiples.contains(limbs)
    }
}
