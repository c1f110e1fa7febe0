/// A random source whose numbers are the same in every run (splitmix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

extension [UInt8] {
    /// The bytes with a few of them changed, inserted, repeated or removed.
    func mutated(using generator: inout SeededGenerator) -> [UInt8] {
        var bytes = self
        for _ in 0..<Int.random(in: 1...8, using: &generator) {
            let index = Int.random(in: 0...bytes.count, using: &generator)
            switch UInt8.random(in: 0..<5, using: &generator) {
            case 0 where index < bytes.count: bytes[index] = .random(in: .min ... .max, using: &generator)
            case 1 where index < bytes.count: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 2 where index < bytes.count: bytes.remove(at: index)
            case 3: bytes.insert(contentsOf: bytes[index...].prefix(16), at: index)
            default: bytes.insert(.random(in: .min ... .max, using: &generator), at: index)
            }
        }
        return bytes
    }
}
