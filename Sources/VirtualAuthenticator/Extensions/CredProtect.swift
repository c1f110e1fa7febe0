import CTAP2

/// credProtect (CTAP 2.1 §12.1): when a credential is visible.
struct CredProtect: KeyExtension {
    let identifier = "credProtect"

    func takesMakeInput(_ input: CBORValue) -> Bool { input.unsigned != nil }
    func takesAssertInput(_: CBORValue) -> Bool { true }

    func make(
        _ input: CBORValue,
        keeping data: inout CBORMap,
        _: ExtensionContext
    ) throws(Refusal) -> CBORValue? {
        guard let level = input.unsigned, 1...3 ~= level else { throw Refusal(.invalidParameter) }
        data[Self.member] = input
        return input
    }

    func assert(_: CBORValue, with _: CBORMap, _: ExtensionContext) -> CBORValue? { nil }

    /// The member in which `make` stores the level.
    static let member: CBORValue = 1
}

/// The levels of credProtect (CTAP 2.1 §12.1).
enum CredentialProtection: UInt64, Hashable {
    case userVerificationOptional = 1
    case userVerificationOptionalWithCredentialIDList
    case userVerificationRequired

    /// The level in the extension `data` of a credential; by default the lowest.
    init(in data: CBORMap) {
        let level = data["credProtect"]?.map?[CredProtect.member]?.unsigned
        self = level.flatMap(Self.init(rawValue:)) ?? .userVerificationOptional
    }

    /// Whether the credential is visible; `isListed` is whether the site listed it.
    func shows(isListed: Bool, isVerified: Bool) -> Bool {
        switch self {
        case .userVerificationOptional: true
        case .userVerificationOptionalWithCredentialIDList: isListed || isVerified
        case .userVerificationRequired: isVerified
        }
    }
}
