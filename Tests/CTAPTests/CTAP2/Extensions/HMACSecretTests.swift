import Crypto
import Testing

@testable import CTAP2

/// hmac-secret's salts, and outputs that a key may not send; the known answers test the rest.
@Suite struct HMACSecretTests {
    private func exchange(_ pinUvAuthProtocol: PINUVAuthProtocol, _ salts: HMACSecretSalts) throws -> HMACSecretExchange
    {
        let point = Array(P256.KeyAgreement.PrivateKey().publicKey.rawRepresentation)
        let key = COSEKey(
            algorithm: .ecdhESHKDF256,
            material: .ec2(curve: 1, x: Array(point.prefix(32)), y: Array(point.suffix(32)))
        )
        return try HMACSecretExchange(salts, PINUVSharedSecret(pinUvAuthProtocol, with: key))
    }

    @Test func `salts have 32 bytes`() {
        let salt = [UInt8](repeating: 1, count: 32)
        #expect(HMACSecretSalts(salt)?.bytes == salt)
        #expect(HMACSecretSalts(salt, salt)?.bytes == salt + salt)
        #expect(HMACSecretSalts([UInt8](salt.dropLast())) == nil && HMACSecretSalts(salt + [1]) == nil)
        #expect(HMACSecretSalts(salt, []) == nil)
    }

    @Test(arguments: PINUVAuthProtocol.allCases, [0, 1, 16, 31, 32, 33, 48, 64, 80, 96])
    func `an output has 32 bytes for each salt`(pinUvAuthProtocol: PINUVAuthProtocol, byteCount: Int) throws {
        let salts = try #require(HMACSecretSalts([UInt8](repeating: 1, count: 32)))
        let exchange = try exchange(pinUvAuthProtocol, salts)
        let output = [UInt8](repeating: 7, count: byteCount)
        guard byteCount != (pinUvAuthProtocol == .one ? 32 : 48) else {
            #expect(try exchange.secret(in: output).count == 32)
            return
        }
        #expect(throws: ResponseError.self) { _ = try exchange.secret(in: output) }
    }

    @Test func `the salts are encrypted under a key of this exchange alone`() throws {
        let salts = try #require(HMACSecretSalts([UInt8](repeating: 1, count: 32)))
        let inputs = try (0..<2).map { _ in try exchange(.two, salts).input }
        #expect(inputs[0][1] != inputs[1][1] && inputs[0][2] != inputs[1][2])
        #expect(inputs.allSatisfy { $0[2]?.bytes?.count == 48 && $0[3]?.bytes?.count == 32 && $0[4] == 2 })
    }
}
