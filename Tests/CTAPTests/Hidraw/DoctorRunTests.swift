import Glibc
import Testing
import WebAuthn

extension HidrawTests {
    /// `fidoctl doctor` on devices: what it says first, and its exit status. In the made-up systems of `DoctorReasonTests` it
    /// meets the reasons that no test bed can have.
    @Suite struct DoctorRunTests {
        private struct Report {
            let document: [String: JSONValue]
            let program: Program

            var reason: JSONValue? { document["reason"] }

            /// A member of the check's object.
            func check(_ name: String, _ member: String) -> JSONValue? {
                guard case .array(let checks)? = document["checks"] else { return nil }
                for case .object(let check) in checks where check["check"] == .text(name) { return check[member] }
                return nil
            }
        }

        /// Runs doctor with `--json`, and compares the document with docs/json.md.
        private func examine(_ bed: Testbed, _ status: Int32, _ arguments: String...) async throws -> Report {
            let program = try bed.start([Product.fidoctl, "doctor", "--json"] + arguments)
            #expect(try await program.end() == .exit(status), "\(program.errors.text)\(program.output.text)")
            let text = program.output.text
            guard case .object(let document) = try JSON.decode(JSONValue.self, from: Array(text.utf8)) else {
                throw WaitedInVain(log: program.output, reason: "no object")
            }
            let problems = try JSONPage().problems(in: text, of: "doctor")
            #expect(problems == [])
            return Report(document: document, program: program)
        }

