import CTAPHID
import Platform

/// A key's name in text for people.
struct KeyName: Hashable, Sendable {
    /// Vendor and product, escaped for a terminal.
    let name: String
    /// The value for `--device`, escaped for a terminal.
    let path: String

    init(_ device: HIDDeviceInfo) {
        name = TerminalText.escape(device.displayName)
        path = TerminalText.escape(device.path)
    }

    /// Its name for people, after the user's own name for it, which is not escaped.
    func called(_ ownName: String?) -> String {
        ownName.map { "\(TerminalText.escape($0)) (\(name))" } ?? name
    }

    init(name: String, path: String) {
        self.name = name
        self.path = path
    }
}

/// Vendor and product numbers as lsusb writes them.
enum USBNumber {
    static func pair(_ device: HIDDeviceInfo) -> String {
        device.vendorID.hexadecimal + ":" + device.productID.hexadecimal
    }
}
