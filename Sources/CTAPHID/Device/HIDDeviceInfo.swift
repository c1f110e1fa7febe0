/// What the system says about a plugged key, without the key having been opened or asked.
public struct HIDDeviceInfo: Hashable, Sendable {
    /// Whether this process may open the device node.
    public enum Access: Hashable, Sendable {
        case granted
        /// The node belongs to user `owner` and group `group`, and `mode` (the twelve permission bits) keeps us out.
        case denied(owner: UInt32, group: UInt32, mode: UInt32)
        /// The kernel has the key and there is no node for it here, as in a container.
        case noNode
    }

    /// How the key is attached (linux/input.h, `BUS_…`); unknown values are kept.
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
    /// The kernel's name for the key as it is plugged in now, such as `0003:1209:0001.0005`: another one after every
    /// plug-in. Empty where the system does not tell.
    public var plugID: String
    public var bus: Bus
    public var vendorID: UInt16
    public var productID: UInt16
    /// The device release number (USB's bcdDevice), 0 where the bus has none.
    public var release: UInt16
    /// Names as the key gives them: unchecked text that must be escaped before it reaches a terminal.
    public var manufacturer: String?
    public var product: String?
    public var serialNumber: String?
    /// Bytes in a report from the key, 8 to 1024, without report number.
    public var inputReportSize: Int
    /// Bytes in a report to the key, 8 to 1024, without report number.
    public var outputReportSize: Int
    public var access: Access
    /// Whether the key may not be opened and udevd, which runs, has not dealt with its node yet.
    var awaitsUdev = false

    public init(
        path: String,
        plugID: String = "",
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
    /// Whether the two describe one key that was not pulled out in between.
    func isSamePlug(as other: HIDDeviceInfo) -> Bool {
        path == other.path && plugID == other.plugID && vendorID == other.vendorID && productID == other.productID
            && serialNumber == other.serialNumber
    }
}

extension HIDDeviceInfo {
    /// Maker and product for people, or vendor and product numbers where the key gives neither: unchecked text that must be
    /// escaped before it reaches a terminal.
    public var displayName: String {
        let manufacturer = manufacturer ?? ""
        let product = product ?? ""
        let parts = product.hasPrefix(manufacturer) ? [product] : [manufacturer, product]
        let name = parts.filter { !$0.isEmpty }.joined(separator: " ")
        guard name.isEmpty else { return name }
        func digits(_ number: UInt16) -> String {
            let digits = String(number, radix: 16)
            return String(repeating: "0", count: 4 - digits.count) + digits
        }
        return "security key \(digits(vendorID)):\(digits(productID))"
    }
}
