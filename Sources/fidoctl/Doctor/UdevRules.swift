import CTAPHID
import Interaction
import Platform

/// The installed udev rules that concern security keys.
struct UdevRules: Sendable {
    /// In the order in which udevd prefers them: a file replaces one of the same name in a later folder.
    private static let folders = [
        "/etc/udev/rules.d", "/run/udev/rules.d", "/usr/local/lib/udev/rules.d", "/usr/lib/udev/rules.d",
        "/lib/udev/rules.d",
    ]

    /// Files that recognize security keys, as systemd's does since version 244.
    let recognizing: [String]
    /// Files that let users open them.
    let granting: [String]
    /// Files that set a tag too late for systemd to act on it.
    let late: [String]
    /// Whether one of them recognizes this key by its maker.
    private let namesMaker: Bool

    /// The rules for any key, or also those that name this key's maker.
    init(for device: HIDDeviceInfo? = nil, in surroundings: Surroundings) {
        var seen: Set<String> = []
        var namesMaker = false
        var (recognizing, granting, late): ([String], [String], [String]) = ([], [], [])
        for folder in Self.folders {
            for name in surroundings.names(in: folder) where name.hasSuffix(".rules") && seen.insert(name).inserted {
                let rules = Self.rules(surroundings.text("\(folder)/\(name)") ?? "")
                let path = TerminalText.escape("\(folder)/\(name)")
                if rules.contains(where: Self.recognizes) { recognizing.append(path) }
                let grants = rules.filter { Self.grants($0, device) }
                if !grants.isEmpty { granting.append(path) }
                namesMaker = namesMaker || grants.contains { Self.names($0, device) }
                // 73-seat-late.rules sets the access of nodes that are tagged by then.
                if grants.contains(where: { $0.contains("uaccess") }), name > "73-seat-late.rules" { late.append(path) }
            }
        }
        (self.recognizing, self.granting, self.late) = (recognizing, granting, late)
        self.namesMaker = namesMaker
    }

    /// Whether systemd itself recognizes keys and gives them to whoever is at the seat.
    var systemdGrants: Bool {
        recognizing.contains { $0.hasSuffix("/60-fido-id.rules") }
            && granting.contains { $0.hasSuffix("/70-uaccess.rules") }
    }

    /// Whether keys are recognized and users let in.
    var grantsAccess: Bool { namesMaker || !recognizing.isEmpty && !granting.isEmpty }

    /// The rules of a file, without comments and line ends inside a rule.
    private static func rules(_ text: String) -> [Substring] {
        text.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("#") }.joined(separator: "\n")
            .replacing("\\\n", with: " ").split(separator: "\n")
    }

    private static func recognizes(_ rule: Substring) -> Bool {
        rule.contains("fido_id") || rule.contains(#"ID_FIDO_TOKEN}=""#)
    }

    private static func grants(_ rule: Substring, _ device: HIDDeviceInfo?) -> Bool {
        guard rule.contains("uaccess") || rule.contains("MODE") else { return false }
        return rule.contains("ID_FIDO_TOKEN") || rule.contains("ID_SECURITY_TOKEN") || names(rule, device)
    }

    private static func names(_ rule: Substring, _ device: HIDDeviceInfo?) -> Bool {
        guard let device else { return false }
        return rule.contains("hidraw") && rule.contains("\"\(device.vendorID.hexadecimal)")
    }
}

extension UdevRules {
    /// The rule that `--fix` installs: that of udev/70-fido.rules, for the group if the system has it.
    static func ours(hasGroup: Bool) -> [String] {
        [
            #"SUBSYSTEM=="hidraw", ENV{ID_FIDO_TOKEN}=="", TEST!="/lib/udev/fido_id", TEST!="/usr/lib/udev/fido_id", "#
                + #"PROGRAM=="/usr/bin/od -An -tx1 -N5 /sys%p/device/report_descriptor", RESULT=="*06 d0 f1 09 01*", "#
                + #"ENV{ID_FIDO_TOKEN}="1""#,
            #"SUBSYSTEM=="hidraw", ENV{ID_FIDO_TOKEN}=="1", ENV{ID_SECURITY_TOKEN}="1", TAG+="uaccess""#
                + (hasGroup ? #", GROUP="plugdev", MODE="0660""# : ""),
        ]
    }
}
