public import ArgumentParser
public import CTAP2
public import WebAuthn

extension UserVerificationRequirement: ExpressibleByArgument {}
extension CreationOptions.Attestation: ExpressibleByArgument {}
extension CreationOptions.ResidentKey: ExpressibleByArgument {}

/// A signature algorithm by its name, in any case.
enum AlgorithmOption {
    static let known = COSEAlgorithm.verifiable

    static func parse(_ text: String) throws -> COSEAlgorithm {
        if let algorithm = known.first(where: { $0.description.lowercased() == text.lowercased() }) { return algorithm }
        throw ValidationError("the algorithms are " + known.map(\.description).joined(separator: ", "))
    }
}
