import CTAP2
import CTAPHID
import Interaction
import Testing

@testable import fidoctl

/// Every reason of docs/doctor.md, made true in a system in a temporary folder, is the one that doctor names first.
@Suite struct DoctorReasonTests {
    /// A rule that would let the user in, in the place of systemd's.
    private static let rule =
        "SUBSYSTEM==\"hidraw\", ENV{ID_FIDO_TOKEN}==\"1\", ENV{ID_FIDO_TOKEN}=\"1\", TAG+=\"uaccess\"\n"

    /// Makes it true. Without a PIN every key has a warning of its own.
    private func arrange(_ reason: Finding.Reason, _ system: MadeUpSystem) throws {
        system.scenario = #"{"key": {"pin": "1234"}}"#
        switch reason {
        case .noKey, .noInterface, .wsl, .noHidraw, .snap: try takeAway(reason, system)
        case .flatpak, .container, .noNode, .noRule, .ruleNotInEffect, .notAtSeat, .groupNotInEffect, .securityModule:
            try deny(reason, system)
        case .inUse: system.scenario = #"{"rules": [{"on": "CBOR", "faults": ["busy:1000"]}]}"#
        case .silent: system.scenario = #"{"rules": [{"on": "INIT", "faults": ["silent"]}]}"#
        case .brokenAnswer: system.scenario = #"{"rules": [{"on": "getInfo", "faults": ["broken-cbor"]}]}"#
        case .failed:
            system.scenario =
                #"{"key": {"pin": "1234"}, "rules": [{"on": "clientPIN", "status": "CTAP1_ERR_CHANNEL_BUSY"}]}"#
        case .pinBlocked: system.scenario = #"{"key": {"pin": "1234", "pinRetries": 0}}"#
        case .noCredential:
            system.sought = SoughtCredential(rpId: "example.com", ids: [])
        case .u2fOnly: system.scenario = #"{"key": {"u2f": "only"}}"#
        case .pinNotSet: system.scenario = "{}"
        case .pinChange: system.scenario = #"{"key": {"pin": "1234", "forcePINChange": true}}"#
        case .verificationBlocked: system.scenario = #"{"key": {"pin": "1234", "uv": true, "uvRetriesLeft": 0}}"#
        case .openElsewhere:
            try system.write("/proc/4242/comm", "firefox\n")
            try system.link("/proc/4242/fd/77", to: MadeUpSystem.node)
        case .oddAnswer:
            system.scenario = #"{"key": {"pin": "1234"}, "rules": [{"on": "getInfo", "faults": ["unsorted-maps"]}]}"#
        case .firmware: (system.vendorID, system.productID) = (0x0483, 0xA2CA)
        case .clock: system.now = 1_500_000_000
        case .pinNeedsReplug, .powerSaving: break
        }
        // A key in use has to say so within the time.
        if reason == .silent { system.limit = .milliseconds(700) }
        if reason == .inUse { system.limit = .seconds(15) }
    }

    private func takeAway(_ reason: Finding.Reason, _ system: MadeUpSystem) throws {
        system.scenario = nil
        switch reason {
        case .wsl: try system.write("/proc/sys/kernel/osrelease", "5.15.153.1-microsoft-standard-WSL2\n")
        case .noHidraw:
            try system.remove("/sys/class/hidraw/hidraw0")
            try system.remove("/sys/class/hidraw")
        case .noInterface:
            try system.write("/sys/bus/usb/devices/1-1/idVendor", "1050\n")
            try system.write("/sys/bus/usb/devices/1-1/product", "YubiKey OTP+CCID\n")
        case .snap: system.variables.merge(["SNAP": "/snap/firefox/1", "SNAP_NAME": "firefox"]) { $1 }
        default: break
        }
    }

