import Crypto
import CryptoExtras
import FoundationEssentials
import Platform

/// A protocol that encrypts secrets between platform and key and authorizes commands (CTAP 2.1 §6.5.6, §6.5.7).
public enum PINUVAuthProtocol: Int, Hashable, Sendable, CaseIterable {
    case one = 1
    case two = 2
}

/// A failure in a PIN/UV auth protocol.
public enum PINUVAuthError: Error, Hashable, Sendable {
    /// The key's key agreement key is not a point on P-256.
    case keyAgreement
    /// A plaintext, ciphertext or token has a length that the protocol does not allow.
    case wrongLength(byteCount: Int)
}

extension PINUVAuthProtocol {
    /// Bytes in an AES block.
    private static let blockSize = 16

    /// The shared secret, derived from the x-coordinate of the ECDH point: 32 bytes in protocol one; in protocol two
    /// 64, an HMAC key and an AES key.
    func kdf(_ z: borrowing Secret) -> Secret {
        switch self {
        case .one:
            return z.sha256(prefix: SHA256.byteCount)
        case .two:
            // Two derivations of 32 bytes: a single one of 64 would yield a different second half.
            let input = z.symmetricKey(of: 0..<z.count)
            return Secret(
                joining: ["CTAP2 HMAC key", "CTAP2 AES key"].map { info in
                    HKDF<SHA256>.deriveKey(
                        inputKeyMaterial: input,
                        salt: [UInt8](repeating: 0, count: 32),
                        info: Array(info.utf8),
                        outputByteCount: 32
                    )
                }
            )
        }
    }

    /// AES-256-CBC of whole blocks; returns the ciphertext without the IV.
    ///
    /// Works block by block and in place, since swift-crypto's CBC leaves a copy of the plaintext behind.
    func encrypt(
        _ plaintext: borrowing Secret,
        key: borrowing Secret,
        iv: [UInt8]
    ) throws(PINUVAuthError) -> [UInt8] {
        let byteCount = plaintext.count
        guard byteCount.isMultiple(of: Self.blockSize), iv.count == Self.blockSize else {
            throw .wrongLength(byteCount: byteCount)
        }
        let aesKey = encryptionKey(key)
        var block = iv
        var ciphertext: [UInt8] = []
        ciphertext.reserveCapacity(byteCount)
        for start in stride(from: 0, to: byteCount, by: Self.blockSize) {
            plaintext.withExposedBytes { bytes in
                for index in block.indices {
                    block[index] ^= bytes[start + index]
                }
            }
            do {
                try AES.permute(&block, key: aesKey)
            } catch {
                throw .wrongLength(byteCount: byteCount)
            }
            ciphertext += block
        }
        return ciphertext
    }

    /// The IV of protocol one.
    static let zeroIV = [UInt8](repeating: 0, count: blockSize)

    /// Decrypts whole blocks; in protocol two the first one is the IV.
    func decrypt(_ ciphertext: [UInt8], key: borrowing Secret) throws(PINUVAuthError) -> Secret {
        let ivCount = self == .two ? Self.blockSize : 0
        guard ciphertext.count >= ivCount, ciphertext.count.isMultiple(of: Self.blockSize) else {
            throw .wrongLength(byteCount: ciphertext.count)
        }
        let iv = self == .two ? Array(ciphertext.prefix(ivCount)) : Self.zeroIV
        do {
            var plaintext = try AES._CBC.decrypt(
                ciphertext.dropFirst(ivCount),
                using: encryptionKey(key),
                iv: AES._CBC.IV(ivBytes: iv),
                noPadding: true
            )
            defer { plaintext.resetBytes(in: 0..<plaintext.count) }
            return Secret(copying: plaintext)
        } catch {
            throw .wrongLength(byteCount: ciphertext.count)
        }
    }

    /// HMAC-SHA-256 of the message: its first 16 bytes in protocol one, all 32 in protocol two.
    func authenticate(_ message: [UInt8], key: borrowing Secret) -> [UInt8] {
        let macKey = key.symmetricKey(of: 0..<(self == .two ? min(32, key.count) : key.count))
        let code = HMAC<SHA256>.authenticationCode(for: message, using: macKey)
        return Array(code.prefix(self == .two ? 32 : 16))
    }

    private func encryptionKey(_ key: borrowing Secret) -> SymmetricKey {
        key.symmetricKey(of: (self == .two ? min(32, key.count) : 0)..<key.count)
    }
}

extension Secret {
    /// Part of the bytes as a swift-crypto key, which also wipes itself.
    func symmetricKey(of range: Range<Int>) -> SymmetricKey {
        unsafe withUnsafeBytes { unsafe SymmetricKey(data: UnsafeRawBufferPointer(rebasing: $0[range])) }
    }

    /// The first bytes of the SHA-256 of the bytes.
    ///
    /// The digest is copied from the stack straight into the secret: an intermediate array may be copied before it is
    /// wiped.
    package func sha256(prefix: Int = 32) -> Secret {
        var hasher = SHA256()
        unsafe withUnsafeBytes { unsafe hasher.update(bufferPointer: $0) }
        let digest = hasher.finalize()
        // swift-crypto 4.5 frees the hasher with its last block of input in it and wipes only eight bytes. A block of
        // random bytes overwrites that input, and mixes the state so that it no longer reveals it.
        hasher.update(data: [UInt8].random(count: SHA256.blockByteCount))
        return unsafe Secret(count: min(prefix, SHA256.byteCount)) { room in
            unsafe digest.withUnsafeBytes { bytes in
                unsafe room.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<room.count]))
            }
        }
    }

    /// The concatenated bytes of several keys.
    init(joining keys: [SymmetricKey]) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(keys.reduce(0) { $0 + $1.bitCount / 8 })
        for key in keys {
            unsafe key.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
        }
        self.init(wiping: &bytes)
    }
}
