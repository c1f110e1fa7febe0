import CTAP2

/// pinComplexityPolicy (CTAP 2.3 §12.6): discloses to the sites of setMinPINLength whether simple PINs are rejected.
struct PINComplexityPolicy: KeyExtension {
    let identifier = "pinComplexityPolicy"

    func takesMakeInput(_ input: CBORValue) -> Bool { input.bool != nil }
    func takesAssertInput(_: CBORValue) -> Bool { true }

    func make(_ input: CBORValue, keeping _: inout CBORMap, _ context: ExtensionContext) throws(Refusal) -> CBORValue? {
        guard input == true else { return nil }
        return try context.key.requiresPINComplexity(for: context.rpId).map { .bool($0) }
    }

    func assert(_: CBORValue, with _: CBORMap, _: ExtensionContext) -> CBORValue? { nil }
}
