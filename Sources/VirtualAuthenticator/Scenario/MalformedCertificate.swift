/// Malforms the certificate in a U2F registration.
enum MalformedCertificate {
    /// Sets the number of unused bits at the start of the certificate's signature, a BIT STRING, to 7 instead of 0.
    static func unusedBits(in registration: [UInt8]) -> [UInt8] {
        // The length of the key handle follows 0x05 and the public key.
        guard registration.count > 66,
            let certificate = element(of: registration, at: 67 + Int(registration[66])),
            let content = element(of: registration, at: certificate.contents),
            let algorithm = element(of: registration, at: content.end),
            let signature = element(of: registration, at: algorithm.end),
            registration.indices.contains(signature.contents)
        else { return registration }
        var malformed = registration
        malformed[signature.contents] = 7
        return malformed
    }

    /// Where a DER element's contents begin and end.
    private static func element(of bytes: [UInt8], at start: Int) -> (contents: Int, end: Int)? {
        guard start + 1 < bytes.count else { return nil }
        let first = Int(bytes[start + 1])
        guard first >= 0x80 else { return (start + 2, start + 2 + first) }
        let size = first - 0x80
        guard 1...2 ~= size, start + 2 + size <= bytes.count else { return nil }
        let length = bytes[(start + 2)..<(start + 2 + size)].reduce(0) { $0 << 8 | Int($1) }
        return (start + 2 + size, start + 2 + size + length)
    }
}
