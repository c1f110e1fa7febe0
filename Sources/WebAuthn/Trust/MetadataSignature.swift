internal import CTAP2
internal import Crypto
internal import FoundationEssentials
internal import SwiftASN1
internal import X509

/// The header of a BLOB: who signed it, and how (RFC 7515 §4.1).
struct MetadataSignature {
    private let algorithm: String
    /// The signer's certificate and its chain, in DER.
    private let chain: [[UInt8]]

    /// FIDO's name in the certificate. Its root certificate is that of a public authority, which certifies anyone.
    private static let signer = "mds.fidoalliance.org"

    private struct Header: Decodable {
        let alg: String
        let x5c: [String]
        /// Extensions of which not one is known here.
        let crit: [String]?
    }

    init(_ json: [UInt8]) throws(MetadataError) {
        let header: Header
        do throws(JSONError) {
            header = try JSON.decode(Header.self, from: json)
        } catch {
            throw .header(error)
        }
        let chain = header.x5c.compactMap { Data(base64Encoded: $0).map(Array.init) }
        guard header.crit == nil, !chain.isEmpty, chain.count == header.x5c.count else { throw .header(nil) }
        algorithm = header.alg
        self.chain = chain
    }

    /// Throws unless FIDO signed `token`, by certificates that are valid `now` and lead to `root`.
    func verify(_ token: JSONWebSignature, root: [UInt8], at now: Date) async throws(MetadataError) {
        do throws(CertificatePathError) {
            _ = try await CertificatePath(from: chain, to: [root], at: now)
        } catch {
            throw .path(error)
        }
        guard let certificate = try? Certificate(derEncoded: chain[0]),
            let names = try? certificate.extensions.subjectAlternativeNames,
            names.contains(.dnsName(Self.signer))
        else { throw .otherSigner }
        guard try hasSigned(token) else { throw .wrongSignature }
    }

    private func hasSigned(_ token: JSONWebSignature) throws(MetadataError) -> Bool {
        let key = X509Fields(chain[0]).flatMap { VerificationKey(subjectPublicKeyInfo: $0.publicKey) }
        switch (algorithm, key) {
        case ("RS256", .rsa):
            return (try? key?.verify(token.signature, over: token.signed, algorithm: .rs256)) == true
        case ("ES256", .p256(let key)):
            // JWS has the two numbers side by side (RFC 7518 §3.4).
            let signature = try? P256.Signing.ECDSASignature(rawRepresentation: token.signature)
            return signature.map { key.isValidSignature($0, for: token.signed) } ?? false
        default: throw .algorithm(algorithm)
        }
    }
}
