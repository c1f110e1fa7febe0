/// The settings of one call.
package struct CallOptions: Hashable, Sendable {
    /// One of OpenSSH's `sk_option` structures.
    package struct Setting {
        let name: String
        let value: [UInt8]
        let isRequired: Bool

        package init(name: String, value: [UInt8], isRequired: Bool) {
            self.name = name
            self.value = value
            self.isRequired = isRequired
        }
    }

    private static let userIDLength = 32

    /// The device node to use; any key by default.
    package var device: String?
    /// The account of a resident key, filled with zeros.
    package var userID = [UInt8](repeating: 0, count: userIDLength)

    /// `names` are those that the call knows. Throws for an unknown one that is required, and for a value that does not fit.
    package init(_ settings: [Setting], knowing names: Set<String>) throws(ProviderError) {
        for setting in settings {
            switch setting.name {
            case "device" where names.contains("device"):
                guard let path = String(validating: setting.value, as: UTF8.self), !path.isEmpty else { throw .general }
                device = path
            case "user" where names.contains("user"):
                // OpenSSH's own provider keeps the last byte for the end of a C string.
                guard setting.value.count < Self.userIDLength else { throw .general }
                userID = setting.value + [UInt8](repeating: 0, count: Self.userIDLength - setting.value.count)
            default: guard !setting.isRequired else { throw .unsupported }
            }
        }
    }
}
