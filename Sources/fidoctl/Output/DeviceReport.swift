import CTAPHID
import Interaction

/// A plugged key as `list --json` shows it.
struct DeviceReport: Encodable {
    /// Whether this user may open the key's node.
    struct Permission: Encodable {
        var granted: Bool
        /// Owner and group of the node, if it cannot be opened.
        var owner: String?
        /// The node's permission bits in octal, if it cannot be opened.
        var mode: String?
        /// What to do about it.
        var hint: String?
    }

    var path: String
    var name: String
    /// The user's own name for the key, if the key is remembered.
    var ownName: String?
    var manufacturer: String?
    var product: String?
    var serial: String?
    var vendorId: UInt16
    var productId: UInt16
    var release: UInt16
    var bus: String
    var inputReportSize: Int
    var outputReportSize: Int
    var permission: Permission

    init(_ device: HIDDeviceInfo, ownName: String? = nil) {
        self.ownName = ownName
        path = device.path
        name = KeyName(device).name
        manufacturer = device.manufacturer
        product = device.product
        serial = device.serialNumber
        vendorId = device.vendorID
        productId = device.productID
        release = device.release
        bus = device.bus.name
        inputReportSize = device.inputReportSize
        outputReportSize = device.outputReportSize
        permission = Permission(device.access)
    }

    /// The key for people: one line, and a second one if it cannot be opened.
    static func lines(_ device: HIDDeviceInfo, ownName: String? = nil) -> [String] {
        let key = KeyName(device)
        let serial = device.serialNumber.map { "  " + Text.serial(TerminalText.escape($0)).localized } ?? ""
        let line = "\(key.path)  \(key.called(ownName))  \(USBNumber.pair(device))\(serial)"
        guard device.access != .granted else { return [line] }
        let failure = Failure.noPermission(device)
        return [line, "  " + failure.message.localized] + (failure.hint.map { ["  " + $0.localized] } ?? [])
    }

    private enum Members: CodingKey {
        case path, name, ownName, manufacturer, product, serial, vendorId, productId, release, bus
        case inputReportSize, outputReportSize, permission
    }

    /// Every member is present, null if the key does not report it.
    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Members.self)
        try members.encode(path, forKey: .path)
        try members.encode(name, forKey: .name)
        try members.encode(ownName, forKey: .ownName)
        try members.encode(manufacturer, forKey: .manufacturer)
        try members.encode(product, forKey: .product)
        try members.encode(serial, forKey: .serial)
        try members.encode(vendorId, forKey: .vendorId)
        try members.encode(productId, forKey: .productId)
        try members.encode(release, forKey: .release)
        try members.encode(bus, forKey: .bus)
        try members.encode(inputReportSize, forKey: .inputReportSize)
        try members.encode(outputReportSize, forKey: .outputReportSize)
        try members.encode(permission, forKey: .permission)
    }
}

extension DeviceReport.Permission {
    init(_ access: HIDDeviceInfo.Access) {
        switch access {
        case .granted:
            self.init(granted: true)
        case .denied(let user, let group, let mode):
            self.init(
                granted: false,
                owner: UnixOwner.description(user: user, group: group),
                mode: UnixOwner.octal(mode),
                hint: Text.permissionHint.localized
            )
        case .noNode:
            self.init(granted: false, hint: Text.noNodeHint.localized)
        }
    }
}

extension HIDDeviceInfo.Bus {
    fileprivate var name: String {
        switch self {
        case .usb: "usb"
        case .bluetooth: "bluetooth"
        case .virtual: "virtual"
        default: String(rawValue)
        }
    }
}
