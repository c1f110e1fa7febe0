import CTAP2
import CryptoExtras
import FoundationEssentials
import SwiftASN1

/// Why a key pair cannot be generated or read.
enum SigningKeyError: Error, Hashable {
    case unsupportedAlgorithm(COSEAlgorithm), invalidSecret
}

/// An RSA key of 2048 bits. Its secret omits values that can be recomputed, to fit into a credential ID.
struct RSAKey: Sendable {
    static let publicExponent: [UInt8] = [1, 0, 1]
    /// The concatenated modulus, private exponent and two primes.
    let secret: [UInt8]
    private let key: _RSA.Signing.PrivateKey
    private static let partSizes = [256, 256, 128, 128]

    var modulus: [UInt8] { Array(secret.prefix(256)) }

    static func generate() throws(SigningKeyError) -> RSAKey {
        do {
            let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
            let numbers = try RSAPrivateNumbers(derEncoded: Array(key.derRepresentation))
            return RSAKey(secret: try numbers.secret(partSizes: partSizes), key: key)
        } catch {
            throw .invalidSecret
        }
    }

    private init(secret: [UInt8], key: _RSA.Signing.PrivateKey) {
        self.secret = secret
        self.key = key
    }

    init(secret: [UInt8]) throws(SigningKeyError) {
        guard secret.count == Self.partSizes.reduce(0, +) else { throw .invalidSecret }
        var rest = secret[...]
        let parts = Self.partSizes.map { size in
            defer { rest = rest.dropFirst(size) }
            return Array(rest.prefix(size))
        }
        self.secret = secret
        do {
            key = try _RSA.Signing.PrivateKey(
                n: parts[0],
                e: Self.publicExponent,
                d: parts[1],
                p: parts[2],
                q: parts[3]
            )
        } catch {
            throw .invalidSecret
        }
    }

    /// Hashes with SHA-256.
    func signature(over message: [UInt8], padding: _RSA.Signing.Padding) throws -> [UInt8] {
        Array(try key.signature(for: message, padding: padding).rawRepresentation)
    }
}

/// The required part of RSAPrivateKey (RFC 8017 §A.1.2).
private struct RSAPrivateNumbers: DERParseable {
    private let parts: [ArraySlice<UInt8>]

    init(derEncoded node: ASN1Node) throws {
        parts = try DER.sequence(node, identifier: .sequence) { nodes in
            let numbers = try (0..<9).map { _ in try ArraySlice<UInt8>(derEncoded: &nodes) }
            return [numbers[1], numbers[3], numbers[4], numbers[5]]
        }
    }

    /// The numbers, each padded to its given size.
    func secret(partSizes: [Int]) throws(SigningKeyError) -> [UInt8] {
        var secret: [UInt8] = []
        for (part, size) in zip(parts, partSizes) {
            let digits = part.drop { $0 == 0 }
            guard digits.count <= size else { throw .invalidSecret }
            secret += repeatElement(0, count: size - digits.count)
            secret += digits
        }
        return secret
    }
}
