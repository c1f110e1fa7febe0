extension [UInt8] {
    /// `count` bytes from the system's secure generator.
    package static func random(count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        // Each value of the generator is a system call.
        let values = (0..<(count + 7) / 8).map { _ in generator.next() }
        let bytes = values.flatMap { value in (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        return Array(bytes.prefix(count))
    }
}

extension RandomNumberGenerator {
    /// `count` random bytes.
    package mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &self) }
    }
}
