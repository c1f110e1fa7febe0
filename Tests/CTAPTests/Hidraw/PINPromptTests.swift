import Glibc
import Testing

extension HidrawTests {
    /// PINs typed at a real terminal, for a key that knows the right one.
    @Suite struct PINPromptTests {
        @Test func itIsAskedForUnseenAndLogsIn() async throws {
            try await PINBed.with { bed in
                let credential = try await bed.credential()
                let modes = bed.terminal.modes
                let fidoctl = try bed.atTerminal("assert", "--credential", credential, "--json")
                try await fidoctl.errors.wait(forPrompt: "to log in (8 tries left; Ctrl-C cancels):")
                #expect(!bed.terminal.echoes)
                #expect(fidoctl.errors.unfinished.hasPrefix("example.com: PIN of "))
                bed.terminal.type(PINBed.pin + "\n")
                #expect(try await fidoctl.end() == .exit(0), "\(fidoctl.errors.text)")
                #expect(bed.terminal.modes == modes)
                #expect(!fidoctl.errors.text.contains(PINBed.pin))
                #expect(fidoctl.output.text.contains("\"authenticatorData\""))
                let asked = fidoctl.events.lines.filter { $0.contains("pin-needed") }
                #expect(asked.count == 1)
                #expect(asked.first?.contains("hidraw\(bed.key.number)\"") == true)
                #expect(asked.first?.contains(#""reason":"needed","retries":8"#) == true)
            }
        }

        /// The key is idle during a prompt, so there is nothing to cancel.
        @Test(arguments: ["Ctrl-C", "SIGTERM", "SIGHUP", "deadline", "Ctrl-D"])
        func whateverEndsThePromptLeavesTerminalAndKeyClean(by cause: String) async throws {
            try await PINBed.with { bed in
                let credential = try await bed.credential()
                let modes = bed.terminal.modes
                let timeout = cause == "deadline" ? Testbed.timeLimit(1) : "60"
                let fidoctl = try bed.atTerminal("assert", "--credential", credential, "--timeout", timeout)
                try await fidoctl.errors.wait(forPrompt: "PIN of ")
                bed.terminal.type("half")
                let status: Int32
                switch cause {
                case "Ctrl-C": (status, _) = (130, bed.terminal.type("\u{3}"))
                // Once for the end of the line, once for the end of input.
                case "Ctrl-D": (status, _) = (130, bed.terminal.type("\u{15}\u{4}"))
                case "SIGTERM": (status, _) = (143, fidoctl.signal(SIGTERM))
                case "SIGHUP": (status, _) = (129, fidoctl.signal(SIGHUP))
                default: status = 75
                }
                #expect(try await fidoctl.end() == .exit(status), "\(fidoctl.errors.text)")
                #expect(bed.terminal.modes == modes)
                #expect(!fidoctl.errors.text.contains("half"))
                #expect(fidoctl.errors.text.contains("waiting for a PIN") == (status == 75))
                #expect(!bed.key.isLocked)
                #expect(try await bed.key.finalWire().cancels == [])
                try await bed.expectNextLoginWorks(credential)
            }
        }

        @Test func aKeyPulledOutEndsThePrompt() async throws {
            try await PINBed.with { bed in
                let modes = bed.terminal.modes
                let fidoctl = try bed.atTerminal("register", "--rp-id", "example.com", "--user", "u")
                try await fidoctl.errors.wait(forPrompt: "PIN of ")
                try await bed.key.unplug()
                try await fidoctl.errors.wait(for: "was unplugged")
                try await fidoctl.errors.wait(forPrompt: "Insert your security key")
                #expect(bed.terminal.modes == modes)
                _ = try await PINBed.plug(in: bed.bed, 0)
                try await fidoctl.errors.wait(forPrompt: "PIN of ")
                bed.terminal.type(PINBed.pin + "\n")
                #expect(try await fidoctl.end() == .exit(0), "\(fidoctl.errors.text)")
            }
        }

