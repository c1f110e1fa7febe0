@testable import CTAP2
import Testing

private func secret(_ text: String) -> Secret { Secret(copying: Array(text.utf8)) }

private func exposed(_ secret: borrowing Secret) -> [UInt8] {
    secret.withExposedBytes { bytes in bytes.indices.map { bytes[$0] } }
}

@Suite("PINs")
struct PINTests {
    @Test(
        "are normalized to NFC (lines of Unicode's NormalizationTest.txt, columns 1 and 2)",
        arguments: [
            ("1E0A", "1E0A"), ("0044 0307", "1E0A"), ("1E0A 0323", "1E0C 0307"), ("0044 0323 0307", "1E0C 0307"),
            ("212B", "00C5"), ("2126", "03A9"), ("0344", "0308 0301"), ("0958", "0915 093C"), ("FB1D", "05D9 05B4"),
            ("F900", "8C48"), ("1D15F", "1D158 1D165"), ("2F800", "4E3D"), ("1100 1161 11A8", "AC01"),
            ("AC00 11A8", "AC01"), ("0061 0315 0300 05AE 0300 0062", "00E0 05AE 0300 0315 0062"),
            ("0061 0300 0315 0300 05AE 0062", "00E0 05AE 0300 0315 0062"), ("0340", "0300"), ("037E", "003B"),
            ("0073 0323 0307", "1E69"), ("1E9B 0323", "1E9B 0323"),
        ]
    )
    func normalization(typed: String, normalized: String) throws {
        func text(_ codePoints: String) -> [UInt8] {
            let scalars = codePoints.split(separator: " ").compactMap {
                UInt32($0, radix: 16).flatMap(Unicode.Scalar.init)
            }
            return Array(String(String.UnicodeScalarView(scalars)).utf8)
        }
        let expected = text(normalized)
        let pin = try PIN(Secret(copying: text(typed)))
        #expect(exposed(pin.padded) == expected + [UInt8](repeating: 0, count: 64 - expected.count))
    }

    @Test("are counted in code points, not in bytes or characters")
    func codePoints() throws {
        #expect(try PIN(secret("😀😀😀😀")).codePointCount == 4)
        #expect(try PIN(secret("👩‍👩‍👧")).codePointCount == 5)
        #expect(try PIN(secret("e\u{301}")).codePointCount == 1)
        try PIN(secret("😀😀😀😀")).check(minimumCodePoints: 4, maximumBytes: 63)
        #expect(throws: PINError.tooShort(codePoints: 3, minimum: 4)) {
            try PIN(secret("äöü")).check(minimumCodePoints: 4, maximumBytes: 63)
        }
        #expect(throws: PINError.tooLong(byteCount: 16, maximum: 15)) {
            try PIN(secret("😀😀😀😀")).check(minimumCodePoints: 4, maximumBytes: 15)
        }
    }

    @Test("have at most 63 bytes, once they are normalized")
    func length() throws {
        let decomposed = String(repeating: "e\u{301}", count: 31)
        #expect(decomposed.utf8.count == 93)
        #expect(try PIN(secret(decomposed)).codePointCount == 31)
        #expect(try PIN(secret(String(repeating: "1", count: 63))).codePointCount == 63)
        #expect(throws: PINError.tooLong(byteCount: 64, maximum: 63)) {
            _ = try PIN(secret(String(repeating: "1", count: 64)))
        }
    }

    @Test("that keys could not take are refused")
    func refused() {
        #expect(throws: PINError.empty) { _ = try PIN(secret("")) }
        #expect(throws: PINError.containsNUL) { _ = try PIN(secret("12\u{0}34")) }
        #expect(throws: PINError.notText) { _ = try PIN(Secret(copying: [0x31, 0xFF, 0x32, 0x33])) }
        #expect(throws: PINError.notText) { _ = try PIN(Secret(copying: [0x31, 0x32, 0x33, 0xC3])) }
    }

    @Test("are the same however they were typed")
    func sameness() throws {
        let composed = try PIN(secret("caf\u{E9}"))
        #expect(composed.isSame(as: try PIN(secret("cafe\u{301}"))))
        #expect(!composed.isSame(as: try PIN(secret("cafe"))))
        #expect(!composed.isSame(as: try PIN(secret("cafè"))))
    }
}

@Suite("Secrets")
struct SecretTests {
    @Test("taken from an array leave it empty")
    func wiping() {
        var bytes: [UInt8] = [1, 2, 3]
        let secret = Secret(wiping: &bytes)
        #expect(bytes.isEmpty)
        #expect(exposed(secret) == [1, 2, 3])
    }

