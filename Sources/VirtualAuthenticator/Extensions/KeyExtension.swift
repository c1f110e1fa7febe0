package import CTAP2

/// The key's side of an authenticator extension (CTAP 2.1 §12).
package protocol KeyExtension: Sendable {
    /// The identifier in requests, getInfo and authenticator data.
    var identifier: String { get }

    /// The members of the responses for the outputs; `nil` means that they go into authenticator data.
    var responseMembers: ResponseMembers? { get }

    /// Whether an input of makeCredential has the right type; checked before any user action.
    func takesMakeInput(_ input: CBORValue) -> Bool

    /// Whether an input of getAssertion has the right type; checked before any user action.
    func takesAssertInput(_ input: CBORValue) -> Bool

    /// Extends makeCredential: `data` is stored with the credential, and the result goes into authenticator data.
    func make(
        _ input: CBORValue,
        keeping data: inout CBORMap,
        _ context: ExtensionContext
    ) throws(Refusal) -> CBORValue?

    /// Extends getAssertion with the data from `make`, empty if the credential was created without this extension.
    func assert(_ input: CBORValue, with data: CBORMap, _ context: ExtensionContext) throws(Refusal) -> CBORValue?
}

extension KeyExtension {
    package var responseMembers: ResponseMembers? { nil }
}

/// The numbers of an extension's members in the responses of makeCredential and getAssertion.
package struct ResponseMembers: Hashable, Sendable {
    var make: Int
    var assert: Int
}

/// The extensions' additions to a response.
struct ExtensionOutputs {
    /// By identifier.
    var authenticatorData: CBORMap = [:]
    var members: CBORMap = [:]

    mutating func add(_ output: CBORValue?, of keyExtension: any KeyExtension, _ member: KeyPath<ResponseMembers, Int>)
    {
        if let members = keyExtension.responseMembers {
            self.members[.int(members[keyPath: member])] = output
        } else {
            authenticatorData[.text(keyExtension.identifier)] = output
        }
    }
}

/// The context of the extended command.
package struct ExtensionContext {
    package var rpId: String
    package var isUserPresent: Bool
    package var isUserVerified: Bool
    /// Whether the new credential is stored on the key.
    var isDiscoverable = false
    /// What the extensions that ran before stored with the new credential, by identifier.
    var keptBefore: CBORMap = [:]
    let key: any ExtensibleKey
}

/// The key's services for extensions.
protocol ExtensibleKey: AnyObject {
    var random: any RandomNumberGenerator { get set }

    /// `nil` if the site must not learn it.
    func minimumPINLength(for rpId: String) throws(Refusal) -> Int?

    /// `nil` if the site must not learn it.
    func requiresPINComplexity(for rpId: String) throws(Refusal) -> Bool?

    /// The shared secret of platform and key; the default is protocol one.
    func sharedSecret(with platformKey: CBORMap, for protocolNumber: UInt64?) throws(Refusal) -> PINSharedSecret
}

/// The extensions of a key in the order in which they run. Sets with the same identifiers are equal.
package struct KeyExtensions: Sendable {
    private let extensions: [any KeyExtension]

    /// All supported extensions.
    static let all: [any KeyExtension] = [
        CredProtect(), CredBlob(), HMACSecret(), HMACSecretMC(), LargeBlobKey(), MinPinLength(), PINComplexityPolicy(),
        ThirdPartyPayment(),
    ]

    package init(_ extensions: [any KeyExtension]) {
        self.extensions = extensions
    }

    var identifiers: [String] { extensions.map(\.identifier) }

    func filter(_ isIncluded: (String) -> Bool) -> KeyExtensions {
        KeyExtensions(extensions.filter { isIncluded($0.identifier) })
    }

    /// The type-checked inputs of makeCredential for the key's extensions; others are ignored.
    func makeInputs(_ request: RequestMap?) throws(Refusal) -> ExtensionInputs {
        try inputs(request) { $0.takesMakeInput($1) }
    }

    /// The same for getAssertion.
    func assertInputs(_ request: RequestMap?) throws(Refusal) -> ExtensionInputs {
        try inputs(request) { $0.takesAssertInput($1) }
    }

    private func inputs(
        _ request: RequestMap?,
        takes: (any KeyExtension, CBORValue) -> Bool
    ) throws(Refusal) -> ExtensionInputs {
        var inputs: ExtensionInputs = [:]
        for keyExtension in extensions {
            inputs[keyExtension.identifier] = try request?.optional(.text(keyExtension.identifier)) { input in
                takes(keyExtension, input) ? input : nil
            }
        }
        return inputs
    }

    /// The outputs and the data to store with the credential, by identifier.
    func make(
        _ inputs: ExtensionInputs,
        _ context: ExtensionContext
    ) throws(Refusal) -> (outputs: ExtensionOutputs, kept: CBORMap) {
        var (outputs, kept): (ExtensionOutputs, CBORMap) = (.init(), [:])
        var context = context
        for keyExtension in extensions {
            guard let input = inputs[keyExtension.identifier] else { continue }
            var data: CBORMap = [:]
            outputs.add(try keyExtension.make(input, keeping: &data, context), of: keyExtension, \.make)
            if !data.isEmpty { kept[.text(keyExtension.identifier)] = .map(data) }
            context.keptBefore = kept
        }
        return (outputs, kept)
    }

    /// The outputs; `kept` is the credential's data from `make`.
    func assert(
        _ inputs: ExtensionInputs,
        with kept: CBORMap,
        _ context: ExtensionContext
    ) throws(Refusal) -> ExtensionOutputs {
        var outputs = ExtensionOutputs()
        for keyExtension in extensions {
            guard let input = inputs[keyExtension.identifier] else { continue }
            let data = kept[.text(keyExtension.identifier)]?.map ?? [:]
            outputs.add(try keyExtension.assert(input, with: data, context), of: keyExtension, \.assert)
        }
        return outputs
    }
}

/// The checked inputs of one request, by identifier.
typealias ExtensionInputs = [String: CBORValue]

extension KeyExtensions: Hashable {
    package static func == (one: KeyExtensions, other: KeyExtensions) -> Bool {
        one.identifiers == other.identifiers
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(identifiers)
    }
}