        private func plug(_ bed: Testbed, key: String = #"{"pin": "1234"}"#, rules: String = "[]") async throws
            -> PluggedKey
        {
            let file = bed.folder + "/scenario"
            try TextFile.write("{\"key\": \(key), \"rules\": \(rules)}", to: file)
            return try await bed.plug(serving: ["--scenario", file, "--state", bed.folder + "/state"])
        }

        @Test func `a key that works takes no touch, and leaves it idle`() async throws {
            try await Testbed.with { bed in
                let key = try await plug(bed)
                let report = try await examine(bed, 0)
                #expect(report.check("answer", "verdict") == .text("ok"))
                #expect(report.check("pin", "verdict") == .text("ok"))
                #expect(report.document["error"] == nil)
                #expect(!key.isLocked)
                #expect(!key.server.errors.text.contains("waits for"))
                #expect(key.wire.commands.contains("INIT") && !key.wire.commands.contains("CANCEL"))
            }
        }

        @Test(.enabled(if: !Testbed.usesKernel, "the virtual machine has other devices"))
        func `without a key it does not wait for one`() async throws {
            try await Testbed.with { bed in
                let report = try await examine(bed, 69)
                #expect(report.reason == .text("no-key"))
                let text = try bed.fidoctl("doctor")
                #expect(try await text.end() == .exit(69))
                #expect(text.output.lines.first?.hasPrefix("Problem: no security key is plugged in. To do: ") == true)
                #expect(text.errors.text == "")
            }
        }

        @Test(.enabled(if: !Testbed.usesKernel, "scripts/vm/checks does this with a real udevd"))
        func `a key that may not be opened`() async throws {
            try await Testbed.with { bed in
                let key = try await bed.plug()
                try await bed.deny(key.number)
                try TextFile.write("I:1\nG:uaccess\n", to: bed.folder + "/run/udev/data/c245:0")
                let report = try await examine(bed, 77)
                // Whoever runs the tests may be at the seat of a desktop.
                #expect(report.reason == .text("not-at-seat") || report.reason == .text("rule-not-in-effect"))
                #expect(report.check("node", "verdict") == .text("ok"))
                #expect(key.wire.entries == [])
                let fix = try bed.fidoctl("doctor", "--fix")
                #expect(try await fix.end() == .exit(77))
                #expect(fix.output.lines.contains("sudo udevadm control --reload"))
            }
        }

        @Test(.enabled(if: !Testbed.usesKernel, "the node would have to be taken away from the kernel"))
        func `a key without a node`() async throws {
            try await Testbed.with { bed in
                _ = try await bed.plug()
                #expect(unsafe unlink(bed.folder + "/dev/hidraw0") == 0)
                let report = try await examine(bed, 77)
                #expect(report.reason == .text("no-node") || report.reason == .text("container"))
            }
        }

        @Test func `a key that another program holds`() async throws {
            try await Testbed.with { bed in
                let key = try await plug(bed)
                let lock = try key.lock()
                defer { close(lock) }
                let report = try await examine(bed, 75, "--timeout", Testbed.timeLimit(1))
                #expect(report.reason == .text("in-use"))
                #expect(key.wire.entries == [])
            }
        }

        @Test(
            arguments: [
                (#"[{"on": "INIT", "faults": ["silent"]}]"#, "silent", 74),
                (#"[{"on": "getInfo", "faults": ["silent"]}]"#, "silent", 74),
                (#"[{"on": "getInfo", "faults": ["broken-cbor"]}]"#, "broken-answer", 76),
                (#"[{"on": "getInfo", "faults": ["oversize"]}]"#, "broken-answer", 76),
            ] as [(String, String, Int32)]
        )
        func `a key that answers nothing, or garbage`(rules: String, reason: String, status: Int32) async throws {
            try await Testbed.with { bed in
                let key = try await plug(bed, rules: rules)
                let report = try await examine(bed, status, "--timeout", Testbed.timeLimit(3))
                #expect(report.reason == .text(reason))
                #expect(!key.isLocked)
            }
        }

        @Test(
            arguments: [
                (#"{"pin": "1234", "pinRetries": 0}"#, "pin-blocked", 12), (#"{"u2f": "only"}"#, "u2f-only", 0),
                ("{}", "pin-not-set", 0),
            ] as [(String, String, Int32)]
        )
        func `what a key says of its PIN`(key: String, reason: String, status: Int32) async throws {
            try await Testbed.with { bed in
                _ = try await plug(bed, key: key)
                let report = try await examine(bed, status)
                #expect(report.reason == .text(reason))
            }
        }

        @Test func `a site's credential is sought without a touch`() async throws {
            try await Testbed.with { bed in
                _ = try await plug(bed, key: "{}")
                let none = try await examine(bed, 10, "--rp-id", "example.com")
                #expect(none.reason == .text("no-credential"))
                let register = try bed.fidoctl("register", "--rp-id", "example.com", "--json")
                #expect(try await register.end() == .exit(0), "\(register.errors.text)")
                let made = try JSON.decode(JSONValue.self, from: Array(register.output.text.utf8))
                guard case .object(let members) = made, case .text(let id)? = members["id"] else {
                    throw WaitedInVain(log: register.output, reason: "no id")
                }
                // It is no passkey, so it is found by its ID alone.
                _ = try await examine(bed, 10, "--rp-id", "example.com")
                let found = try await examine(bed, 0, "--rp-id", "example.com", "--credential", id)
                #expect(found.check("credential", "verdict") == .text("ok"))
            }
        }

        @Test func `one key that works is enough`() async throws {
            try await Testbed.with { bed in
                _ = try await plug(bed, key: #"{"pin": "1234", "pinRetries": 0}"#)
                _ = try await bed.plug(1)
                let report = try await examine(bed, 0)
                #expect(report.reason == .text("pin-blocked"))
                #expect(report.document["error"] == nil)
            }
        }

        @Test func `it can be cancelled`() async throws {
            try await Testbed.with { bed in
                let key = try await plug(bed, rules: #"[{"on": "getInfo", "faults": ["tarpit"]}]"#)
                let doctor = try bed.fidoctl("doctor")
                try await key.server.errors.wait(for: "fault tarpit")
                doctor.signal(SIGINT)
                #expect(try await doctor.end() == .exit(130), "\(doctor.errors.text)")
                #expect(key.wire.cancels.count == 1)
                #expect(doctor.output.lines == [])
            }
        }
    }
}
