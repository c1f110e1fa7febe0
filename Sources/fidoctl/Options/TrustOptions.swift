import ArgumentParser
import FoundationEssentials
import Interaction
import WebAuthn

/// What verify trusts about the models of keys.
struct TrustOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Trusted root certificates in PEM, one of which the attestation certificate must lead to. May be repeated.",
            valueName: "file"
        ),
        completion: .file()
    )
    var roots: [String] = []

    @Option(
        help: ArgumentHelp(
            "The FIDO Metadata Service's BLOB: the model of key must be in it, and not be compromised.",
            valueName: "file"
        ),
        completion: .file()
    )
    var mds: String?

    @Option(
        help: ArgumentHelp(
            "The root certificate of the BLOB's signature, in PEM (default: GlobalSign Root CA - R3).",
            valueName: "file"
        ),
        completion: .file()
    )
    var mdsRoot: String?

    @Option(
        help: ArgumentHelp(
            "When the certificates must be valid, such as 2026-07-30T12:00:00Z (default: now).",
            valueName: "date"
        ),
        transform: DateOption.parse
    )
    var attestedAt: Date?

    func validate() throws {
        if mdsRoot != nil, mds == nil { throw ValidationError(.belongs("--mds-root", to: "--mds")) }
        if attestedAt != nil, isEmpty {
            throw ValidationError(.attestedAtAlone)
        }
    }

    /// The paths that were given.
    var files: [String?] { roots + [mds, mdsRoot] }

    var isEmpty: Bool { roots.isEmpty && mds == nil }

    /// Reads the files; `nil` without any.
    func read() async throws(Failure) -> AttestationTrust? {
        guard !isEmpty else { return nil }
        var trust = AttestationTrust(date: attestedAt ?? Date())
        for file in roots { trust.roots += try Self.certificates(file) }
        if let mds { trust.metadata = try await metadata(mds) }
        return trust
    }

    private func metadata(_ file: String) async throws(Failure) -> MetadataBLOB {
        let root = try mdsRoot.map { (file) throws(Failure) in try Self.root(file) } ?? MetadataBLOB.globalSignRootR3
        let bytes = try InputFile.read(file, limit: MetadataBLOB.maximumByteCount)
        do throws(MetadataError) {
            return try await MetadataBLOB(bytes, root: root)
        } catch {
            throw Failure(.badData, .badMetadata(InputFile.name(file), error), hint: .metadataHint)
        }
    }

    private static func certificates(_ file: String) throws(Failure) -> [[UInt8]] {
        let pem = try InputFile.read(file)
        do throws(CertificateFileError) {
            return try CertificateFile.certificates(pem: pem)
        } catch {
            throw Failure(.badData, .badCertificates(InputFile.name(file), error))
        }
    }

    private static func root(_ file: String) throws(Failure) -> [UInt8] {
        let certificates = try certificates(file)
        guard certificates.count == 1 else {
            throw Failure(.badData, .severalRoots(InputFile.name(file), certificates.count))
        }
        return certificates[0]
    }
}

/// A day, or a moment with its time zone (ISO 8601).
enum DateOption {
    static func parse(_ text: String) throws -> Date {
        if let moment = try? Date(text, strategy: .iso8601) { return moment }
        if let day = try? Date(text, strategy: Date.ISO8601FormatStyle().year().month().day()) { return day }
        throw ValidationError(.dateForm)
    }
}