        /// Ctrl-Z and fg; the shell gets the terminal back with its own modes.
        @Test func afterAStopThePromptIsThereAgainAndStillUnseen() async throws {
            try await PINBed.with { bed in
                let fidoctl = try bed.atTerminal("register", "--rp-id", "example.com", "--user", "u")
                try await fidoctl.errors.wait(forPrompt: "to register (8 tries left; Ctrl-C cancels):")
                fidoctl.signal(SIGTSTP)
                try await fidoctl.errors.wait(forPrompt: "cancels): example.com: PIN of ")
                try await eventually("the terminal is silent again") { !bed.terminal.echoes }
                bed.terminal.type(PINBed.pin + "\n")
                #expect(try await fidoctl.end() == .exit(0), "\(fidoctl.errors.text)")
            }
        }

        @Test func aWrongOneIsExplainedAndTheNextMayBeRight() async throws {
            try await PINBed.with { bed in
                let fidoctl = try bed.atTerminal("register", "--rp-id", "example.com", "--user", "u")
                try await fidoctl.errors.wait(forPrompt: "to register (8 tries left; Ctrl-C cancels):")
                bed.terminal.type("0000\n")
                try await fidoctl.errors.wait(for: "that was not the PIN of")
                try await fidoctl.errors.wait(forPrompt: "(7 tries left; Ctrl-C cancels):")
                // The same PIN again does not use up a try.
                bed.terminal.type("0000\n")
                try await fidoctl.errors.wait(for: "not sent to the key")
                try await fidoctl.errors.wait(forPrompt: "PIN of ")
                bed.terminal.type("\n")
                try await fidoctl.errors.wait(for: "the PIN is empty")
                try await fidoctl.errors.wait(forPrompt: "PIN of ")
                bed.terminal.type(PINBed.pin + "\n")
                #expect(try await fidoctl.end() == .exit(0), "\(fidoctl.errors.text)")
                #expect(fidoctl.events.text.contains(#""reason":"wrong","retries":7"#))
                let compared = bed.key.server.errors.lines.filter { $0.contains("-- PIN ") }
                #expect(compared.count == 2, "\(compared)")
            }
        }

        @Test func threeWrongOnesWantTheKeyToBeReplugged() async throws {
            try await PINBed.with { bed in
                let fidoctl = try bed.atTerminal("register", "--rp-id", "example.com", "--user", "u", "--json")
                for (wrong, left) in [("0000", 8), ("1111", 7), ("2222", 6)] {
                    try await fidoctl.errors.wait(forPrompt: "(\(left) tries left; Ctrl-C cancels):")
                    bed.terminal.type(wrong + "\n")
                }
                #expect(try await fidoctl.end() == .exit(12), "\(fidoctl.errors.text)")
                #expect(fidoctl.errors.text.contains("unplug it, plug it in again"))
                #expect(fidoctl.output.text.contains(#""pinRetries":5"#), "\(fidoctl.output.text)")
                #expect(try await bed.status("retries") == 5)

                // After that there is no prompt at all.
                let next = try bed.atTerminal("register", "--rp-id", "example.com", "--user", "u")
                #expect(try await next.end() == .exit(12))
                #expect(!next.events.text.contains("pin-needed"))

                try await bed.key.unplug()
                _ = try await PINBed.plug(in: bed.bed, 0)
                _ = try await bed.credential()
            }
        }

        @Test func theLastTryWantsAYes() async throws {
            try await PINBed.with(["pinRetries": "1"]) { bed in
                let register = ["register", "--rp-id", "example.com", "--user", "u"]
                for answer in ["no", PINBed.pin] {
                    let fidoctl = try bed.bed.start([Product.fidoctl] + register, terminal: bed.terminal)
                    try await fidoctl.errors.wait(for: "only a reset makes the key usable again")
                    try await fidoctl.errors.wait(forPrompt: "Type yes")
                    #expect(bed.terminal.echoes)
                    bed.terminal.type(answer + "\n")
                    #expect(try await fidoctl.end() == .exit(14), "\(fidoctl.errors.text)")
                }
                #expect(try await bed.status("retries") == 1)
                let fidoctl = try bed.bed.start([Product.fidoctl] + register, terminal: bed.terminal)
                try await fidoctl.errors.wait(forPrompt: "Type yes")
                bed.terminal.type("yes\n")
                try await fidoctl.errors.wait(forPrompt: "PIN of ")
                #expect(!bed.terminal.echoes)
                bed.terminal.type(PINBed.pin + "\n")
                #expect(try await fidoctl.end() == .exit(0), "\(fidoctl.errors.text)")
                #expect(try await bed.status("retries") == 8)
            }
        }

