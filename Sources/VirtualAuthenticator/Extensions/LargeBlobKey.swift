import CTAP2
import Platform

/// largeBlobKey (CTAP 2.1 §12.3): a key for each credential, with which clients encrypt the credential's large blob.
struct LargeBlobKey: KeyExtension {
    let identifier = "largeBlobKey"
    let responseMembers: ResponseMembers? = ResponseMembers(make: 0x05, assert: 0x07)

    func takesMakeInput(_ input: CBORValue) -> Bool { input.bool != nil }
    func takesAssertInput(_ input: CBORValue) -> Bool { input.bool != nil }

    func make(
        _ input: CBORValue,
        keeping data: inout CBORMap,
        _ context: ExtensionContext
    ) throws(Refusal) -> CBORValue? {
        guard input == true, context.isDiscoverable else { throw Refusal(.invalidOption) }
        data[Self.member] = .bytes(context.key.random.bytes(32))
        return data[Self.member]
    }

    func assert(_ input: CBORValue, with data: CBORMap, _: ExtensionContext) throws(Refusal) -> CBORValue? {
        guard input == true else { throw Refusal(.invalidOption) }
        return data[Self.member]
    }

    /// The member in which `make` stores it.
    static let member: CBORValue = 1
}