    @Test("may be empty, and longer than a page")
    func sizes() {
        #expect(exposed(Secret(copying: [])) == [])
        let long = [UInt8](repeating: 7, count: 10_000)
        #expect(exposed(Secret(copying: long)) == long)
    }

    @Test("do not show in what is printed of their owners")
    func printing() throws {
        let token = try PINUVAuthToken(
            .two,
            secret: Secret(copying: [UInt8](repeating: 0xAB, count: 32)),
            permissions: [],
            rpId: nil
        )
        var text = String(reflecting: token)
        dump(token, to: &text)
        #expect(!text.contains("171") && !text.lowercased().contains("abab"))
    }

    @Test("of tokens have the length that their protocol says", arguments: [0, 15, 16, 17, 31, 32, 33, 48, 64])
    func tokenLength(count: Int) {
        for (pinUvAuthProtocol, lengths) in [(PINUVAuthProtocol.one, [16, 32, 48, 64]), (.two, [32])] {
            let bytes = [UInt8](repeating: 1, count: count)
            let token = try? PINUVAuthToken(
                pinUvAuthProtocol,
                secret: Secret(copying: bytes),
                permissions: [],
                rpId: nil
            )
            #expect((token != nil) == lengths.contains(count))
        }
    }
}

@Suite("PIN/UV auth protocols")
struct PINUVAuthProtocolTests {
    private func shared(_ pinUvAuthProtocol: PINUVAuthProtocol) -> PINUVSharedSecret {
        PINUVSharedSecret(
            pinUvAuthProtocol,
            secret: Secret(copying: [UInt8](0..<(pinUvAuthProtocol == .one ? 32 : 64))),
            platformKey: COSEKey(algorithm: .ecdhESHKDF256, material: .ec2(curve: 1, x: [], y: []))
        )
    }

    @Test("draw a fresh IV each time, in protocol two")
    func freshIV() throws {
        let plaintext = [UInt8](repeating: 5, count: 32)
        let one = shared(.one)
        #expect(try one.encrypt(Secret(copying: plaintext)) == one.encrypt(Secret(copying: plaintext)))
        let two = shared(.two)
        let first = try two.encrypt(Secret(copying: plaintext))
        let second = try two.encrypt(Secret(copying: plaintext))
        #expect(first != second)
        #expect(first.count == 48)
        #expect(exposed(try two.decrypt(first)) == plaintext)
        #expect(exposed(try two.decrypt(second)) == plaintext)
    }

    @Test("refuse what is not whole blocks", arguments: PINUVAuthProtocol.allCases)
    func blocks(_ pinUvAuthProtocol: PINUVAuthProtocol) {
        let shared = shared(pinUvAuthProtocol)
        #expect(throws: PINUVAuthError.wrongLength(byteCount: 15)) {
            try shared.encrypt(Secret(copying: [UInt8](repeating: 0, count: 15)))
        }
        for count in [1, 15, 17, 33] {
            #expect(throws: PINUVAuthError.wrongLength(byteCount: count)) {
                _ = try shared.decrypt([UInt8](repeating: 0, count: count))
            }
        }
        if pinUvAuthProtocol == .two {
            #expect(throws: PINUVAuthError.wrongLength(byteCount: 0)) { _ = try shared.decrypt([]) }
        }
    }

    @Test("refuse a key agreement key that is no point on P-256")
    func keyAgreement() {
        let points: [COSEKey.Material] = [
            .ec2(curve: 1, x: [UInt8](repeating: 1, count: 32), y: [UInt8](repeating: 1, count: 32)),
            .ec2(curve: 1, x: [], y: []), .ec2(curve: 2, x: [], y: []), .okp(curve: 6, x: []),
            .ec2(curve: 1, x: [UInt8](repeating: 0, count: 31), y: [UInt8](repeating: 0, count: 33)),
        ]
        for material in points {
            #expect(throws: PINUVAuthError.keyAgreement) {
                _ = try PINUVSharedSecret(.two, with: COSEKey(algorithm: .ecdhESHKDF256, material: material))
            }
        }
    }

    @Test("are chosen as the key likes best, of those that are known")
    func preference() {
        var info = AuthenticatorInfo(versions: ["FIDO_2_0"], aaguid: .zero)
        #expect(info.preferredPINUVAuthProtocol == .one)
        info.pinUvAuthProtocols = [3, 2, 1]
        #expect(info.preferredPINUVAuthProtocol == .two)
        info.pinUvAuthProtocols = [1, 2]
        #expect(info.preferredPINUVAuthProtocol == .one)
        info.pinUvAuthProtocols = [9]
        #expect(info.preferredPINUVAuthProtocol == nil)
    }
}
