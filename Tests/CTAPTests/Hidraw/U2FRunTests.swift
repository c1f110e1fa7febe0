import Glibc
import Testing

extension HidrawTests {
    /// A key with U2F alone, from the command line.
    @Suite struct U2FRunTests {
        static let register = ["register", "--rp-id", "example.com", "--user", "u"]

        @Test func `info says that it is a U2F key, and claims nothing else`() async throws {
            try await withKey { bed, key in
                let info = try bed.fidoctl("info")
                #expect(try await info.end() == .exit(0), "\(info.errors.text)")
                #expect(info.output.text.contains("U2F_V2") && info.output.text.contains("a U2F key"))
                #expect(!info.output.text.contains("PIN length"))
                let json = try bed.fidoctl("info", "--json")
                #expect(try await json.end() == .exit(0))
                #expect(json.output.text.contains(#""versions":["U2F_V2"]"#), "\(json.output.text)")
                #expect(!json.output.text.contains("aaguid"))
                #expect(!key.wire.commands.contains("CBOR"))
            }
        }

        @Test func `what it registers is attested and verified, and logs in`() async throws {
            try await withKey { bed, key in
                let register = try bed.start([Product.fidoctl] + Self.register + ["--attestation", "direct", "--json"])
                #expect(try await register.end() == .exit(0), "\(register.errors.text)")
                let credential = try TestCredential(register.output.text, in: bed.folder + "/credential")
                let verify = try bed.fidoctl("verify", credential.file, "--json")
                #expect(try await verify.end() == .exit(0), "\(verify.errors.text)")
                #expect(verify.output.text.contains(#""attestationType":"certified""#), "\(verify.output.text)")
                let login = try bed.fidoctl("assert", "--credential", credential.file, "--json")
                #expect(try await login.end() == .exit(0), "\(login.errors.text)")
                let silent = try bed.fidoctl("assert", "--silent", "--credential", credential.file)
                #expect(try await silent.end() == .exit(0), "\(silent.errors.text)")
                let again = try bed.start([Product.fidoctl] + Self.register + ["--exclude", credential.id])
                #expect(try await again.end() == .exit(15), "\(again.errors.text)")
                #expect(!key.wire.commands.contains("CBOR"))
            }
        }

        @Test(
            arguments: [
                (["assert", "--rp-id", "example.com", "--allow", "AAAA"], 10, "no"),
                (["assert", "--rp-id", "example.com"], 16, "only with a credential that the site names"),
                (register + ["--discoverable"], 16, "discoverable"),
                (register + ["--user-verification", "required"], 16, "cannot verify its user"),
                (register + ["--algorithm", "EdDSA"], 16, "ES256 only"),
                (["credentials", "list"], 16, "is a U2F key"), (["pin", "status"], 16, "is a U2F key"),
                (["pin", "set"], 16, "is a U2F key"), (["fingerprints", "list"], 16, "is a U2F key"),
                (["blobs", "list"], 16, "is a U2F key"), (["config", "show"], 16, "is a U2F key"),
                (["config", "always-uv", "on"], 16, "is a U2F key"), (["reset", "--yes"], 16, "is a U2F key"),
            ] as [([String], Int32, String)]
        )
        func `what it cannot do is said`(command: [String], status: Int32, sentence: String) async throws {
            try await withKey { bed, key in
                let fidoctl = try bed.start([Product.fidoctl] + command)
                #expect(try await fidoctl.end() == .exit(status), "\(fidoctl.errors.text)")
                #expect(fidoctl.errors.text.contains(sentence), "\(fidoctl.errors.text)")
                #expect(!key.wire.commands.contains("CBOR"))
            }
        }

        @Test(arguments: [("SW_COMMAND_NOT_ALLOWED", 16), ("0x6F00", 76)] as [(String, Int32)])
        func `a status word is passed on by its name`(name: String, status: Int32) async throws {
            let rule = #"{"on": "U2F_REGISTER", "status": "\#(name)"}"#
            try await withKey(rules: rule) { bed, _ in
                let fidoctl = try bed.start([Product.fidoctl] + Self.register + ["--json"])
                #expect(try await fidoctl.end() == .exit(status), "\(fidoctl.errors.text)")
                let shown = name.hasPrefix("0x") ? "SW 0x6f00" : name
                #expect(fidoctl.output.text.contains(#""status":"\#(shown)""#), "\(fidoctl.output.text)")
            }
        }

        @Test func `a certificate of the first keys, which is not valid DER, is passed on as it is`() async throws {
            try await withKey(rules: #"{"on": "U2F_REGISTER", "faults": ["unused-bits"]}"#) { bed, _ in
                let register = try bed.start([Product.fidoctl] + Self.register + ["--attestation", "direct", "--json"])
                #expect(try await register.end() == .exit(0), "\(register.errors.text)")
                let credential = try TestCredential(register.output.text, in: bed.folder + "/credential")
                let login = try bed.fidoctl("assert", "--credential", credential.file)
                #expect(try await login.end() == .exit(0), "\(login.errors.text)")
            }
        }

        @Test func `pulled out while it waits for its touch, it may come back`() async throws {
            try await withKey(rules: #"{"on": "U2F_REGISTER", "touch": "ask"}"#) { bed, key in
                let fidoctl = try bed.start([Product.fidoctl] + Self.register + ["--events", "3"])
                try await fidoctl.events.wait(for: "touch-needed")
                try await key.unplug()
                try await fidoctl.events.wait(for: "waiting-for-key")
                _ = try await bed.plug(scenario: #"{"key": {"u2f": "only"}}"#)
                #expect(try await fidoctl.end() == .exit(0), "\(fidoctl.errors.text)")
            }
        }

        @Test(arguments: [0, 1], [register, ["select"]])
        func `beside a CTAP2 key, the touched one decides and the other is left idle`(
            touched: Int,
            command: [String]
        ) async throws {
            try await Testbed.with { bed in
                let only = #"{"key": {"u2f": "only"}, "rules": [{"on": "*", "touch": "ask"}]}"#
                let keys = [
                    try await bed.plug(0, scenario: only), try await bed.plug(1, serving: ["--touch", "ask"]),
                ]
                let fidoctl = try bed.start([Product.fidoctl] + command + ["--events", "3"])
                try await fidoctl.needsTouch(of: keys)
                keys[touched].touch()
                #expect(try await fidoctl.end() == .exit(0), "\(fidoctl.errors.text)")
                #expect(
                    fidoctl.events.lines.contains { $0.contains("key-selected") && $0.contains(keys[touched].path) }
                )
                for key in keys { #expect(!key.isLocked) }
                let wire = try await keys[0].finalWire()
                #expect(wire.cancels == [] && wire.afterLast("MSG") == [])
                #expect(try await keys[1].finalWire().cancels.count == (touched == 0 ? 1 : 0))
            }
        }

        /// `rules` are those of the scenario.
        private func withKey(
            rules: String = "",
            _ use: (Testbed, PluggedKey) async throws -> Void
        ) async throws {
            try await Testbed.with { bed in
                try await use(bed, bed.plug(scenario: #"{"key": {"u2f": "only"}, "rules": [\#(rules)]}"#))
            }
        }
    }
}

extension Testbed {
    /// Plugs in a key that follows a scenario in JSON; unless it says otherwise, the touch comes at once.
    func plug(_ number: Int = 0, scenario: String) async throws -> PluggedKey {
        let file = "\(folder)/scenario\(number).json"
        try TextFile.write(scenario, to: file)
        return try await plug(number, serving: ["--touch", "auto", "--scenario", file])
    }
}
