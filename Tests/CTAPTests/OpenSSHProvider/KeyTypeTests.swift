import CTAP2
import Testing

@testable import OpenSSHProvider

@Suite struct KeyTypeTests {
    @Test func `an ECDSA signature becomes two numbers without leading zeros`() throws {
        // The sign byte before 80 belongs to DER, not to the number.
        let signature: [UInt8] = [0x30, 0x08, 0x02, 0x02, 0x00, 0x80, 0x02, 0x02, 0x01, 0x00]
        let parts = try #require(KeyType.ecdsa.parts(ofSignature: signature))
        #expect(parts.r == [0x80])
        #expect(parts.s == [0x01, 0x00])
    }

    @Test func `a signature of another form is refused`() {
        #expect(KeyType.ecdsa.parts(ofSignature: [0x30, 0x00]) == nil)
        #expect(KeyType.ecdsa.parts(ofSignature: []) == nil)
        #expect(KeyType.ed25519.parts(ofSignature: [UInt8](repeating: 1, count: 63)) == nil)
        #expect(KeyType.ed25519.parts(ofSignature: [UInt8](repeating: 1, count: 64))?.r.count == 64)
    }

    @Test func `an ECDSA key is a whole point, an Ed25519 key its 32 bytes`() {
        let number = [UInt8](repeating: 7, count: 32)
        let ecdsa = COSEKey(algorithm: .es256, material: .ec2(curve: 1, x: number, y: number))
        #expect(KeyType.publicKey(ecdsa)?.bytes == [4] + number + number)
        let ed25519 = COSEKey(algorithm: .edDSA, material: .okp(curve: 6, x: number))
        #expect(KeyType.publicKey(ed25519)?.bytes == number)
        #expect(KeyType.publicKey(ed25519)?.type == .ed25519)
    }

    @Test(arguments: [
        COSEKey(algorithm: .es384, material: .ec2(curve: 2, x: [1], y: [2])),
        COSEKey(algorithm: .es256, material: .ec2(curve: 1, x: [1], y: [2])),
        COSEKey(algorithm: .edDSA, material: .okp(curve: 7, x: [UInt8](repeating: 1, count: 57))),
        COSEKey(algorithm: .rs256, material: .rsa(n: [1], e: [3])),
    ])
    func `OpenSSH has no other types`(key: COSEKey) {
        #expect(KeyType.publicKey(key) == nil)
    }
}
