import CTAP2
import Crypto
import Platform

/// hmac-secret (CTAP 2.3 §12.7): a secret for each credential, with which the key computes HMACs of a site's salts.
struct HMACSecret: KeyExtension {
    let identifier = "hmac-secret"

    private static let withUV: CBORValue = 1
    private static let withoutUV: CBORValue = 2

    func takesMakeInput(_ input: CBORValue) -> Bool { input.bool != nil }
    func takesAssertInput(_ input: CBORValue) -> Bool { input.map != nil }

    func make(
        _ input: CBORValue,
        keeping data: inout CBORMap,
        _ context: ExtensionContext
    ) throws(Refusal) -> CBORValue? {
        guard input == true else { return nil }
        data[Self.withUV] = .bytes(context.key.random.bytes(32))
        data[Self.withoutUV] = .bytes(context.key.random.bytes(32))
        return true
    }

    func assert(_ input: CBORValue, with data: CBORMap, _ context: ExtensionContext) throws(Refusal) -> CBORValue? {
        guard context.isUserPresent else { throw Refusal(.unsupportedOption) }
        let request = try RequestMap(input)
        let platformKey = try request.required(0x01, \.map)
        let saltEnc = try request.required(0x02, \.bytes)
        let saltAuth = try request.required(0x03, \.bytes)
        let secret = try context.key.sharedSecret(with: platformKey, for: request.optional(0x04, \.unsigned))
        guard secret.verifies(saltAuth, of: saltEnc) else { throw Refusal(.pinAuthInvalid) }
        let salts = secret.decrypt(saltEnc)?.withExposedBytes { bytes in bytes.indices.map { bytes[$0] } }
        guard let salts, [32, 64].contains(salts.count) else { throw Refusal(.invalidParameter) }
        guard let key = data[context.isUserVerified ? Self.withUV : Self.withoutUV]?.bytes else { return nil }
        let output = stride(from: 0, to: salts.count, by: 32).flatMap { start in
            HMAC<SHA256>.authenticationCode(for: salts[start..<start + 32], using: SymmetricKey(data: key))
        }
        guard let encrypted = try? secret.encrypt(output, random: &context.key.random) else { throw Refusal(.other) }
        return .bytes(encrypted)
    }
}
