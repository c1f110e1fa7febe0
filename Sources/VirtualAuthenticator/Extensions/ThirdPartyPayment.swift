import CTAP2

/// thirdPartyPayment (CTAP 2.3 §12.9): whether other sites may use a credential for payments.
struct ThirdPartyPayment: KeyExtension {
    let identifier = "thirdPartyPayment"

    func takesMakeInput(_ input: CBORValue) -> Bool { input.bool != nil }
    func takesAssertInput(_ input: CBORValue) -> Bool { input.bool != nil }

    func make(_ input: CBORValue, keeping data: inout CBORMap, _: ExtensionContext) -> CBORValue? {
        if input == true { data[Self.member] = true }
        return nil
    }

    func assert(_ input: CBORValue, with data: CBORMap, _: ExtensionContext) -> CBORValue? {
        input == true ? .bool(data[Self.member] == true) : nil
    }

    /// The member in which `make` stores the permission.
    static let member: CBORValue = 1
}
