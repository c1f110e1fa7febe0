import CTAP2
import CTAPHID
import Glibc
import Interaction
import Testing

@testable import fidoctl

/// What each check finds, beyond the reasons of docs/doctor.md.
@Suite struct DoctorCheckTests {
    /// The desktop with a key that works.
    @Test func `nothing is wrong with a key that works`() async throws {
        try await MadeUpSystem.with { system in
            system.scenario = #"{"key": {"pin": "1234"}}"#
            let diagnosis = try await system.diagnosis()
            #expect(diagnosis.first == nil && diagnosis.failure == nil, "\(diagnosis.summary.english)")
            let checks = Set(diagnosis.findings.map(\.check))
            #expect(checks == Set(Finding.Check.allCases).subtracting([.credential]))
            #expect(diagnosis.summary.english.hasPrefix("No problem found"))
        }
    }

    @Test(arguments: Language.allCases)
    func `every check has a label of its own`(language: Language) {
        let labels = Finding.Check.allCases.map { Text.label($0).string(in: language) }
        #expect(Set(labels).count == labels.count)
    }

    @Test func `a person at the seat reads that no rule of ours is needed`() async throws {
        try await MadeUpSystem.with { system in
            let session = try await system.finding(.session)
            #expect(session.verdict == .ok)
            #expect(session.evidence.english.contains("without fidoctl's rule"))
            let rules = try await system.finding(.rules)
            #expect(rules.evidence.english.contains("/usr/lib/udev/rules.d/70-uaccess.rules"))
        }
    }

    @Test func `a session behind another has no access`() async throws {
        try await MadeUpSystem.with { system in
            try system.write("/run/systemd/seats/seat0", "ACTIVE=3\nACTIVE_UID=1001\n")
            try system.write("/run/systemd/sessions/2", "UID=1000\nSEAT=seat0\nACTIVE=0\nREMOTE=0\n")
            system.variables["XDG_SESSION_ID"] = "2"
            system.deny()
            let session = try await system.finding(.session)
            #expect(session.evidence.english.hasPrefix("another user is in front at seat0"))
            #expect(try await system.finding(.access).reason == .notAtSeat)
        }
    }

    /// As after sudo.
    @Test func `a session by ssh is known by its record`() async throws {
        try await MadeUpSystem.with { system in
            try system.remove("/run/systemd/seats/seat0")
            try system.write("/run/systemd/sessions/7", "UID=1000\nACTIVE=1\nREMOTE=1\nREMOTE_HOST=192.0.2.1\n")
            system.variables["XDG_SESSION_ID"] = "7"
            let session = try await system.finding(.session)
            #expect(session.evidence.english.contains("ssh from 192.0.2.1"))
            system.scenario = nil
            #expect(try await system.finding(.keys).step == .noKeyRemoteStep)
        }
    }

    @Test func `a user and their groups are named`() async throws {
        try await MadeUpSystem.with { system in
            system.groups = [1000, 46, 4711]
            let user = try await system.finding(.user)
            #expect(user.evidence.english == "you are alice, in the groups: plugdev alice 4711")
        }
    }

    @Test func `an empty file in etc turns systemd's rule off`() async throws {
        try await MadeUpSystem.with { system in
            try system.write("/etc/udev/rules.d/60-fido-id.rules", "")
            #expect(try await system.finding(.rules).verdict == .notApplicable)
            try system.forgetRules()
            #expect(try await system.finding(.access).reason == .noRule)
        }
    }

    @Test func `a rule that names the key's maker counts, and one that names another does not`() async throws {
        try await MadeUpSystem.with { system in
            try system.forgetRules()
            try system.remove("/usr/lib/udev/rules.d/60-fido-id.rules")
            func rule(_ vendor: String) -> String {
                "KERNEL==\"hidraw*\", SUBSYSTEM==\"hidraw\", ATTRS{idVendor}==\"\(vendor)\", \\\n  TAG+=\"uaccess\"\n"
            }
            try system.write("/usr/lib/udev/rules.d/70-u2f.rules", rule("096e"))
            #expect(try await system.finding(.access).reason == .noRule)
            try system.write("/usr/lib/udev/rules.d/70-u2f.rules", rule("1050"))
            #expect(try await system.finding(.access).reason == .ruleNotInEffect)
            try system.write("/usr/lib/udev/rules.d/70-u2f.rules", "#" + rule("1050").replacing("\\\n", with: ""))
            #expect(try await system.finding(.access).reason == .noRule)
        }
    }

