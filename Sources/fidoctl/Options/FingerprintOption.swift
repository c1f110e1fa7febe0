import ArgumentParser
import CTAP2
import Interaction
import Platform

/// The argument that selects a fingerprint by its name or a prefix of its ID.
struct FingerprintOption: ParsableArguments {
    @Argument(help: ArgumentHelp("The fingerprint's name, or the first digits of its ID.", valueName: "fingerprint"))
    var fingerprint: String

    func validate() throws {
        if fingerprint.isEmpty { throw ValidationError(.fingerprintNeeded) }
    }

    /// The selected fingerprint; `key` is the key's escaped name.
    func choose(from fingerprints: [FingerprintTemplate], of key: String) throws(Failure) -> FingerprintTemplate {
        let digits = fingerprint.lowercased()
        if let exact = fingerprints.first(where: { $0.id.hexadecimal == digits }) { return exact }
        let matching = fingerprints.filter { $0.name == fingerprint || $0.id.hexadecimal.hasPrefix(digits) }
        let wanted = TerminalText.escape(fingerprint)
        guard let first = matching.first else {
            let hint = fingerprints.isEmpty ? nil : Text.fingerprintsAre(fingerprints.map(\.label))
            throw Failure(.noCredential, .noSuchFingerprint(wanted, key), hint: hint)
        }
        guard matching.count == 1 else {
            throw Failure(.usage, .severalFingerprints(wanted, key), hint: .fingerprintsAre(matching.map(\.label)))
        }
        return first
    }
}

/// A fingerprint's name on the command line.
enum FingerprintNameOption {
    static func parse(_ text: String) throws -> String {
        guard !text.isEmpty else { throw ValidationError(.nameEmpty) }
        return text
    }
}
