import Interaction

/// What stands between this process and the machine's devices.
struct Confinement: Sendable {
    /// The snap's name.
    let snap: String?
    /// The app's name.
    let flatpak: String?
    /// Whether the Flatpak app may use devices.
    let flatpakHasDevices: Bool
    /// What runs the container, such as `docker`.
    let container: String?
    let isWSL: Bool

    init(of surroundings: Surroundings) {
        snap = Self.snap(surroundings).map(TerminalText.escape)
        let app = surroundings.assignments("/.flatpak-info")
        let isFlatpak = surroundings.exists("/.flatpak-info")
        flatpak = isFlatpak ? TerminalText.escape(surroundings.variable("FLATPAK_ID") ?? app["name"] ?? "?") : nil
        flatpakHasDevices = (app["devices"] ?? "").split(separator: ";").contains("all")
        container = isFlatpak ? nil : Self.container(surroundings).map(TerminalText.escape)
        let release = surroundings.text("/proc/sys/kernel/osrelease") ?? ""
        isWSL = surroundings.variable("WSL_DISTRO_NAME") != nil || release.lowercased().contains("microsoft")
    }

    /// The AppArmor profile is `snap.NAME.APP`, whatever the environment says.
    private static func snap(_ surroundings: Surroundings) -> String? {
        let profile = (surroundings.text("/proc/self/attr/current") ?? "").split(separator: ".")
        if profile.count > 2, profile[0] == "snap" { return String(profile[1]) }
        return surroundings.variable("SNAP") == nil ? nil : surroundings.variable("SNAP_NAME")
    }

    private static func container(_ surroundings: Surroundings) -> String? {
        if let manager = surroundings.text("/run/systemd/container"), !manager.isEmpty { return manager }
        if surroundings.exists("/run/.containerenv") { return "podman" }
        if surroundings.exists("/.dockerenv") { return "docker" }
        return surroundings.variable("container")
    }
}

extension Confinement {
    var findings: [Finding] {
        [
            isWSL ? .ok(.wsl, .inWSL) : .notApplicable(.wsl, .notInWSL),
            container.map { .ok(.container, .inContainer($0)) } ?? .notApplicable(.container, .notInContainer),
            sandbox,
        ]
    }

    private var sandbox: Finding {
        if let snap { return .ok(.sandbox, .inSnap(snap)) }
        if let flatpak { return .ok(.sandbox, .inFlatpak(flatpak, hasDevices: flatpakHasDevices)) }
        return .notApplicable(.sandbox, .notInSandbox)
    }
}
