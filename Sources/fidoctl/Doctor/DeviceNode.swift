import CTAPHID

/// A key's node in `/dev`: who may open it, and what udevd knows of it.
struct DeviceNode: Sendable {
    let path: String
    let owner: UInt32
    let group: UInt32
    /// The twelve permission bits.
    let mode: UInt32
    /// Equivalent to the mode if the node has no list of its own.
    let accessControl: AccessControlList
    /// The device and file number by which the kernel lists locks.
    let file: String
    let udev: UdevEntry

    /// `nil` if there is no such node here.
    init?(_ device: HIDDeviceInfo, in surroundings: Surroundings) {
        guard let status = surroundings.status(of: device.path) else { return nil }
        path = device.path
        // The access was determined when the key was listed.
        if case .denied(let owner, let group, let mode) = device.access {
            (self.owner, self.group, self.mode) = (owner, group, mode)
        } else {
            (owner, group, mode) = (status.st_uid, status.st_gid, status.st_mode & 0o7777)
        }
        let list = surroundings.attribute(AccessControlList.attribute, of: path).flatMap(AccessControlList.init)
        accessControl = list ?? AccessControlList(mode: mode)
        file = Self.file(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
        udev = UdevEntry(ofNode: device.path, in: surroundings)
    }

    /// Whether the node's permissions, by themselves, let this user in.
    func lets(_ surroundings: Surroundings) -> Bool {
        accessControl.lets(surroundings.userID, surroundings.groupIDs, owner: owner, group: group)
    }

    /// Whether a rule has given the node to a group.
    var isForGroup: Bool { group != 0 && mode & 0o060 == 0o060 }

    /// As in `/proc/locks`: the device in hexadecimal, the file in decimal.
    private static func file(device: UInt64, number: UInt64) -> String {
        // The C macros major() and minor(), which Swift does not import.
        let major = (device >> 8) & 0xFFF | (device >> 32) & 0xFFFF_F000
        let minor = device & 0xFF | (device >> 12) & 0xFFFF_FF00
        func twoDigits(_ value: UInt64) -> String { (value < 16 ? "0" : "") + String(value, radix: 16) }
        return "\(twoDigits(major)):\(twoDigits(minor)):\(number)"
    }
}

/// What udevd's database has on a node.
struct UdevEntry: Sendable {
    /// Whether udevd has processed the node.
    let exists: Bool
    let tags: Set<String>
    let properties: [String: String]

    init(ofNode path: String, in surroundings: Surroundings) {
        let number = surroundings.sysfs("dev", ofNode: path) ?? ""
        let file = "/run/udev/data/c\(number)"
        exists = !number.isEmpty && surroundings.exists(file)
        var tags: Set<String> = []
        var properties: [String: String] = [:]
        for line in exists ? surroundings.lines(file) : [] {
            let value = line.dropFirst(2)
            switch line.prefix(2) {
            // All tags, and since systemd 247 the current ones.
            case "G:", "Q:": tags.insert(String(value))
            case "E:":
                if let (name, value) = Surroundings.assignment(value) { properties[name] = value }
            default: break
            }
        }
        (self.tags, self.properties) = (tags, properties)
    }

    /// Whether udevd is to give the node to whoever is at the seat.
    var isForSeat: Bool { tags.contains("uaccess") }

    /// Whether systemd or a rule has recognized a security key.
    var isRecognized: Bool {
        properties["ID_FIDO_TOKEN"] == "1" || properties["ID_SECURITY_TOKEN"] == "1"
    }
}
