import Testing

extension HidrawTests {
    /// Keys that do not answer: the command ends in time and says which key it was and what happened, and the next
    /// login works.
    @Suite struct MisbehavingKeyTests {
        /// A key, the time limit, and how the login ends.
        struct Case: Sendable, CustomTestStringConvertible {
            let scenario: String
            let timeout: Int
            let status: Int32
            let code: String
            let message: String
            /// The packets to the key after its last request; `nil` if it is random whether one is pending at the
            /// deadline.
            let received: [String]?
            var testDescription: String { "\(scenario), \(timeout) s" }

            init(
                _ scenario: String,
                timeout: Int,
                _ status: Int32,
                _ code: String,
                _ message: String,
                received: [String]?
            ) {
                self.scenario = scenario
                self.timeout = timeout
                self.status = status
                self.code = code
                self.message = message
                self.received = received
            }
        }

        /// Seconds within which a login begins.
        static let soon = Testbed.usesKernel ? 10 : 1

        /// The same for a key that for 5 s says nothing, or is busy. However soon a login begins, the limit comes first.
        static let brief = Testbed.usesKernel ? 5 : 1

        static let cases = [
            Case("silent", timeout: 600, 74, "io", "stopped responding", received: ["CANCEL", "INIT"]),
            Case("tarpit", timeout: soon, 75, "timed-out", "was still processing", received: ["CANCEL"]),
            Case(
                "too-late-reply",
                timeout: brief,
                75,
                "timed-out",
                "timed out waiting for",
                received: ["CANCEL", "INIT"]
            ),
            Case("busy", timeout: brief, 75, "timed-out", "another program was using", received: nil),
        ]

        /// Variations that would take too long in the virtual machine.
        static let moreCases = [
            Case("silent", timeout: soon, 75, "timed-out", "without a response from", received: ["CANCEL", "INIT"]),
            Case("tarpit-touch", timeout: soon, 75, "timed-out", "timed out waiting for", received: ["CANCEL"]),
            Case(
                "ignore-cancel",
                timeout: soon,
                75,
                "timed-out",
                "timed out waiting for",
                received: ["CANCEL", "INIT"]
            ),
            Case("init-silent", timeout: soon, 75, "timed-out", "without a response from", received: []),
            Case("init-silent", timeout: 600, 74, "io", "stopped responding", received: []),
        ]

        /// A CANCEL takes at most 2 s; the rest of the 15 s is for starting programs on a busy machine.
        @Test(arguments: Testbed.usesKernel ? cases : cases + moreCases)
        func itIsGivenUpInTimeAndTheNextLoginWorks(misbehaving: Case) async throws {
            try await ScriptedLogin.with(misbehaving.scenario) { login in
                let fidoctl = try login.start("--timeout", String(misbehaving.timeout), "--json")
                #expect(try await fidoctl.end(within: Testbed.bound(15)) == .exit(misbehaving.status))
                #expect(fidoctl.errors.text.contains(misbehaving.message), "\(fidoctl.errors.text)")
                #expect(fidoctl.output.text.contains("\"code\":\"\(misbehaving.code)\""), "\(fidoctl.output.text)")
                let ending = misbehaving.status == 75 ? "\"timed-out\"" : "\"failed\""
                #expect(fidoctl.events.lines.last?.contains(ending) == true)
                #expect(!login.key.isLocked)
                let wire = try await login.key.finalWire()
                if let received = misbehaving.received {
                    #expect((wire.afterLastRequest ?? []) == received)
                    #expect(wire.cancels.count == received.count { $0 == "CANCEL" })
                }
                let next = try login.start()
                #expect(try await next.end() == .exit(0), "\(next.errors.text)")
            }
        }

        /// If a USB key accepts no more reports, the kernel blocks us for 5 s, and nothing ends that earlier.
        @Test(.enabled(if: !Testbed.usesKernel, "uhid takes a whole request at once"))
        func aKeyThatStopsReadingIsLeftWhenTheSystemLetsGo() async throws {
            try await ScriptedLogin.with("request-held") { login in
                let fidoctl = try login.startLong("--timeout", "1")
                #expect(try await fidoctl.end(within: .seconds(20)) == .exit(75))
                #expect(fidoctl.errors.text.contains("without a response from"), "\(fidoctl.errors.text)")
                #expect(!login.key.isLocked)
                login.key.server.write("go")
                let next = try login.start()
                #expect(try await next.end() == .exit(0), "\(next.errors.text)")
                #expect(login.key.wire.cancels == [])
            }
        }

        /// A LOCK lasts at most ten seconds, but another program may continue indefinitely.
        @Test(.enabled(if: !Testbed.usesKernel, "it takes long"))
        func `a key that is busy for longer than any LOCK is waited for until the deadline`() async throws {
            try await ScriptedLogin.with("busy-for-ever") { login in
                let fidoctl = try login.start("--timeout", "13")
                #expect(try await fidoctl.end(within: .seconds(30)) == .exit(75))
                #expect(fidoctl.errors.text.contains("another program was using"), "\(fidoctl.errors.text)")
                #expect(login.key.wire.cancels == [])
            }
        }
    }
}
