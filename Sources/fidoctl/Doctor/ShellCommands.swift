import Interaction

/// Every command that `doctor --fix` may print. Names in them are single words for the shell, and what needs root begins with
/// `sudo`.
enum ShellCommands {
    static let setPIN = "fidoctl pin set"
    static let changePIN = "fidoctl pin change"
    static let loadHIDModules = "sudo modprobe -a hid usbhid"
    static let synchronizeClock = "sudo timedatectl set-ntp true"

    /// Lets a snap use security keys.
    static func connect(snap: String) -> String {
        "sudo snap connect " + "\(snap):u2f-devices".shellWord
    }

    static func giveDevices(toFlatpak app: String) -> String {
        "flatpak override --user --device=all " + app.shellWord
    }

    static func add(group: String) -> String {
        "sudo groupadd --system " + group.shellWord
    }

    static func add(user: String, to group: String) -> String {
        "sudo usermod --append --groups \(group.shellWord) \(user.shellWord)"
    }

    /// Turns USB autosuspend off for a port, until the next replug.
    static func keepAwake(port: String) -> String {
        "echo on | sudo tee " + "/sys/bus/usb/devices/\(TerminalText.escape(port))/power/control".shellWord
    }

    /// Has udevd read its rules anew, and apply them to the plugged-in keys.
    static let applyRules = ["sudo udevadm control --reload", "sudo udevadm trigger --settle --subsystem-match=hidraw"]

    /// Installs our rule.
    static func installRule(hasGroup: Bool) -> [String] {
        let lines = UdevRules.ours(hasGroup: hasGroup).map(\.shellWord).joined(separator: " ")
        return ["printf '%s\\n' \(lines) | sudo tee /etc/udev/rules.d/70-fido.rules > /dev/null"] + applyRules
    }
}