    @Test func `a rule that is numbered too late is said to be`() async throws {
        try await MadeUpSystem.with { system in
            let rule = "SUBSYSTEM==\"hidraw\", ENV{ID_FIDO_TOKEN}==\"1\", TAG+=\"uaccess\"\n"
            try system.write("/etc/udev/rules.d/99-fido.rules", rule)
            let finding = try await system.finding(.rules)
            #expect(finding.verdict == .warning)
            #expect(finding.evidence.english.contains("/etc/udev/rules.d/99-fido.rules"))
            try system.forgetRules()
            let access = try await system.finding(.access)
            #expect(access.step == .renameRuleStep)
        }
    }

    @Test func `without udevd no rule takes effect`() async throws {
        try await MadeUpSystem.with { system in
            try system.remove("/run/udev/control")
            #expect(try await system.finding(.udevd).verdict == .notApplicable)
            try system.forgetRules()
            #expect(try await system.finding(.access).step == .startUdevd)
        }
    }

    @Test(arguments: [
        ("/run/.containerenv", "", "podman"), ("/.dockerenv", "", "docker"),
        ("/run/systemd/container", "systemd-nspawn\n", "systemd-nspawn"),
    ])
    func `a container is known by its files`(file: String, text: String, name: String) async throws {
        try await MadeUpSystem.with { system in
            #expect(try await system.finding(.container).verdict == .notApplicable)
            try system.write(file, text)
            let finding = try await system.finding(.container)
            #expect(finding.verdict == .ok && finding.evidence.english.contains(name))
        }
    }

    /// Its device cgroup refuses the open, although the permissions allow it.
    @Test func `a container that has the node but may not use it`() async throws {
        try await MadeUpSystem.with { system in
            try system.write("/run/.containerenv", "")
            system.scenario = "denied"
            let access = try await system.diagnosis().findings.last { $0.check == .access }
            #expect(access?.reason == .container)
        }
    }

    @Test func `a snap is known by its AppArmor profile`() async throws {
        try await MadeUpSystem.with { system in
            system.deny()
            try system.write("/proc/self/attr/current", "snap.firefox.firefox (enforce)\n")
            let access = try await system.finding(.access)
            #expect(access.reason == .snap)
            #expect(access.commands == ["sudo snap connect firefox:u2f-devices"])
        }
    }

    @Test func `a Flatpak app with devices is said to have them`() async throws {
        try await MadeUpSystem.with { system in
            try system.write("/.flatpak-info", "[Application]\nname=a.b\n[Context]\ndevices=dri;all;\n")
            let sandbox = try await system.finding(.sandbox)
            #expect(sandbox.evidence.english == "inside the Flatpak app a.b, with access to devices")
            #expect(try await system.finding(.container).verdict == .notApplicable)
        }
    }

    @Test func `WSL is known by its environment too`() async throws {
        try await MadeUpSystem.with { system in
            let before = try await system.finding(.wsl)
            #expect(before.verdict == .notApplicable)
            system.variables["WSL_DISTRO_NAME"] = "Debian"
            #expect(try await system.finding(.wsl).verdict == .ok)
        }
    }

    @Test func `a kernel that could have hidraw needs its modules`() async throws {
        try await MadeUpSystem.with { system in
            system.scenario = nil
            try system.remove("/sys/class/hidraw/hidraw0")
            try system.remove("/sys/class/hidraw")
            #expect(try await system.finding(.kernel).commands == [])
            try system.write("/boot/config-6.1.0-18-amd64", "CONFIG_HID=m\nCONFIG_HIDRAW=y\n")
            #expect(try await system.finding(.kernel).commands == ["sudo modprobe -a hid usbhid"])
        }
    }

