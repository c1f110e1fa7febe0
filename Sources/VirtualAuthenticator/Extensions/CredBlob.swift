import CTAP2

/// credBlob (CTAP 2.1 §12.2): a few bytes that are stored with a discoverable credential.
struct CredBlob: KeyExtension {
    let identifier = "credBlob"

    /// In bytes; the minimum of the specification (getInfo member maxCredBlobLength).
    static let maximumLength = 32

    private static let member: CBORValue = 1

    func takesMakeInput(_ input: CBORValue) -> Bool { input.bytes != nil }
    func takesAssertInput(_ input: CBORValue) -> Bool { input.bool != nil }

    /// The credential is made even if the blob cannot be stored.
    func make(_ input: CBORValue, keeping data: inout CBORMap, _ context: ExtensionContext) -> CBORValue? {
        guard let blob = input.bytes, blob.count <= Self.maximumLength, context.isDiscoverable else { return false }
        data[Self.member] = input
        return true
    }

    func assert(_ input: CBORValue, with data: CBORMap, _: ExtensionContext) -> CBORValue? {
        input == true ? data[Self.member] ?? .bytes([]) : nil
    }
}