        @Test func aChangeThatTheKeyDemandsIsCarriedThrough() async throws {
            try await PINBed.with(["forcePINChange": "true", "minPINLength": "6"]) { bed in
                let fidoctl = try bed.atTerminal("register", "--rp-id", "example.com", "--user", "u")
                try await fidoctl.errors.wait(for: "requires a PIN change first")
                try await fidoctl.errors.wait(forPrompt: "Current PIN of ")
                bed.terminal.type(PINBed.pin + "\n")
                try await fidoctl.errors.wait(for: "at least 6 characters")
                try await fidoctl.errors.wait(forPrompt: "New PIN of ")
                bed.terminal.type("short\n")
                try await fidoctl.errors.wait(for: "the PIN has 5 characters")
                try await fidoctl.errors.wait(forPrompt: "New PIN of ")
                bed.terminal.type("new secret\n")
                try await fidoctl.errors.wait(forPrompt: "The same PIN again:")
                bed.terminal.type("another secret\n")
                try await fidoctl.errors.wait(for: "the PINs do not match")
                try await fidoctl.errors.wait(forPrompt: "New PIN of ")
                bed.terminal.type("new secret\n")
                try await fidoctl.errors.wait(forPrompt: "The same PIN again:")
                bed.terminal.type("new secret\n")
                #expect(try await fidoctl.end() == .exit(0), "\(fidoctl.errors.text)")
                #expect(!fidoctl.errors.text.contains("secret"))
                try TextFile.write("new secret", to: bed.pinFile)
                _ = try await bed.credential()
            }
        }

        @Test func aFirstPINIsTypedTwice() async throws {
            try await PINBed.with(["pin": ""]) { bed in
                let fidoctl = try bed.atTerminal("pin", "set")
                try await fidoctl.errors.wait(forPrompt: "New PIN of ")
                #expect(fidoctl.errors.text.contains("cannot be recovered"))
                bed.terminal.type(PINBed.pin + "\n")
                try await fidoctl.errors.wait(forPrompt: "The same PIN again:")
                bed.terminal.type(PINBed.pin + "\n")
                #expect(try await fidoctl.end() == .exit(0), "\(fidoctl.errors.text)")
                _ = try await bed.credential()
                let again = try bed.atTerminal("pin", "set")
                #expect(try await again.end() == .exit(16), "\(again.errors.text)")
            }
        }

        /// The user chooses the key by touch; the other one is left unchanged.
        @Test func ofSeveralKeysThePINIsAskedOfTheTouchedOne() async throws {
            try await PINBed.with(touch: "ask") { bed in
                let other = try await PINBed.plug(in: bed.bed, 1, touch: "ask")
                let fidoctl = try bed.atTerminal("register", "--rp-id", "example.com", "--user", "u")
                for key in [bed.key, other] {
                    try await key.server.errors.wait(for: "waits for a touch")
                }
                #expect(!fidoctl.events.text.contains("pin-needed"))
                other.touch()
                try await fidoctl.events.wait(for: "pin-needed")
                try await fidoctl.errors.wait(forPrompt: "PIN of ")
                #expect(
                    fidoctl.events.lines.last { $0.contains("pin-needed") }?.contains("hidraw\(other.number)\"") == true
                )
                bed.terminal.type(PINBed.pin + "\n")
                try await other.server.errors.wait { $0.count { $0.contains("waits for a touch") } == 2 ? () : nil }
                other.touch()
                #expect(try await fidoctl.end() == .exit(0), "\(fidoctl.errors.text)")
                #expect(try await bed.key.finalWire().cancels.count == 1)
                #expect(try await other.finalWire().cancels == [])
            }
        }
    }
}
