import Testing

extension HidrawTests {
    /// fidoctl manages the included key from before CTAP 2.1 by that key's own commands, 0x40 and 0x41.
    @Suite struct PreviewKeyTests {
        private static let scenario = Product.project + "/scenarios/keys/ctap-2.1-pre.json"

        private struct Bed {
            let bed: Testbed
            let key: PluggedKey
            let pinFile: String

            /// The output of a command that succeeds.
            func run(_ arguments: String...) async throws -> String {
                let program = try bed.start([Product.fidoctl] + arguments + ["--pin-file", pinFile])
                #expect(try await program.end() == .exit(0), "\(arguments): \(program.errors.text)")
                return program.output.text
            }

            /// How often the key carried out a command, by its number.
            func count(of command: String) -> Int {
                key.server.errors.lines.count { $0.contains("-- command \(command) began") }
            }
        }

        private func withKey(_ use: (Bed) async throws -> Void) async throws {
            try await Testbed.with { bed in
                let key = try await bed.plug(serving: ["--touch", "auto", "--scenario", Self.scenario])
                let pinFile = bed.folder + "/pin"
                try TextFile.write("1234\n", to: pinFile)
                try await use(Bed(bed: bed, key: key, pinFile: pinFile))
            }
        }

        @Test func `credentials are listed and deleted, and cannot be renamed`() async throws {
            try await withKey { bed in
                for user in ["alice", "bob"] {
                    _ = try await bed.run("register", "--rp-id", "a.example", "--user", user, "--discoverable")
                }
                let list = try await bed.run("credentials", "list")
                #expect(list.contains("alice") && list.contains("bob"), "\(list)")
                let choice = ["--rp-id", "a.example", "--user", "bob", "--pin-file", bed.pinFile, "--yes"]
                let rename = try bed.bed.start([Product.fidoctl, "credentials", "rename", "--name", "x"] + choice)
                #expect(try await rename.end() == .exit(16))
                #expect(rename.errors.text.contains("cannot rename"), "\(rename.errors.text)")
                _ = try await bed.run("credentials", "delete", "--rp-id", "a.example", "--user", "bob", "--yes")
                let rest = try await bed.run("credentials", "list")
                #expect(rest.contains("alice") && !rest.contains("bob"), "\(rest)")
                #expect(bed.count(of: "0x41") > 0 && bed.count(of: "0x0a") == 0)
            }
        }

        @Test func `fingerprints are enrolled, listed, renamed and deleted`() async throws {
            try await withKey { bed in
                _ = try await bed.run("fingerprints", "enroll", "--name", "left thumb")
                _ = try await bed.run("fingerprints", "rename", "left thumb", "--name", "right thumb")
                #expect(try await bed.run("fingerprints", "list").contains("right thumb"))
                _ = try await bed.run("fingerprints", "delete", "right thumb", "--yes")
                #expect(try await !bed.run("fingerprints", "list").contains("thumb"))
                #expect(bed.count(of: "0x40") > 0 && bed.count(of: "0x09") == 0)
            }
        }
    }
}
