public import ArgumentParser
public import CTAP2
public import WebAuthn
import Interaction

extension UserVerificationRequirement: ExpressibleByArgument {}
extension CreationOptions.Attestation: ExpressibleByArgument {}
extension CreationOptions.ResidentKey: ExpressibleByArgument {}

extension CredentialProtectionPolicy: ExpressibleByArgument {
    /// By its level.
    package init?(argument: String) {
        guard let policy = Self.allCases.first(where: { String($0.level) == argument }) else { return nil }
        self = policy
    }

    package static var allValueStrings: [String] { allCases.map { String($0.level) } }
}

/// A signature algorithm by its name, in any case.
enum AlgorithmOption {
    static let known = COSEAlgorithm.verifiable

    static func parse(_ text: String) throws -> COSEAlgorithm {
        if let algorithm = known.first(where: { $0.description.lowercased() == text.lowercased() }) { return algorithm }
        throw ValidationError(.algorithms(known.map(\.description)))
    }
}
