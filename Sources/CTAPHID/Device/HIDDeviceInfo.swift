import Platform

/// The system's description of a plugged key, read without opening the key.
public struct HIDDeviceInfo: Hashable, Sendable {
    /// Whether this process may open the device node.
    public enum Access: Hashable, Sendable {
        case granted
        /// The node belongs to user `owner` and group `group`, and its twelve permission bits, `mode`, exclude us.
        case denied(owner: UInt32, group: UInt32, mode: UInt32)
        /// The kernel has the key but there is no device node for it here, as in a container.
        case noNode
    }

    /// The bus of the key (linux/input.h, `BUS_…`); unknown values are kept.
    public struct Bus: RawRepresentable, Hashable, Sendable {
        public let rawValue: UInt16

        public init(rawValue: UInt16) {
            self.rawValue = rawValue
        }

        public static let usb = Bus(rawValue: 0x03)
        public static let bluetooth = Bus(rawValue: 0x05)
        public static let virtual = Bus(rawValue: 0x06)
    }

    /// The device node, such as `/dev/hidraw0`.
    public var path: String
    /// The kernel's name for the plugged key, such as `0003:1209:0001.0005`; it changes with every plug-in. Empty where
    /// the system gives none.
    public var plugID: String
    /// The kernel's name for the key's USB port, such as `1-2.4`; `nil` on another bus.
    public var usbPort: String?
    public var bus: Bus
    public var vendorID: UInt16
    public var productID: UInt16
    /// The device release number (USB's bcdDevice), 0 where the bus has none.
    public var release: UInt16
    /// Names as the key states them: untrusted text that must be escaped before it reaches a terminal.
    public var manufacturer: String?
    public var product: String?
    public var serialNumber: String?
    /// Bytes in a report from the key, 8 to 1024, without a report number.
    public var inputReportSize: Int
    /// Bytes in a report to the key, 8 to 1024, without a report number.
    public var outputReportSize: Int
    public var access: Access
    /// Whether the key cannot be opened and a running udevd has yet to process its node.
    var awaitsUdev = false

    package init(
        path: String,
        plugID: String = "",
        usbPort: String? = nil,
        bus: Bus = .usb,
        vendorID: UInt16,
        productID: UInt16,
        release: UInt16 = 0,
        manufacturer: String? = nil,
        product: String? = nil,
        serialNumber: String? = nil,
        inputReportSize: Int = 64,
        outputReportSize: Int = 64,
        access: Access = .granted
    ) {
        self.path = path
        self.plugID = plugID
        self.usbPort = usbPort
        self.bus = bus
        self.vendorID = vendorID
        self.productID = productID
        self.release = release
        self.manufacturer = manufacturer
        self.product = product
        self.serialNumber = serialNumber
        self.inputReportSize = inputReportSize
        self.outputReportSize = outputReportSize
        self.access = access
    }
}

extension HIDDeviceInfo {
    /// Manufacturer and product, or `security key` with the vendor and product numbers as lsusb writes them.
    ///
    /// Not escaped: it must be before it reaches a terminal.
    public var displayName: String {
        let manufacturer = manufacturer ?? ""
        let product = product ?? ""
        if product.isEmpty, manufacturer.isEmpty {
            return "security key \(vendorID.hexadecimal):\(productID.hexadecimal)"
        }
        if product.isEmpty { return manufacturer }
        return product.hasPrefix(manufacturer) ? product : "\(manufacturer) \(product)"
    }

    /// Whether the two describe one key that was not unplugged in between.
    func isSamePlug(as other: HIDDeviceInfo) -> Bool {
        path == other.path && plugID == other.plugID && vendorID == other.vendorID && productID == other.productID
            && serialNumber == other.serialNumber
    }
}