    private func deny(_ reason: Finding.Reason, _ system: MadeUpSystem) throws {
        switch reason {
        case .flatpak:
            system.access = .noNode
            try system.remove(MadeUpSystem.node)
            try system.write("/.flatpak-info", "[Application]\nname=org.mozilla.firefox\n[Context]\ndevices=dri;\n")
        case .container:
            system.access = .noNode
            try system.remove(MadeUpSystem.node)
            try system.write("/run/.containerenv", "")
        case .noNode:
            system.access = .noNode
            try system.remove(MadeUpSystem.node)
        case .noRule:
            try system.forgetRules()
            try system.remove("/usr/lib/udev/rules.d/60-fido-id.rules")
        case .ruleNotInEffect:
            try system.forgetRules()
            try system.write("/etc/udev/rules.d/70-fido.rules", Self.rule)
        case .notAtSeat:
            system.deny()
            try system.remove("/run/systemd/seats/seat0")
            system.variables["SSH_CONNECTION"] = "192.0.2.1 50000 192.0.2.2 22"
        case .groupNotInEffect:
            system.deny(group: 46, mode: 0o660)
            try system.write("/etc/group", "plugdev:x:46:bob,alice\n")
        case .securityModule: system.access = .denied(owner: 0, group: 0, mode: 0o666)
        default: break
        }
    }

    /// The two others have tests of their own below.
    @Test(arguments: Finding.Reason.allCases.filter { ![.pinNeedsReplug, .powerSaving].contains($0) })
    func `doctor names the reason first, and what to do`(reason: Finding.Reason) async throws {
        try await MadeUpSystem.with { system in
            try arrange(reason, system)
            let diagnosis = try await system.diagnosis()
            let first = try #require(diagnosis.first)
            #expect(first.reason == reason, "\(diagnosis.summary.english)")
            let step = try #require(first.step)
            for language in Language.allCases {
                let line = diagnosis.summary.string(in: language)
                #expect(line.contains(first.evidence.string(in: language)))
                #expect(line.contains(step.string(in: language)))
            }
            let isWarning = first.verdict == .warning
            #expect(diagnosis.failure?.code == (isWarning ? nil : reason.code))
            #expect(diagnosis.usableKeys.isEmpty != isWarning)
        }
    }

    /// It says that after three wrong PINs in a row, and the scenarios begin with a key that was just plugged in.
    @Test func `a PIN that waits for a replug is a problem`() throws {
        let findings = try Self.findings(pin: true) {
            PINStatus(info: $0, retries: 5, needsPowerCycle: true, uvRetries: nil)
        }
        let pin = try #require(findings.first { $0.check == .pin })
        #expect(pin.verdict == .problem && pin.reason == .pinNeedsReplug)
    }

    /// A key behind a port that sleeps works, as a rule.
    @Test func `a port that may sleep is a warning if the key is silent`() async throws {
        try await MadeUpSystem.with { system in
            try system.write("/sys/devices/pci0/usb1/1-1/power/control", "auto\n")
            #expect(try await system.finding(.power).verdict == .ok)
            try arrange(.silent, system)
            let power = try await system.finding(.power)
            #expect(power.reason == .powerSaving)
            #expect(power.commands == ["echo on | sudo tee /sys/bus/usb/devices/1-1/power/control"])
        }
    }

    /// The findings of a key with this state of its PIN.
    private static func findings(pin: Bool, _ status: (AuthenticatorInfo) -> PINStatus) throws -> [Finding] {
        let aaguid = try #require(AAGUID([UInt8](repeating: 1, count: 16)))
        var info = AuthenticatorInfo(versions: ["FIDO_2_1"], aaguid: aaguid)
        info.options["clientPin"] = pin
        let response = try #require(InitResponse(payload: [UInt8](repeating: 0, count: 12) + [2, 1, 0, 0, 4]))
        let answers = KeyAnswers(initResponse: response, info: info, pin: status(info))
        let key = KeyName(name: "Example Key", path: MadeUpSystem.node)
        return AnswerChecks(key: key, device: nil, answers: answers, sought: nil).findings
    }

    @Test func `the page explains every reason, and the twelve most usual ones first`() throws {
        let page = TextFile.whole(Product.project + "/docs/doctor.md")
        let sections = page.split(separator: "\n## ")
        func reasons(in heading: String) throws -> [String] {
            let section = try #require(sections.first { $0.hasPrefix(heading) })
            return section.matches(of: #/(?m)^\| (?:\d+ \| )?`([a-z0-9-]+)` \|/#).map { String($0.output.1) }
        }
        let usual = try reasons(in: "The twelve most usual reasons")
        #expect(usual.count == 12)
        let all = try usual + reasons(in: "Other reasons")
        #expect(Set(all) == Set(Finding.Reason.allCases.map(\.rawValue)))
        #expect(all.count == Set(all).count)
    }
}
