import CTAP2
import CTAPHID
import Glibc
import Testing
import VirtualAuthenticator

@testable import fidoctl

/// A system in a temporary folder, in which a test makes the condition of one of doctor's checks true.
///
/// To begin with it is a Debian desktop with a key: systemd's rules, udevd, and the user 1000 at the seat, who may open the
/// key's node.
final class MadeUpSystem {
    static let node = "/dev/hidraw0"
    static let user: UInt32 = 1000
    private static let port = "/sys/devices/pci0/usb1/1-1"
    private static let hid = port + "/1-1:1.0/0003:1050:0407.0001"

    let root: String
    var variables: [String: String] = ["XDG_RUNTIME_DIR": "/run/user/1000"]
    var groups: Set<UInt32> = [user]
    var now = 1_800_000_000
    var access = HIDDeviceInfo.Access.granted
    var vendorID: UInt16 = 0x1050
    var productID: UInt16 = 0x0407
    /// What the key does, as a scenario (docs/scenarios.md); `nil` for a system without a key.
    var scenario: String? = "{}"
    var sought: SoughtCredential?
    /// How long the key may be asked: for a key that answers, long enough for a machine that is busy with other tests.
    var limit = Duration.seconds(120)

    static func with(_ use: (MadeUpSystem) async throws -> Void) async throws {
        let system = try MadeUpSystem()
        let result: Result<Void, any Error>
        do {
            result = .success(try await use(system))
        } catch {
            result = .failure(error)
        }
        _ = try await Program(["/bin/rm", "-rf", system.root]).end()
        try result.get()
    }

    private init() throws {
        var template = Array("/tmp/doctor.XXXXXX".utf8CString)
        root = try unsafe String(cString: #require(unsafe mkdtemp(&template)))
        try write("/proc/sys/kernel/osrelease", "6.1.0-18-amd64\n")
        try write("/run/udev/control", "")
        try write("/run/udev/data/c245:0", "I:1\nE:ID_FIDO_TOKEN=1\nE:ID_SECURITY_TOKEN=1\nG:uaccess\nQ:uaccess\nV:1\n")
        try write("/run/systemd/seats/seat0", "IS_SEAT0=1\nACTIVE=2\nACTIVE_UID=1000\n")
        try write("/etc/passwd", "root:x:0:0::/root:/bin/bash\nalice:x:1000:1000::/home/alice:/bin/bash\n")
        try write("/etc/group", "root:x:0:\nalice:x:1000:\nplugdev:x:46:\n")
        try write("/usr/lib/udev/rules.d/60-fido-id.rules", "SUBSYSTEM==\"hidraw\", IMPORT{program}=\"fido_id\"\n")
        try write("/usr/lib/udev/rules.d/70-uaccess.rules", "ENV{ID_SECURITY_TOKEN}==\"?*\", TAG+=\"uaccess\"\n")
        try plug()
    }

    private func plug() throws {
        try write(Self.node, "")
        try write(Self.port + "/power/control", "on\n")
        try write(Self.port + "/idVendor", "1050\n")
        try write(Self.hid + "/hidraw/hidraw0/dev", "245:0\n")
        try link("/sys/class/hidraw/hidraw0", to: root + Self.hid + "/hidraw/hidraw0")
        try link(Self.hid + "/hidraw/hidraw0/device", to: root + Self.hid)
    }

    /// The device and file number of the key's node, as in /proc/locks.
    func nodeFile() throws -> String { try #require(DeviceNode(device, in: surroundings)).file }

    /// Writes a file, with the folders that lead to it.
    func write(_ path: String, _ text: String) throws {
        try makeFolder(of: path)
        try TextFile.write(text, to: root + path)
    }

    func link(_ path: String, to target: String) throws {
        try makeFolder(of: path)
        try #require(unsafe symlink(target, root + path) == 0)
    }

    /// Removes a file, link or empty folder.
    func remove(_ path: String) throws {
        try #require(unsafe Glibc.remove(root + path) == 0, "\(path)")
    }

    /// Makes the node root's, as without a rule.
    func deny(group: UInt32 = 0, mode: UInt32 = 0o600) {
        access = .denied(owner: 0, group: group, mode: mode)
    }

    /// Forgets what udevd has done to the node.
    func forgetRules() throws {
        deny()
        try write("/run/udev/data/c245:0", "I:1\n")
    }

    private func makeFolder(of path: String) throws {
        var folder = root
        for part in path.split(separator: "/").dropLast() {
            folder += "/" + part
            guard unsafe mkdir(folder, 0o755) != 0 else { continue }
            try #require(errno == EEXIST, "\(folder)")
        }
    }
}

extension MadeUpSystem {
    var surroundings: Surroundings {
        let variables = variables
        return Surroundings(
            root: root,
            userID: Self.user,
            groupIDs: groups,
            variable: { variables[$0] },
            now: now
        )
    }

    var device: HIDDeviceInfo {
        HIDDeviceInfo(
            path: Self.node,
            usbPort: "1-1",
            vendorID: vendorID,
            productID: productID,
            product: "Example Key",
            access: access
        )
    }

    func diagnosis() async throws -> Diagnosis {
        let keys = scenario.map { OneKey(device: device, scenario: $0) }
        let probe = KeyProbe(
            source: keys ?? OneKey(device: nil, scenario: "{}"),
            deadline: Deadline(after: limit),
            sought: sought,
            limit: limit
        )
        return try await Diagnosis(of: probe.keys(), KeyChecks(surroundings: surroundings, probe: probe))
    }

    /// The finding of one check.
    func finding(_ check: Finding.Check) async throws -> Finding {
        try await #require(diagnosis().findings.first { $0.check == check })
    }
}

/// A virtual key in the place of a plugged-in one, or no key.
private struct OneKey: KeySource {
    let device: HIDDeviceInfo?
    let scenario: String

    func events() -> AsyncStream<KeyEvent<KeyDescription>> {
        let (events, continuation) = AsyncStream.makeStream(of: KeyEvent<KeyDescription>.self)
        if let device { continuation.yield(.added(KeyDescription(device))) }
        continuation.yield(.initialScanComplete)
        return events
    }

    func open(_ key: KeyDescription, _ operation: CTAP2.Operation) async throws -> sending any HIDDevice {
        if scenario == "denied" { throw CTAPHIDError.permissionDenied(path: key.path) }
        let scenario = try Scenario(json: Array(scenario.utf8))
        return VirtualHIDDevice(
            try ScenarioKey(scenario, storage: MemoryStorage(), presence: TimedPresence(after: .zero))
        )
    }
}
