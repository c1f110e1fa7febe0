import Testing

extension HidrawTests {
    /// The use of standard output, and what happens without a reader.
    @Suite struct StandardOutputTests {
        @Test func `when the reader of standard output goes, the key is cancelled`() async throws {
            try await Testbed.with { bed in
                let key = try await bed.plug(serving: ["--touch", "never"])
                let events = bed.folder + "/events"
                let script = """
                    { "$1" register --rp-id example.com --user u --json --events 4 4>"$2"; echo "status $?" >&2; } |
                        until grep -q touch-needed "$2"; do sleep 0.01; done
                    """
                let shell = try bed.start(["/bin/sh", "-c", script, "sh", Product.fidoctl, events])
                try await shell.errors.wait(for: "cannot write standard output")
                try await shell.errors.wait(for: "status 74")
                _ = try await shell.end()
                #expect(try await key.finalWire().cancels.count == 1)
                #expect(TextFile.contents(events).contains("\"cancelling\""))
            }
        }

        @Test func `select prints the key that was touched, not the other`() async throws {
            try await Testbed.with { bed in
                let keys = [
                    try await bed.plug(0, serving: ["--touch", "ask"]),
                    try await bed.plug(1, serving: ["--touch", "ask"]),
                ]
                let fidoctl = try bed.fidoctl("select", "--events", "3")
                for key in keys { try await key.server.errors.wait(for: "waits for a touch") }
                keys[1].touch()
                #expect(try await fidoctl.end() == .exit(0), "\(fidoctl.errors.text)")
                #expect(fidoctl.output.text == keys[1].path)
                #expect(try await keys[0].finalWire().cancels.count == 1)
            }
        }
    }
}
