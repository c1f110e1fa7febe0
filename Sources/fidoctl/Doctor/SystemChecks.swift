import CTAP2
import CTAPHID
import Interaction

/// The checks that do not concern a single key.
struct SystemChecks {
    let surroundings: Surroundings

    func findings(_ keys: [KeyDescription]) -> [Finding] {
        let confinement = Confinement(of: surroundings)
        let rules = UdevRules(in: surroundings)
        let session = LoginSession(in: surroundings)
        let presence = KeyPresence(surroundings: surroundings, confinement: confinement, session: session)
        return [presence.finding(keys), Kernel(surroundings).finding] + confinement.findings + [
            session.finding(hasSystemdRules: rules.systemdGrants), user, udevd, finding(rules), portal, clock,
        ]
    }

    private var user: Finding {
        let groups = surroundings.groupIDs.sorted().map(surroundings.groupName)
        return .ok(.user, .youAre(surroundings.userName(surroundings.userID), groups: groups))
    }

    private var udevd: Finding {
        surroundings.exists("/run/udev/control") ? .ok(.udevd, .udevdRuns) : .notApplicable(.udevd, .noUdevd)
    }

    private func finding(_ rules: UdevRules) -> Finding {
        if let late = rules.late.first {
            return .warning(.rules, .ruleNotInEffect, .ruleIsLate(late), step: .renameRuleStep)
        }
        if rules.systemdGrants { return .ok(.rules, .systemdRules(rules.granting)) }
        if rules.grantsAccess { return .ok(.rules, .rulesThere(rules.granting)) }
        return .notApplicable(.rules, .noRules)
    }

    /// credentialsd, which browsers may ask in place of a key; found by its files, without D-Bus.
    private var portal: Finding {
        let home = surroundings.variable("HOME").map { $0 + "/.local/share" }
        let folders = [surroundings.variable("XDG_DATA_HOME") ?? home, "/usr/local/share", "/usr/share"]
        let service = folders.compactMap {
            $0.map { $0 + "/dbus-1/services/xyz.iinuwa.credentialsd.Credentials.service" }
        }
        .first(where: surroundings.exists)
        guard let service else { return .notApplicable(.portal, .noPortal) }
        return .ok(.portal, .portalThere(TerminalText.escape(service), hasBus: hasSessionBus))
    }

    private var hasSessionBus: Bool {
        let prefix = "unix:path="
        let address = surroundings.variable("DBUS_SESSION_BUS_ADDRESS") ?? ""
        let named =
            address.hasPrefix(prefix) ? String(address.dropFirst(prefix.count).prefix { $0 != "," && $0 != ";" }) : nil
        let usual = surroundings.variable("XDG_RUNTIME_DIR").map { $0 + "/bus" }
        return (named ?? usual).map(surroundings.exists) ?? false
    }

    /// 2026-01-01, before this program was made.
    private static let earliest = 1_767_225_600

    /// A wrong clock makes certificates and the FIDO Metadata Service's file look out of date.
    private var clock: Finding {
        // systemd-timesyncd touches the file while the clock is right.
        let lastKnown = surroundings.status(of: "/var/lib/systemd/timesync/clock")?.st_mtim.tv_sec ?? 0
        guard surroundings.now >= max(Self.earliest, lastKnown - 86_400) else {
            return .warning(.clock, .clock, .clockIsSlow, step: .setClock, commands: [ShellCommands.synchronizeClock])
        }
        return .ok(.clock, .clockIsPlausible(isSynchronized: surroundings.exists("/run/systemd/timesync/synchronized")))
    }
}
