import Crypto
import FoundationEssentials
import X509
@testable import WebAuthn

/// A FIDO metadata BLOB, signed with a key of the test's.
struct HandMadeBLOB {
    var root: TestAuthority
    var signer = P256.Signing.PrivateKey()
    var signerName = "mds.fidoalliance.org"
    var algorithm = "ES256"
    /// More members of the header, such as `"crit":["b64"],`.
    var header = ""
    /// The header's certificates, instead of the signer's.
    var chain: [[UInt8]]?
    var nextUpdate = "2099-12-31"
    /// JSON of the entries.
    var entries: [String] = []
    /// More members of the payload.
    var payload = ""

    init() throws {
        root = try TestAuthority("Metadata Root")
    }

    /// JSON of an entry for a FIDO2 model.
    static func entry(
        aaguid: String,
        description: String = "Example Key",
        roots: [[UInt8]] = [],
        statuses: [String] = ["FIDO_CERTIFIED_L1"],
        status: String = ""
    ) -> String {
        let reports =
            statuses.map { #"{"status":"\#($0)","effectiveDate":"2024-01-01"}"# } + (status.isEmpty ? [] : [status])
        return #"{"aaguid":"\#(aaguid)",\#(members(description, roots, reports))}"#
    }

    /// JSON of an entry for a U2F model.
    static func entry(keyIdentifier: [UInt8], description: String, roots: [[UInt8]]) -> String {
        let identifier = keyIdentifier.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return #"{"attestationCertificateKeyIdentifiers":["\#(identifier)"],\#(members(description, roots, []))}"#
    }

    private static func members(_ description: String, _ roots: [[UInt8]], _ reports: [String]) -> String {
        let certificates = roots.map { "\"" + Data($0).base64EncodedString() + "\"" }.joined(separator: ",")
        return """
            "metadataStatement":{"description":"\(description)","attestationRootCertificates":[\(certificates)],
            "authenticatorVersion":2,"upv":[{"major":1,"minor":0}]},"timeOfLastStatusChange":"2024-01-01",
            "statusReports":[\(reports.joined(separator: ","))]
            """
    }

    var bytes: [UInt8] {
        get throws {
            let certificates =
                try chain ?? [root.serverCertificate(Certificate.PublicKey(signer.publicKey), name: signerName)]
            let x5c = certificates.map { "\"" + Data($0).base64EncodedString() + "\"" }.joined(separator: ",")
            let head = #"{"alg":"\#(algorithm)",\#(header)"typ":"JWT","x5c":[\#(x5c)]}"#
            let body = """
                {"legalHeader":"Test data","no":7,"nextUpdate":"\(nextUpdate)",\(payload)
                "entries":[\(entries.joined(separator: ","))]}
                """
            let signed = Base64URL.encode(Array(head.utf8)) + "." + Base64URL.encode(Array(body.utf8))
            let signature = try signer.signature(for: Array(signed.utf8)).rawRepresentation
            return Array((signed + "." + Base64URL.encode(Array(signature))).utf8)
        }
    }

    func read(at now: Date = Date()) async throws(MetadataError) -> MetadataBLOB {
        try await MetadataBLOB((try? bytes) ?? [], root: root.der, at: now)
    }
}
