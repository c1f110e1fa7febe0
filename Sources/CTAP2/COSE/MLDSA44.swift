// swift-crypto offers ML-DSA-65 and ML-DSA-87. The BoringSSL in it has ML-DSA-44 too: docs/decisions/algorithms.md.
internal import CCryptoBoringSSL

/// ML-DSA-44 (FIPS 204), with an empty context (RFC 9964).
package enum MLDSA44 {
    package struct PublicKey: Hashable, Sendable {
        /// 1312 bytes in the encoding of FIPS 204.
        package let rawRepresentation: [UInt8]

        /// `nil` unless the bytes are a public key.
        package init?(rawRepresentation bytes: [UInt8]) {
            rawRepresentation = bytes
            guard parsed != nil else { return nil }
        }

        fileprivate init(_ key: MLDSA44_private_key) {
            var (privateKey, publicKey) = (key, MLDSA44_public_key())
            rawRepresentation = unsafe [UInt8](unsafeUninitializedCapacity: Int(MLDSA44_PUBLIC_KEY_BYTES)) {
                buffer,
                count in
                var output = unsafe CBB()
                let isWritten =
                    unsafe CCryptoBoringSSL_MLDSA44_public_from_private(&publicKey, &privateKey) == 1
                    && CCryptoBoringSSL_CBB_init_fixed(&output, buffer.baseAddress, buffer.count) == 1
                    && CCryptoBoringSSL_MLDSA44_marshal_public_key(&output, &publicKey) == 1
                count = isWritten ? buffer.count : 0
            }
        }

        package func isValidSignature(_ signature: [UInt8], for message: [UInt8]) -> Bool {
            guard var key = parsed else { return false }
            let isValid = unsafe CCryptoBoringSSL_MLDSA44_verify(
                &key,
                signature,
                signature.count,
                message,
                message.count,
                nil,
                0
            )
            return isValid == 1
        }

        private var parsed: MLDSA44_public_key? {
            var key = MLDSA44_public_key()
            let isKey = unsafe rawRepresentation.withUnsafeBufferPointer { bytes in
                var input = unsafe CBS(data: bytes.baseAddress, len: bytes.count)
                return unsafe CCryptoBoringSSL_MLDSA44_parse_public_key(&key, &input) == 1
            }
            return isKey ? key : nil
        }
    }

    package struct PrivateKey: Hashable, Sendable {
        /// The seed from which the key is expanded, 32 bytes.
        package let seedRepresentation: [UInt8]
        package let publicKey: PublicKey

        /// `nil` unless the seed has 32 bytes.
        package init?(seedRepresentation seed: [UInt8]) {
            guard let key = Self.expanded(seed) else { return nil }
            seedRepresentation = seed
            publicKey = PublicKey(key)
        }

        /// A randomized signature; `nil` if memory runs out.
        package func signature(for message: [UInt8]) -> [UInt8]? {
            guard var key = Self.expanded(seedRepresentation) else { return nil }
            var signature = [UInt8](repeating: 0, count: Int(MLDSA44_SIGNATURE_BYTES))
            let isSigned = unsafe CCryptoBoringSSL_MLDSA44_sign(&signature, &key, message, message.count, nil, 0)
            return isSigned == 1 ? signature : nil
        }

        private static func expanded(_ seed: [UInt8]) -> MLDSA44_private_key? {
            var key = MLDSA44_private_key()
            return unsafe CCryptoBoringSSL_MLDSA44_private_key_from_seed(&key, seed, seed.count) == 1 ? key : nil
        }
    }
}
