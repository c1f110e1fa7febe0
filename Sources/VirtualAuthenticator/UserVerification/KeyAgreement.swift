import CTAP2
import Crypto
import FoundationEssentials
import Platform

/// The key-agreement key pairs, one for each protocol, generated on first use.
struct KeyAgreement {
    private var keys: [PINProtocol: P256.KeyAgreement.PrivateKey] = [:]

    /// The public key in the response to getKeyAgreement (CTAP 2.1 §6.5.6: exactly these five members).
    mutating func publicKey(
        for pinProtocol: PINProtocol,
        random: inout any RandomNumberGenerator
    ) -> CBORMap? {
        guard let point = key(for: pinProtocol, random: &random)?.publicKey.rawRepresentation else { return nil }
        return [1: 2, 3: -25, -1: 1, -2: .bytes(Array(point.prefix(32))), -3: .bytes(Array(point.suffix(32)))]
    }

    /// `decapsulate`: the secrets from the platform's COSE_Key and this key's own pair.
    mutating func sharedSecret(
        with platformKey: CBORMap,
        for pinProtocol: PINProtocol,
        random: inout any RandomNumberGenerator
    ) throws(Refusal) -> PINSharedSecret {
        guard
            platformKey[1] == 2, platformKey[3] == -25, platformKey[-1] == 1,
            let x = platformKey[-2]?.bytes, x.count == 32, let y = platformKey[-3]?.bytes, y.count == 32,
            // Checks that the point is on the curve.
            let peer = try? P256.KeyAgreement.PublicKey(rawRepresentation: x + y),
            let agreement = try? key(for: pinProtocol, random: &random)?.sharedSecretFromKeyAgreement(with: peer)
        else { throw Refusal(.invalidParameter) }
        return pinProtocol.sharedSecret(of: agreement)
    }

    /// `regenerate`: discards the pair, so that the next exchange uses a new one.
    mutating func regenerate(_ pinProtocol: PINProtocol) {
        keys[pinProtocol] = nil
    }

    private mutating func key(
        for pinProtocol: PINProtocol,
        random: inout any RandomNumberGenerator
    ) -> P256.KeyAgreement.PrivateKey? {
        if let key = keys[pinProtocol] { return key }
        // Random bytes outside the range of the curve's scalars are very unlikely.
        for _ in 0..<16 {
            if let key = try? P256.KeyAgreement.PrivateKey(rawRepresentation: random.bytes(32)) {
                keys[pinProtocol] = key
                return key
            }
        }
        return nil
    }
}
