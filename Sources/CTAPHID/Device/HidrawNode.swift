import Glibc

/// A hidraw device of any kind, as described in `/sys/class/hidraw`; the device itself is not opened.
///
/// sysfs is read directly: hidapi 0.13 omits keys on a virtual bus and those without a serial number line, and neither
/// hidapi nor libudev is safe against a device that vanishes during the scan.
struct HidrawNode: Sendable {
    private static let classFolder = "/sys/class/hidraw"

    /// The kernel's name, such as `hidraw0`.
    let name: String
    /// The device node, such as `/dev/hidraw0`.
    let path: String
    /// "major:minor".
    private let number: String?
    /// The lines of the HID device's uevent file, such as HID_ID.
    private let properties: Properties

    private var deviceFolder: String { "\(Self.classFolder)/\(name)/device" }

    /// All hidraw devices, in the order of their numbers.
    static func all() -> [HidrawNode] {
        FileSystem.names(in: classFolder)
            .sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
            .compactMap(HidrawNode.init)
    }

    /// `nil` when the device is already gone.
    private init?(name: String) {
        guard let uevent = FileSystem.text(of: "\(Self.classFolder)/\(name)/device/uevent") else { return nil }
        self.name = name
        properties = Properties(text: uevent)
        let own = FileSystem.text(of: "\(Self.classFolder)/\(name)/uevent").map(Properties.init)
        path = "/dev/" + (own?["DEVNAME"] ?? name)
        if let major = own?["MAJOR"], let minor = own?["MINOR"] { number = "\(major):\(minor)" } else { number = nil }
    }

    /// The kernel's name for the device, composed of manufacturer and product.
    var hidName: String { properties["HID_NAME"] ?? name }

    /// Whether `status` is that of this device's node, whatever its path.
    func isNode(_ status: stat) -> Bool {
        number == Self.number(status)
    }

    /// The number of a device node, as sysfs writes it.
    private static func number(_ status: stat) -> String {
        // The C macros major() and minor(), which Swift does not import.
        let device = UInt64(status.st_rdev)
        let major = (device >> 8) & 0xFFF | (device >> 32) & 0xFFFF_F000
        let minor = device & 0xFF | (device >> 12) & 0xFFFF_FF00
        return "\(major):\(minor)"
    }

    /// Whether a key that was listed is still there, and its node still its own, which its plug ID and its number tell.
    ///
    /// `false` also where the system gives no plug ID: then only a new listing can tell.
    static func isPlugged(_ key: HIDDeviceInfo) -> Bool {
        guard !key.plugID.isEmpty, let name = name(ofNodeAt: key.path) else { return false }
        return folders(name).last == Substring(key.plugID)
    }

    /// Whether `path` is the kernel's own for the node of a security key, found without a look at any other device.
    static func isSecurityKey(at path: String) -> Bool {
        name(ofNodeAt: path).map { (try? reportDescriptor($0)) != nil } ?? false
    }

    /// The kernel's name for the hidraw device whose node is at `path`; `nil` also for another path than the kernel's.
    private static func name(ofNodeAt path: String) -> String? {
        guard path.hasPrefix("/dev/") else { return nil }
        let name = String(path.dropFirst("/dev/".count))
        guard !name.utf8.contains(UInt8(ascii: "/")),
            let number = FileSystem.text(of: "\(classFolder)/\(name)/dev"),
            case .success(let status) = FileSystem.status(of: path),
            status.st_mode & S_IFMT == S_IFCHR, number == Self.number(status)
        else { return nil }
        return name
    }

    /// Throws the reason when the device is not a security key.
    func reportDescriptor() throws(ReportDescriptorError) -> ReportDescriptor {
        try Self.reportDescriptor(name)
    }

    private static func reportDescriptor(_ name: String) throws(ReportDescriptorError) -> ReportDescriptor {
        try ReportDescriptor(FileSystem.contents(of: "\(classFolder)/\(name)/device/report_descriptor") ?? [])
    }

    /// The device as a security key. Throws the reason when it is not one.
    func securityKey() throws(ReportDescriptorError) -> HIDDeviceInfo {
        let descriptor = try reportDescriptor()
        // HID_ID is bus, vendor and product, in hexadecimal with leading zeros.
        let identity = Self.parts(of: properties["HID_ID"] ?? "", separator: ":").map { UInt32($0, radix: 16) ?? 0 }
        func part(_ index: Int) -> UInt16 {
            identity.indices.contains(index) ? UInt16(truncatingIfNeeded: identity[index]) : 0
        }
        let usb = usbDevice()
        let folders = Self.folders(name)
        var key = HIDDeviceInfo(
            path: path,
            plugID: folders.last.map(String.init) ?? "",
            usbPort: usb == nil ? nil : folders.dropLast(2).last.map(String.init),
            bus: HIDDeviceInfo.Bus(rawValue: part(0)),
            vendorID: part(1),
            productID: part(2),
            release: usb.flatMap { UInt16($0("bcdDevice") ?? "", radix: 16) } ?? 0,
            manufacturer: usb?("manufacturer"),
            product: usb?("product") ?? properties["HID_NAME"],
            serialNumber: usb?("serial") ?? properties["HID_UNIQ"].flatMap { $0.isEmpty ? nil : $0 },
            inputReportSize: descriptor.inputReportSize,
            outputReportSize: descriptor.outputReportSize,
            access: access()
        )
        key.awaitsUdev = key.access != .granted && isNewToUdev
        return key
    }

    /// The path components down to the HID device, from a link such as
    /// `../../devices/…/1-2/1-2:1.0/0003:1209:0001.0005/hidraw/hidraw0`.
    private static func folders(_ name: String) -> [Substring] {
        let target = FileSystem.linkTarget(of: "\(classFolder)/\(name)") ?? ""
        return parts(of: target, separator: "/").dropLast(2)
    }

    /// The parts between ASCII separators: bytes are found faster than characters.
    private static func parts(of text: String, separator: Unicode.Scalar) -> [Substring] {
        text.utf8.split(separator: UInt8(ascii: separator)).map { Substring($0) }
    }

    /// Reads attributes of the USB device that this is an interface of; `nil` on other buses.
    private func usbDevice() -> ((String) -> String?)? {
        let folder = deviceFolder + "/../.."
        guard case .success = FileSystem.status(of: folder + "/idVendor") else { return nil }
        return { name in FileSystem.text(of: "\(folder)/\(name)") }
    }

    private func access() -> HIDDeviceInfo.Access {
        if unsafe Glibc.access(path, R_OK | W_OK) == 0 { return .granted }
        guard case .success(let status) = FileSystem.status(of: path) else { return .noNode }
        return .denied(owner: status.st_uid, group: status.st_gid, mode: status.st_mode & 0o7777)
    }

    /// Whether udevd runs and has yet to add the device to its database, which it does once the permissions are set.
    private var isNewToUdev: Bool {
        guard let number, case .success = FileSystem.status(of: "/run/udev/control") else { return false }
        guard case .failure = FileSystem.status(of: "/run/udev/data/c\(number)") else { return false }
        return true
    }
}

/// The lines of a uevent file, each a name, `=` and a value. A dictionary of these few would cost more to make.
private struct Properties {
    let text: String

    subscript(name: String) -> String? {
        let start = Array((name + "=").utf8)
        let line = text.utf8.split(separator: UInt8(ascii: "\n")).first { $0.starts(with: start) }
        return line.map { String(Substring($0.dropFirst(start.count))) }
    }
}
