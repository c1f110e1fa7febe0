import CTAP2
import Crypto
import Testing
@testable import WebAuthn

/// `apple` statements (WebAuthn §8.8): one in order, and with each step of the procedure broken.
@Suite struct AppleStatementTests {
    let key = HandMadeKey()

    private static func certificateExtension(nonce: [UInt8]) -> [UInt8] {
        let tlv = HandMadeCertificate.tlv
        return tlv(0x30, hex("06092a864886f763640802") + tlv(0x04, tlv(0x30, tlv(0xA1, tlv(0x04, nonce)))))
    }

    private func verdict(
        certified: P256.Signing.PrivateKey? = nil,
        extensions: (_ nonce: [UInt8]) -> [[UInt8]] = { [Self.certificateExtension(nonce: $0)] }
    ) -> Verdict {
        key.verdict("apple") { signed in
            var certificate = HandMadeCertificate(certified ?? key.privateKey)
            certificate.extensions = extensions(Array(SHA256.hash(data: signed)))
            return ["x5c": [.bytes(certificate.der), .bytes([0])]]
        }
    }

    @Test func `a statement in order makes the registration certified`() {
        let verdict = verdict()
        #expect(verdict.isGood, "\(verdict)")
        guard case .certified(let x5c) = verdict.attestationType else { Issue.record("\(verdict)"); return }
        #expect(x5c.count == 2)
    }

    @Test func `the nonce must be that of this registration, once`() {
        let broken: [(_ nonce: [UInt8]) -> [[UInt8]]] = [
            { _ in [] },
            { _ in [Self.certificateExtension(nonce: [UInt8](repeating: 1, count: 32))] },
            { [Self.certificateExtension(nonce: Array($0.dropLast()))] },
            { [Self.certificateExtension(nonce: $0), Self.certificateExtension(nonce: $0)] },
            { [HandMadeCertificate.tlv(0x30, hex("06092a864886f763640802") + HandMadeCertificate.tlv(0x04, $0))] },
        ]
        for extensions in broken {
            #expect(verdict(extensions: extensions).attestationError == .nonce)
        }
    }

    @Test func `the certificate must be for the credential's key`() {
        #expect(verdict(certified: P256.Signing.PrivateKey()).attestationError == .otherKey)
    }

    @Test func `a list of certificates is required`() {
        #expect(key.verdict("apple") { _ in [:] }.attestationError == .statement(.missing(member: "attStmt.x5c")))
        #expect(key.verdict("apple") { _ in ["x5c": []] }.attestationError == .certificate(.wrongCount(0)))
        #expect(key.verdict("apple") { _ in ["x5c": [.bytes([1])]] }.attestationError == .certificate(.malformed))
    }
}
