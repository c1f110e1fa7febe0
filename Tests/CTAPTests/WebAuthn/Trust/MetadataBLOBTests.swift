import CTAP2
import Crypto
import CryptoExtras
import FoundationEssentials
import SwiftASN1
import Testing
import X509
@testable import WebAuthn

/// FIDO metadata files: who signed them, and what they say.
@Suite struct MetadataBLOBTests {
    @Test func `a signed file has a number, a day and its entries`() async throws {
        var file = try HandMadeBLOB()
        let root = file.root.der
        file.entries = [
            HandMadeBLOB.entry(aaguid: "01020304-0506-0708-090a-0b0c0d0e0f10", description: "Schlüssel", roots: [root]),
            HandMadeBLOB.entry(keyIdentifier: [0xAB, 0xCD], description: "Old Key", roots: []),
        ]
        let blob = try await file.read()
        #expect(blob.number == 7)
        #expect(blob.nextUpdate == Date(timeIntervalSince1970: 4_102_358_400))
        let entry = try #require(blob.entry(aaguid: TrustedKey.model))
        #expect(entry.description == "Schlüssel")
        #expect(entry.roots == [root])
        #expect(entry.statusReports.map(\.status.rawValue) == ["FIDO_CERTIFIED_L1"])
        #expect(blob.entry(certificateKeyIdentifier: [0xAB, 0xCD])?.description == "Old Key")
        #expect(blob.entry(aaguid: .zero) == nil)
    }

    @Test func `the root certificate that is built in is GlobalSign's R3`() throws {
        let digest = SHA256.hash(data: MetadataBLOB.globalSignRootR3)
        #expect(Array(digest) == hex("cbb522d7b7f127ad6a0113865bdf1cd4102e7d0759af635a7cf4720dc963c53b"))
        let certificate = try Certificate(derEncoded: MetadataBLOB.globalSignRootR3)
        #expect(certificate.notValidAfter == Date(timeIntervalSince1970: 1_868_522_400))
    }

    @Test func `a file is stale once the day of the next update is over`() async throws {
        var file = try HandMadeBLOB()
        file.nextUpdate = "2026-07-30"
        let blob = try await file.read()
        let midnight = Date(timeIntervalSince1970: 1_785_369_600)
        #expect(blob.nextUpdate == midnight)
        #expect(!blob.isStale(at: midnight + 24 * 3600 - 1))
        #expect(blob.isStale(at: midnight + 24 * 3600))
    }

    // MARK: - Signature

