/// The salts of hmac-secret, one or two (CTAP 2.3 §12.7).
package struct HMACSecretSalts: Hashable, Sendable {
    /// In bytes, of a salt and of the secret for it.
    package static let byteCount = 32

    let bytes: [UInt8]

    /// `nil` unless each has 32 bytes.
    package init?(_ first: [UInt8], _ second: [UInt8]? = nil) {
        guard first.count == Self.byteCount, second.map({ $0.count == Self.byteCount }) ?? true else { return nil }
        bytes = first + (second ?? [])
    }
}

/// One use of hmac-secret or hmac-secret-mc: the encrypted salts for the key, and what decrypts the key's output.
package final class HMACSecretExchange: Sendable {
    /// The extension's input.
    package let input: CBORMap
    private let shared: PINUVSharedSecret
    private let saltByteCount: Int

    /// Encrypts the salts.
    convenience init(_ salts: HMACSecretSalts, _ shared: consuming PINUVSharedSecret) throws(PINUVAuthError) {
        let saltEnc = try shared.encrypt(Secret(copying: salts.bytes))
        self.init(salts, encrypted: saltEnc, shared)
    }

    /// With salts that are already encrypted. Without the member for the protocol it is one: keys of CTAP 2.0 know no
    /// other.
    init(_ salts: HMACSecretSalts, encrypted saltEnc: [UInt8], _ shared: consuming PINUVSharedSecret) {
        var input: CBORMap = [2: .bytes(saltEnc), 3: .bytes(shared.authenticate(saltEnc))]
        input[1] = shared.platformKey.cbor.map(CBORValue.map)
        if shared.pinUvAuthProtocol != .one { input[4] = .int(shared.pinUvAuthProtocol.rawValue) }
        self.input = input
        saltByteCount = salts.bytes.count
        self.shared = shared
    }

    /// Decrypts the extension's output: 32 bytes for each salt.
    package func secret(in output: [UInt8]) throws(ResponseError) -> Secret {
        let secret: Secret
        do throws(PINUVAuthError) {
            secret = try shared.decrypt(output)
        } catch {
            throw .pinUVAuth(error)
        }
        guard secret.count == saltByteCount else { throw .pinUVAuth(.wrongLength(byteCount: secret.count)) }
        return secret
    }
}

extension Session {
    /// Encrypts salts under a fresh key agreement. A wrong PIN invalidates it, so the user must be verified by then.
    package func hmacSecretExchange(
        _ salts: HMACSecretSalts,
        _ operation: Operation
    ) async throws(SessionError) -> HMACSecretExchange {
        let shared = try await agree(operation)
        do throws(PINUVAuthError) {
            return try HMACSecretExchange(salts, shared)
        } catch {
            throw .malformed(.pinUVAuth(error), .clientPIN)
        }
    }
}
