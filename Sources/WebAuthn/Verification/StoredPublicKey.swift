public import CTAP2
import SwiftASN1

/// Why bytes are not a public key.
public enum StoredPublicKeyError: Error, Hashable, Sendable {
    /// Neither a COSE_Key nor a SubjectPublicKeyInfo, or one with wrong parameters.
    case malformed
    /// A COSE_Key that lacks a parameter or has one of a wrong type.
    case cose(CBORError)
    /// The key does not fit its algorithm, or the algorithm is not known here.
    case key(COSEKeyError)
}

extension COSEKey {
    /// Reads a public key as a relying party may have stored it: a COSE_Key or an X.509 SubjectPublicKeyInfo, as bytes or as
    /// hexadecimal, base64 or base64url text; the latter also in PEM.
    ///
    /// A SubjectPublicKeyInfo does not name the algorithm: by default it is ES256, ES384, ES512, EdDSA, RS256 or that of the
    /// ML-DSA key. `algorithm` selects another, such as PS256. A COSE_Key must have that algorithm.
    public init(stored bytes: [UInt8], algorithm: COSEAlgorithm? = nil) throws(StoredPublicKeyError) {
        let encoded = try Self.decodedText(bytes)
        if encoded.first == 0x30 {
            try self.init(subjectPublicKeyInfo: encoded, algorithm: algorithm)
        } else {
            try self.init(encoded: encoded)
            guard algorithm == nil || algorithm == self.algorithm else {
                throw .key(.invalid(algorithm ?? self.algorithm))
            }
        }
        do throws(COSEKeyError) {
            try check()
        } catch {
            throw .key(error)
        }
    }

    private init(encoded: [UInt8]) throws(StoredPublicKeyError) {
        // A map of up to 23 members.
        guard let head = encoded.first, 0xA0...0xB7 ~= head else { throw .malformed }
        do throws(CBORError) {
            guard let map = try CBORDecoder.decode(encoded).map else { throw .unexpected(member: "COSE_Key") }
            try self.init(cbor: map)
        } catch {
            throw .cose(error)
        }
    }
}

// MARK: - Text

extension COSEKey {
    /// The bytes that a text stands for; other bytes as they are.
    private static func decodedText(_ bytes: [UInt8]) throws(StoredPublicKeyError) -> [UInt8] {
        let text = bytes.filter { !" \t\r\n".utf8.contains($0) }
        guard !text.isEmpty, text.allSatisfy({ 0x21...0x7E ~= $0 }) else { return bytes }
        if text.starts(with: "-----".utf8) {
            guard
                let document = try? PEMDocument(pemString: String(decoding: bytes, as: UTF8.self)),
                document.discriminator == "PUBLIC KEY"
            else { throw .malformed }
            return document.derBytes
        }
        guard let decoded = hexadecimal(text) ?? base64(text) else { throw .malformed }
        return decoded
    }

    private static func hexadecimal(_ text: [UInt8]) -> [UInt8]? {
        guard text.count.isMultiple(of: 2) else { return nil }
        let bytes = stride(from: 0, to: text.count, by: 2).map {
            // A sign would pass as a digit.
            text[$0] == UInt8(ascii: "+") || text[$0] == UInt8(ascii: "-")
                ? nil : UInt8(String(decoding: text[$0...$0 + 1], as: UTF8.self), radix: 16)
        }
        return bytes.contains(nil) ? nil : bytes.compactMap(\.self)
    }

    /// Either alphabet, padded or not.
    private static func base64(_ text: [UInt8]) -> [UInt8]? {
        let unpadded = text.prefix { $0 != UInt8(ascii: "=") }
        guard text.count - unpadded.count <= 2 else { return nil }
        let urlSafe = String(decoding: unpadded, as: UTF8.self).replacing("+", with: "-").replacing("/", with: "_")
        return try? Base64URL.decode(urlSafe)
    }
}
