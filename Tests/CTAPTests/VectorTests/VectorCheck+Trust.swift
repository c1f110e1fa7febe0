import CTAP2
import Crypto
import FoundationEssentials
import SwiftASN1
import Testing
import X509
@testable import WebAuthn

extension VectorCheck {
    /// Certificate paths of attestation.
    static let trust = [
        VectorCheck(name: "root certificate", claims: { $0.shape.contains("attestation_ca_cert") }) { data, expect in
            #expect(expect.isNull)
            let root = try #require(data["attestation_ca_cert"]?.bytes)
            let certificate = try Certificate(derEncoded: root)
            let key = try P256.Signing.PrivateKey(rawRepresentation: try #require(data["attestation_ca_key"]?.bytes))
            #expect(certificate.publicKey == Certificate.PublicKey(key.publicKey))
            #expect(Array(certificate.serialNumber.bytes) == data["attestation_ca_serial_number"]?.bytes)
            try await checkRegistrations(leadTo: root)
        },
        VectorCheck(name: "certificate path", claims: { $0.shape.contains("anchors") }) { data, expect in
            let chain = try #require(data["chain"]).array.compactMap(\.bytes)
            let anchors = try #require(data["anchors"]).array.compactMap(\.bytes)
            let date = try Date(try #require(data["date"]?.text), strategy: .iso8601)
            guard let count = expect["pathCount"]?.number else {
                #expect(expect["reject"]?.text != nil)
                await #expect(throws: CertificatePathError.self) {
                    try await CertificatePath(from: chain, to: anchors, at: date)
                }
                return
            }
            #expect(try await CertificatePath(from: chain, to: anchors, at: date).certificates.count == count)
        },
        VectorCheck(name: "metadata", claims: { $0.shape.contains("blob") }) { data, expect in
            let blob = Array(try #require(data["blob"]?.text).utf8)
            let root = try #require(data["root"]?.bytes)
            guard let number = expect["number"]?.number else {
                #expect(expect["reject"]?.text != nil)
                await #expect(throws: MetadataError.self) { try await MetadataBLOB(blob, root: root) }
                return
            }
            let metadata = try await MetadataBLOB(blob, root: root)
            #expect(metadata.number == number)
            let aaguid = AAGUID(try #require(expect["aaguid"]?.bytes))
            let entry = metadata.entry(aaguid: try #require(aaguid))
            #expect(entry?.description == expect["description"]?.text)
            #expect(entry?.statuses.map(\.rawValue) == expect["statuses"]?.array.compactMap(\.text))
            #expect(entry?.roots == expect["roots"]?.array.compactMap(\.bytes))
        },
    ]

    /// The collection's registrations that were made with this root certificate.
    private static func checkRegistrations(leadTo root: [UInt8]) async throws {
        let registrations = VectorTests.vectors.filter { $0.shape.contains("registration") }
        var count = 0
        for vector in registrations {
            let data = try #require(KnownAnswer(vector.data, path: "data")["registration"])
            let object = try AttestationObject(try #require(data["attestationObject"]?.bytes))
            let hash = Array(SHA256.hash(data: try #require(data["clientDataJSON"]?.bytes)))
            guard case .certified(let x5c) = object.attestationType(clientDataHash: hash) else { continue }
            #expect(
                try await CertificatePath(from: x5c, to: [root], at: Date()).certificates == x5c + [root],
                "\(vector.id)"
            )
            count += 1
        }
        #expect(count > 0)
    }
}