    @Test func `the program that holds the lock is named`() async throws {
        try await MadeUpSystem.with { system in
            try system.write("/proc/4242/comm", "ssh-sk-helper\n")
            let file = try system.nodeFile()
            let waiting = "1: -> FLOCK  ADVISORY  WRITE 99 \(file) 0 EOF\n"
            try system.write("/proc/locks", "1: POSIX  ADVISORY  READ 7 00:00:1 0 EOF\n" + waiting)
            #expect(try await system.finding(.lock).verdict == .ok)
            try system.write("/proc/locks", "1: FLOCK  ADVISORY  WRITE 4242 \(file) 0 EOF\n")
            let lock = try await system.finding(.lock)
            #expect(lock.evidence.english == "ssh-sk-helper (4242) holds its lock")
        }
    }

    @Test func `a key in use is in the hands of the program that has it open`() async throws {
        try await MadeUpSystem.with { system in
            try system.write("/proc/4242/comm", "firefox\n")
            try system.link("/proc/4242/fd/77", to: MadeUpSystem.node)
            system.scenario = #"{"rules": [{"on": "CBOR", "faults": ["busy:1000"]}]}"#
            system.limit = .seconds(15)
            let answer = try await system.finding(.answer)
            #expect(answer.reason == .inUse)
            #expect(answer.evidence.english.contains("firefox (4242) is using Example Key; a touch would go there"))
        }
    }

    @Test func `a person who is to join the group gets the commands`() async throws {
        try await MadeUpSystem.with { system in
            system.deny(group: 46, mode: 0o660)
            try system.remove("/run/systemd/seats/seat0")
            let access = try await system.finding(.access)
            #expect(access.reason == .notAtSeat)
            #expect(access.commands == ["sudo usermod --append --groups plugdev alice"])
        }
    }

    @Test(arguments: [(1_700_000_000, false), (1_800_000_000, true)])
    func `the clock may not be behind what it was`(now: Int, isRight: Bool) async throws {
        try await MadeUpSystem.with { system in
            system.now = now
            let clock = try await system.finding(.clock)
            #expect((clock.verdict == .ok) == isRight)
        }
    }

    @Test func `credentialsd is found by its service file`() async throws {
        try await MadeUpSystem.with { system in
            #expect(try await system.finding(.portal).verdict == .notApplicable)
            try system.write(
                "/usr/share/dbus-1/services/xyz.iinuwa.credentialsd.Credentials.service",
                "[D-BUS Service]\n"
            )
            #expect(try await system.finding(.portal).evidence.english.contains("but there is no session bus"))
            try system.write("/run/user/1000/bus", "")
            #expect(try await system.finding(.portal).evidence.english.contains("and there is a session bus"))
        }
    }

    @Test(arguments: [
        (#"{"maxMsgSize": 1200}"#, #"[{"on": "getInfo", "faults": ["long-lengths"]}]"#, "not canonical CBOR"),
        (#"{"versions": ["FIDO_2_0", "FIDO_2_2"]}"#, "[]", "FIDO_2_2"),
    ])
    func `what departs from the specification is listed`(key: String, rules: String, text: String) async throws {
        try await MadeUpSystem.with { system in
            system.scenario = "{\"key\": \(key), \"rules\": \(rules)}"
            let information = try await system.finding(.information)
            #expect(information.verdict == .warning)
            #expect(information.evidence.english.contains(text), "\(information.evidence.english)")
        }
    }

    @Test func `a credential of the site is found without a touch, and one that is sought by its ID`() async throws {
        try await MadeUpSystem.with { system in
            system.sought = SoughtCredential(rpId: "example.com", ids: [[1, 2, 3]])
            let credential = try await system.finding(.credential)
            #expect(credential.reason == .noCredential)
            #expect(credential.step == .otherKeyStep)
            system.scenario = #"{"rules": [{"on": "getAssertion", "status": "CTAP2_ERR_UNSUPPORTED_OPTION"}]}"#
            #expect(try await system.finding(.credential).verdict == .unknown)
        }
    }

    @Test func `names from outside cannot steer the terminal`() async throws {
        try await MadeUpSystem.with { system in
            let evil = "\u{1B}[2J"
            try system.write("/proc/4242/comm", "fire\(evil)fox\n")
            try system.link("/proc/4242/fd/77", to: MadeUpSystem.node)
            try system.write("/run/systemd/container", evil)
            system.variables["SSH_CONNECTION"] = evil
            try system.remove("/run/systemd/seats/seat0")
            let lines = DoctorReport(diagnosis: try await system.diagnosis()).lines
            #expect(lines.allSatisfy { !$0.contains("\u{1B}") })
        }
    }
}
