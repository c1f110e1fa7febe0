import CTAPHID

/// A key's name in text for people.
struct KeyName: Hashable, Sendable {
    /// Maker and product, escaped for a terminal.
    let name: String
    /// Where it is, as `--device` takes it, escaped for a terminal.
    let path: String

    init(_ device: HIDDeviceInfo) {
        name = TerminalText.escape(device.displayName)
        path = TerminalText.escape(device.path)
    }

    init(name: String, path: String) {
        self.name = name
        self.path = path
    }
}

/// Vendor and product numbers as lsusb writes them.
enum USBNumber {
    static func pair(_ device: HIDDeviceInfo) -> String {
        hex(device.vendorID) + ":" + hex(device.productID)
    }

    private static func hex(_ number: UInt16) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
