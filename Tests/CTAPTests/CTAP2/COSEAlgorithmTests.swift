import CTAP2
import Crypto
import CryptoExtras
import Testing

private let message: [UInt8] = [1, 2, 3]

/// Algorithms with rules of their own.
@Suite struct COSEAlgorithmTests {
    /// IANA's COSE Algorithms.
    @Test func `an algorithm that cannot be verified has its name`() {
        let named = [
            -47: "ES256K", -53: "Ed448", -265: "ESB256", -266: "ESB320", -267: "ESB384", -268: "ESB512",
        ]
        for (number, name) in named {
            let algorithm = COSEAlgorithm(rawValue: number)
            #expect(algorithm.description == name)
            let key = COSEKey(algorithm: algorithm, material: .ec2(curve: 8, x: [1], y: [1]))
            #expect(throws: COSEKeyError.unsupported(algorithm)) { try key.verify(signature: [], over: []) }
        }
        #expect(COSEAlgorithm(rawValue: -99).description == "-99")
    }

    @Test func `RS1 verifies a statement's signature and is never a credential's`() throws {
        let rsa = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        let numbers = try rsa.publicKey.getKeyPrimitives()
        let (n, e) = (Array(numbers.modulus), Array(numbers.publicExponent))
        let signature = Array(
            try rsa.signature(for: Insecure.SHA1.hash(data: message), padding: .insecurePKCS1v1_5).rawRepresentation
        )
        let signer = try #require(VerificationKey(modulus: n, exponent: e))
        #expect(try signer.verify(signature, over: message, algorithm: .rs1))
        #expect(try !signer.verify(signature, over: message + [0], algorithm: .rs1))
        let credential = COSEKey(algorithm: .rs1, material: .rsa(n: n, e: e))
        #expect(throws: COSEKeyError.insecure(.rs1)) { try credential.check() }
        #expect(throws: COSEKeyError.insecure(.rs1)) { try credential.verify(signature: signature, over: message) }
    }

    @Test(arguments: [(COSEAlgorithm.mlDSA44, 1312), (.mlDSA65, 1952), (.mlDSA87, 2592)])
    func `a key of ML-DSA has the length of its parameter set`(algorithm: COSEAlgorithm, size: Int) throws {
        for count in [0, 1312, 1952, 2592, size - 1, size + 1] where count != size {
            let material = COSEKey.Material.akp(publicKey: [UInt8](repeating: 1, count: count))
            let key = COSEKey(algorithm: algorithm, material: material)
            #expect(throws: COSEKeyError.invalid(algorithm)) { try key.check() }
        }
        let key = COSEKey(algorithm: algorithm, material: .akp(publicKey: [UInt8](repeating: 1, count: size)))
        #expect(try COSEKey(cbor: try #require(key.cbor)) == key)
        try key.check()
    }
}
