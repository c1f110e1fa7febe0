import CTAP2

/// minPinLength (CTAP 2.3 §12.5): discloses the minimum PIN length to the sites of setMinPINLength.
struct MinPinLength: KeyExtension {
    let identifier = "minPinLength"

    func takesMakeInput(_ input: CBORValue) -> Bool { input.bool != nil }
    func takesAssertInput(_: CBORValue) -> Bool { true }

    func make(
        _ input: CBORValue,
        keeping _: inout CBORMap,
        _ context: ExtensionContext
    ) throws(Refusal) -> CBORValue? {
        guard input == true else { return nil }
        return try context.key.minimumPINLength(for: context.rpId).map { .int($0) }
    }

    func assert(_: CBORValue, with _: CBORMap, _: ExtensionContext) -> CBORValue? { nil }
}
