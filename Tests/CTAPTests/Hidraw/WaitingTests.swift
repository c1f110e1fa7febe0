import CTAPHID
import Glibc
import Testing

extension HidrawTests {
    /// Keys that come and go while a command waits for them.
    @Suite struct WaitingTests {
        /// Also without udevd, as in containers.
        @Test(arguments: [true, false])
        func withNoKeyItAsksForOneAndGoesOnWithIt(udev: Bool) async throws {
            try await Testbed.with(udev: udev) { bed in
                let serving = ["--touch", "ask", "--state", bed.folder + "/key"]
                let registered = try await bed.plug(serving: serving)
                let credential = try await bed.credential(on: registered)
                try await registered.unplug()

                let fidoctl = try bed.fidoctl("assert", "--credential", credential.file, "--events", "3")
                try await fidoctl.errors.wait(for: "example.com: Insert your security key to log in")
                var seen = try await fidoctl.events.wait(for: "waiting-for-key")
                let key = try await bed.plug(serving: serving)
                seen = try await fidoctl.events.wait(for: "key-added", after: seen)
                try await fidoctl.events.wait(for: "touch-needed", after: seen)
                try await fidoctl.errors.wait(for: "Touch your security key")
                key.touch()
                #expect(try await fidoctl.end() == .exit(0), "\(fidoctl.errors.text)")
                #expect(fidoctl.events.lines.last?.contains("\"done\"") == true)
            }
        }

        @Test func aKeyPulledOutBeforeItsTouchMayComeBack() async throws {
            try await Testbed.with { bed in
                let serving = ["--touch", "ask", "--state", bed.folder + "/key"]
                let registered = try await bed.plug(serving: serving)
                let credential = try await bed.credential(on: registered)
                let fidoctl = try bed.fidoctl("assert", "--credential", credential.file, "--events", "3")
                var seen = try await fidoctl.events.wait(for: "touch-needed")
                try await registered.unplug()
                try await fidoctl.errors.wait(for: "was unplugged")
                try await fidoctl.errors.wait(for: "Insert your security key")
                seen = try await fidoctl.events.wait(for: "key-removed", after: seen)
                seen = try await fidoctl.events.wait(for: "waiting-for-key", after: seen)

                let key = try await bed.plug(serving: serving)
                try await fidoctl.events.wait(for: "touch-needed", after: seen)
                key.touch()
                #expect(try await fidoctl.end() == .exit(0), "\(fidoctl.errors.text)")
                #expect(try await key.finalWire().cancels == [])
            }
        }

        /// For signals, for tasks and timers, for the key, and for the watch of /dev (docs/decisions/threads.md).
        @Test func aLoginThatWaitsForItsTouchHasFourThreads() async throws {
            try await Testbed.with { bed in
                let key = try await bed.plug(serving: ["--touch", "ask", "--state", bed.folder + "/key"])
                let credential = try await bed.credential(on: key)
                let fidoctl = try bed.fidoctl("assert", "--credential", credential.file)
                try await fidoctl.errors.wait(for: "Touch your security key")
                #expect(FileSystem.names(in: "/proc/\(fidoctl.processID)/task").count <= 4)
                key.touch()
                #expect(try await fidoctl.end() == .exit(0), "\(fidoctl.errors.text)")
            }
        }

        @Test func anotherKeyMayTakeThePlaceOfTheOnePulledOut() async throws {
            try await Testbed.with { bed in
                let first = try await bed.plug(0, serving: ["--touch", "never"])
                let fidoctl = try bed.fidoctl("register", "--rp-id", "example.com", "--user", "u", "--events", "3")
                let seen = try await fidoctl.events.wait(for: "touch-needed")
                try await first.unplug()
                let gone = try await fidoctl.events.wait(for: "waiting-for-key", after: seen)
                let second = try await bed.plug(1, serving: ["--touch", "ask"])
                try await fidoctl.events.wait(for: "touch-needed", after: gone)
                second.touch()
                #expect(try await fidoctl.end() == .exit(0), "\(fidoctl.errors.text)")
            }
        }

        @Test func noKeyInTimeIsSaidSo() async throws {
            try await Testbed.with { bed in
                let fidoctl = try bed.fidoctl("select", "--timeout", Testbed.timeLimit(1), "--events", "3")
                #expect(try await fidoctl.end() == .exit(69))
                #expect(fidoctl.errors.text.contains("Insert your security key"))
                #expect(fidoctl.events.lines.last?.contains("\"no-key\"") == true)
            }
        }

        @Test(arguments: [SIGINT, SIGTERM, SIGHUP, SIGQUIT])
        func aSignalEndsTheWaitForAKey(signal: Int32) async throws {
            try await Testbed.with { bed in
                let fidoctl = try bed.fidoctl("select", "--events", "3")
                let seen = try await fidoctl.events.wait(for: "waiting-for-key")
                fidoctl.signal(signal)
                #expect(try await fidoctl.end() == .exit(128 + signal))
                let after = fidoctl.events.lines.dropFirst(seen)
                #expect(after.count == 2)
                #expect(after.first?.contains("\"cancelling\"") == true)
                #expect(after.last?.contains("\"cancelled\"") == true)
            }
        }

        @Test func listWatchTellsWhatComesAndGoes() async throws {
            try await Testbed.with { bed in
                let there = try await bed.plug(0)
                let list = try bed.fidoctl("list", "--watch", "--json")
                try await list.wait(for: "key-added", of: there)
                let coming = try await bed.plug(1)
                try await list.wait(for: "key-added", of: coming)
                try await there.unplug()
                try await list.wait(for: "key-removed", of: there)
                // Listing must not open a node.
                #expect(there.wire.entries == [])
                #expect(coming.wire.entries == [])
                list.signal(SIGINT)
                #expect(try await list.end() == .exit(130))
            }
        }
    }
}

extension Program {
    fileprivate func wait(for event: String, of key: PluggedKey) async throws {
        // Slashes come escaped or not: both are JSON.
        let name = key.path.split(separator: "/").last.map(String.init) ?? key.path
        try await output.wait { lines in
            lines.contains { $0.contains("\"\(event)\"") && $0.contains(name) } ? () : nil
        }
    }
}
