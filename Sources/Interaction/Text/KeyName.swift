package import CTAP2
package import CTAPHID
import Platform

/// A key's name in text for people.
package struct KeyName: Hashable, Sendable {
    /// Vendor and product, escaped for a terminal.
    package let name: String
    /// The value for `--device`, escaped for a terminal.
    package let path: String

    package init(_ device: HIDDeviceInfo) {
        name = TerminalText.escape(device.displayName)
        path = TerminalText.escape(device.path)
    }

    /// Its name for people, after the user's own name for it, which is not escaped.
    package func called(_ ownName: String?) -> String {
        ownName.map { "\(TerminalText.escape($0)) (\(name))" } ?? name
    }

    package init(name: String, path: String) {
        self.name = name
        self.path = path
    }
}

extension KeyName {
    package init(_ key: KeyDescription) {
        self.init(name: TerminalText.escape(key.name), path: TerminalText.escape(key.path))
    }
}

/// Vendor and product numbers as lsusb writes them.
package enum USBNumber {
    package static func pair(_ device: HIDDeviceInfo) -> String {
        device.vendorID.hexadecimal + ":" + device.productID.hexadecimal
    }
}