    @Test func `each way in which the signature does not hold is refused`() async throws {
        let steps: [(MetadataError, (inout HandMadeBLOB) throws -> Void)] = [
            (
                .path(.untrusted),
                { $0.chain = [try TestAuthority("Metadata Root").attestationCertificate($0.signer.publicKey)] }
            ),
            (.otherSigner, { $0.signerName = "example.com" }),
            (.otherSigner, { $0.chain = [try $0.root.attestationCertificate($0.signer.publicKey)] }),
            (
                .wrongSignature,
                {
                    let other = P256.Signing.PrivateKey().publicKey
                    $0.chain = [try $0.root.serverCertificate(Certificate.PublicKey(other), name: $0.signerName)]
                }
            ),
            (.algorithm("RS256"), { $0.algorithm = "RS256" }),
            (.algorithm("none"), { $0.algorithm = "none" }),
            (.header(nil), { $0.chain = [] }),
            (.header(nil), { $0.header = #""crit":["b64"],"# }),
            (.header(.duplicate(path: "alg")), { $0.header = #""alg":"none","# }),
        ]
        for (error, change) in steps {
            var file = try HandMadeBLOB()
            try change(&file)
            await refuse(file, error)
        }
    }

    @Test func `RS256, which FIDO uses, is verified`() async throws {
        let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        var file = try HandMadeBLOB()
        file.algorithm = "RS256"
        file.chain = [
            try file.root.serverCertificate(Certificate.PublicKey(key.publicKey), name: file.signerName)
        ]
        let parts = String(decoding: try file.bytes, as: UTF8.self).split(separator: ".")
        let signed = Array("\(parts[0]).\(parts[1])".utf8)
        let signature = try key.signature(for: SHA256.hash(data: signed), padding: .insecurePKCS1v1_5).rawRepresentation
        let token = signed + Array(("." + Base64URL.encode(Array(signature)) + "\n").utf8)
        #expect(try await MetadataBLOB(token, root: file.root.der).number == 7)
        await refuse(file, .wrongSignature)
    }

    @Test func `the signer's certificate must be valid now`() async throws {
        let file = try HandMadeBLOB()
        let end = Date(timeIntervalSince1970: 4_000_000_000)
        await #expect(throws: MetadataError.path(.expired(end))) { try await file.read(at: end + 1) }
    }

    @Test func `a file that FIDO signed does not pass with the root of another`() async throws {
        await #expect(throws: MetadataError.path(.untrusted)) { try await MetadataBLOB(try HandMadeBLOB().bytes) }
    }

    @Test func `one changed byte is noticed`() async throws {
        var file = try HandMadeBLOB()
        file.entries = [HandMadeBLOB.entry(aaguid: "01020304-0506-0708-090a-0b0c0d0e0f10")]
        let bytes = try file.bytes
        for index in stride(from: 0, to: bytes.count, by: 97) where bytes[index] != UInt8(ascii: ".") {
            var changed = bytes
            changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let root = file.root.der
            await #expect(throws: MetadataError.self) { try await MetadataBLOB(changed, root: root) }
        }
    }

    private func refuse(_ file: HandMadeBLOB, _ error: MetadataError) async {
        await #expect(throws: error) { try await file.read() }
    }

    // MARK: - Content

    @Test(arguments: ["", ".", "..", "a.b", "e30.e30", "e30.e30.AQ.AQ", "e30.e30.AQ==", "not a token"])
    func `what is not a JWT is refused`(text: String) async {
        await #expect(throws: MetadataError.self) { try await MetadataBLOB(Array(text.utf8)) }
    }

    @Test func `content that readers may disagree about is refused`() async throws {
        var file = try HandMadeBLOB()
        file.payload = #""no":8,"#
        await refuse(file, .content(.duplicate(path: "no")))
        file.payload = ""
        file.nextUpdate = "soon"
        await refuse(file, .nextUpdate("soon"))
        file.nextUpdate = "2099-12-31"
        file.entries = [#"{"aaguid":"x"}"#]
        await refuse(file, .content(.missing(path: "entries[0].statusReports")))
        let tooLong = [UInt8](repeating: 0x41, count: MetadataBLOB.maximumByteCount + 1)
        await #expect(throws: MetadataError.tooLong(byteCount: tooLong.count)) { try await MetadataBLOB(tooLong) }
    }

    @Test func `odd members of an entry do not spoil the others`() async throws {
        var file = try HandMadeBLOB()
        let root = Data(file.root.der).base64EncodedString(options: .lineLength64Characters)
        file.entries = [
            #"{"aaid":"1234#5678","statusReports":[]}"#, #"{"aaguid":"zz","statusReports":[]}"#,
            """
            {"aaguid":"01020304-0506-0708-090A-0B0C0D0E0F10","statusReports":[{"status":"NEW","effectiveDate":"?"}],
            "metadataStatement":{"description":"Key","attestationRootCertificates":["\(root.replacing("\r\n", with: "\\n"))","%"]}}
            """,
        ]
        let entry = try #require(try await file.read().entry(aaguid: TrustedKey.model))
        #expect(entry.roots == [file.root.der])
        #expect(
            entry.statusReports == [
                .init(status: AuthenticatorStatus(rawValue: "NEW"), effectiveDate: nil, certificate: nil)
            ]
        )
    }
}
