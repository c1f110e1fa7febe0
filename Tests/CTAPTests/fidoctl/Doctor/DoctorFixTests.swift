import Testing

@testable import fidoctl

/// `doctor --fix`: commands for a shell, none of which doctor runs.
@Suite struct DoctorFixTests {
    /// The rule in the commands is that of udev/70-fido.rules.
    @Test func `the rule that it installs is ours`() {
        let file = TextFile.whole(Product.project + "/udev/70-fido.rules").replacing("\\\n", with: "")
            .split(separator: "\n").map {
                $0.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
            }
        for rule in UdevRules.ours(hasGroup: true) {
            let own = rule.replacing(#"SUBSYSTEM=="hidraw", "#, with: "")
            #expect(file.contains(own), "\(own)")
        }
        #expect(UdevRules.ours(hasGroup: false).allSatisfy { !$0.contains("GROUP") })
    }

    @Test func `each command follows the reason for it, and the shell reads them as they are`() async throws {
        try await MadeUpSystem.with { system in
            try system.forgetRules()
            try system.remove("/usr/lib/udev/rules.d/60-fido-id.rules")
            let commands = DoctorReport(diagnosis: try await system.diagnosis()).commands
            #expect(commands.first?.hasPrefix("# no udev rule lets you open Example Key") == true)
            #expect(commands.contains("sudo udevadm control --reload"))
            let script = (["sudo() { case $1 in tee) shift; cat;; *) echo \"$*\";; esac; }"] + commands)
                .joined(separator: "\n").replacing("> /dev/null", with: "")
            let shell = try Program(["/bin/sh", "-euc", script])
            #expect(try await shell.end() == .exit(0), "\(shell.errors.text)")
            let rules = UdevRules.ours(hasGroup: true)
            #expect(shell.output.lines.prefix(rules.count) == rules[...])
        }
    }

    @Test(arguments: [("plain-1.2_x", "plain-1.2_x"), ("a b", "'a b'"), ("a'; rm x", #"'a'\''; rm x'"#), ("", "''")])
    func `a name is one word of a command`(name: String, word: String) {
        #expect(name.shellWord == word)
    }

    @Test func `a snap's name cannot add a command`() async throws {
        try await MadeUpSystem.with { system in
            system.deny()
            system.variables.merge(["SNAP": "/snap/x/1", "SNAP_NAME": "x; reboot"]) { $1 }
            let access = try await system.finding(.access)
            #expect(access.commands == ["sudo snap connect 'x; reboot:u2f-devices'"])
        }
    }

    @Test func `there is nothing to run if nothing is wrong`() async throws {
        try await MadeUpSystem.with { system in
            system.scenario = #"{"key": {"pin": "1234"}}"#
            let commands = DoctorReport(diagnosis: try await system.diagnosis()).commands
            #expect(commands.allSatisfy { $0.hasPrefix("# ") })
        }
    }
}
