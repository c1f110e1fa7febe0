public import FoundationEssentials
import SwiftASN1
@_spi(FixedExpiryValidationTime) internal import X509

/// A path from a certificate to a trust anchor, each certificate issued by the next (RFC 5280 §6).
public struct CertificatePath: Hashable, Sendable {
    /// DER, the first certificate of the statement first and the trust anchor last; only one if that certificate is itself an
    /// anchor.
    public let certificates: [[UInt8]]
    /// The certificates' subjects, such as `CN=Example Root,O=Example`; empty for a certificate without a name.
    public let subjects: [String]
}

extension CertificatePath {
    /// How many certificates a chain may have; real ones have up to five.
    ///
    /// The search tries every order of them, and a hostile statement may have them all issue each other.
    static let maximumCount = 6

    /// Finds a path from the first certificate of `chain` over others of it to one of `anchors`, valid at `date`.
    ///
    /// An anchor may be any certificate, the first one included: that one is then trusted whatever else it says.
    init(from chain: [[UInt8]], to anchors: [[UInt8]], at date: Date) async throws(CertificatePathError) {
        guard let leaf = chain.first, chain.count <= Self.maximumCount else { throw .wrongCount(chain.count) }
        guard !anchors.contains(leaf) else {
            let subject = (try? Certificate(tolerating: leaf))?.subject.description
            self.init(certificates: [leaf], subjects: [subject ?? ""])
            return
        }
        var certificates: [Certificate] = []
        for (index, bytes) in chain.enumerated() {
            guard let certificate = try? Certificate(tolerating: bytes) else { throw .unreadable(index: index) }
            certificates.append(certificate)
        }
        let roots = anchors.compactMap { try? Certificate(tolerating: $0) }
        var verifier = Verifier(rootCertificates: CertificateStore(roots)) {
            RFC5280Policy(fixedExpiryValidationTime: date)
            OtherCriticalExtensions()
        }
        let intermediates = CertificateStore(certificates.dropFirst())
        switch await verifier.validate(leaf: certificates[0], intermediates: intermediates) {
        case .validCertificate(let path):
            self.init(certificates: path.map(\.der), subjects: path.map(\.subject.description))
        case .couldNotValidate(let failures):
            throw CertificatePathError(failures, of: certificates, at: date)
        }
    }
}

/// Why there is no path from a certificate to a trust anchor.
public enum CertificatePathError: Error, Hashable, Sendable {
    /// The chain is empty, or longer than any real one.
    case wrongCount(Int)
    /// A certificate of the chain does not follow X.509's rules to the letter, such as one with a negative serial number.
    case unreadable(index: Int)
    /// A certificate has a critical extension that is not known here.
    case criticalExtension(String)
    /// The chain leads to none of the trust anchors.
    case untrusted
    /// A certificate of the path was no longer valid; `Date` is the end of its validity.
    case expired(Date)
    /// A certificate of the path was not valid yet; `Date` is the start of its validity.
    case notYetValid(Date)
    /// A certificate of the path may not issue others, or not this one (basic or name constraints).
    case constraints
}

extension CertificatePathError {
    fileprivate init(
        _ failures: [CertificateValidationResult.PolicyFailure],
        of chain: [Certificate],
        at date: Date
    ) {
        guard let path = failures.first?.chain else {
            let unknown = chain.compactMap(\.unknownCriticalExtension).first
            self = unknown.map { .criticalExtension($0.description) } ?? .untrusted
            return
        }
        if let expired = path.first(where: { $0.notValidAfter < date }) {
            self = .expired(expired.notValidAfter)
        } else if let early = path.first(where: { $0.notValidBefore > date }) {
            self = .notYetValid(early.notValidBefore)
        } else {
            self = .constraints
        }
    }
}

/// Accepts critical extensions that do not restrict a path to an attestation certificate.
private struct OtherCriticalExtensions: VerifierPolicy {
    /// Names and key usages are checked where an attestation format requires them (WebAuthn §8.3.1). Certificate policies
    /// restrict nothing as long as no particular policy is asked for (RFC 5280 §6.1.1).
    let verifyingCriticalExtensions: [ASN1ObjectIdentifier] = [
        .X509ExtensionID.subjectAlternativeName, .X509ExtensionID.extendedKeyUsage, [2, 5, 29, 32],
    ]

    func chainMeetsPolicyRequirements(chain: UnverifiedCertificateChain) -> PolicyEvaluationResult {
        .meetsPolicy
    }
}

extension Certificate {
    /// Reads a certificate whose signature may claim unused bits, as in a batch of U2F keys of 2014.
    ///
    /// The claim is about no byte that anyone signed.
    init(tolerating der: [UInt8]) throws {
        var der = der
        if let bits = X509Fields.signatureBits(in: der), !bits.isEmpty { der[der.count - bits.count] = 0 }
        try self.init(derEncoded: der)
    }

    fileprivate var der: [UInt8] {
        var serializer = DER.Serializer()
        // Only what was parsed is written again.
        try? serializer.serialize(self)
        return serializer.serializedBytes
    }

    fileprivate var unknownCriticalExtension: ASN1ObjectIdentifier? {
        let known =
            RFC5280Policy().verifyingCriticalExtensions + OtherCriticalExtensions().verifyingCriticalExtensions
        return extensions.first { $0.critical && !known.contains($0.oid) }?.oid
    }
}
