import Glibc
import Testing

extension HidrawTests {
    /// A signal in every state of a login, with a key that follows a scenario (docs/scenarios.md): the packets to the
    /// key, our output, and whether the next login works.
    @Suite struct ScriptedCancelTests {
        /// A state of a login, and the packets to the key from then on.
        struct State: Sendable, CustomTestStringConvertible {
            enum Sign: Sendable {
                case event(String)
                case log(String)
                case wholeRequest(fault: String)
            }

            let scenario: String
            let sign: Sign
            let received: [String]
            var testDescription: String { scenario }

            init(_ scenario: String, at sign: Sign, _ received: String...) {
                self.scenario = scenario
                self.sign = sign
                self.received = received
            }
        }

        static let states = [
            State("processing", at: .log("-- fault hold:processing"), "CANCEL"),
            State("touch-awaited", at: .event("touch-needed"), "CANCEL"),
            State("fingerprint-awaited", at: .log("-- waits for a fingerprint"), "CANCEL"),
            State("tarpit", at: .event("processing"), "CANCEL"),
            State("tarpit-touch", at: .event("touch-needed"), "CANCEL"),
            State("reply-after-cancel", at: .event("touch-needed"), "CANCEL"),
            State("success-beats-cancel", at: .event("touch-needed"), "CANCEL"),
            State("late-reply", at: .log("-- waits for a touch"), "CANCEL"),
            State("too-late-reply", at: .log("-- waits for a touch"), "CANCEL", "INIT"),
            State("silent", at: .wholeRequest(fault: "silent"), "CANCEL", "INIT"),
            State("ignore-cancel", at: .event("touch-needed"), "CANCEL", "INIT"),
        ]

        @Test(arguments: states)
        func aSignalCancelsOnceAndTheNextLoginWorks(state: State) async throws {
            try await ScriptedLogin.with(state.scenario) { login in
                let fidoctl = try login.start()
                switch state.sign {
                case .event(let event): try await fidoctl.events.wait(for: event)
                case .log(let line): try await login.wait(for: line)
                case .wholeRequest(let fault): try await login.waitForWholeRequest(fault: fault)
                }
                fidoctl.signal(SIGINT)
                try await expectCancelled(fidoctl, login, received: state.received)
                try await expectNextLoginWorks(login)
            }
        }

        /// The final reply is read, and not left for the next client of the key.
        @Test(arguments: ["touch-awaited", "late-reply"])
        func theKeysLastWordIsAwaited(scenario: String) async throws {
            try await ScriptedLogin.with(scenario) { login in
                let fidoctl = try login.start()
                try await login.wait(for: "-- waits for a touch")
                fidoctl.signal(SIGINT)
                #expect(try await fidoctl.end() == .exit(130))
                // A CBOR message of one byte: CTAP2_ERR_KEEPALIVE_CANCEL.
                let last = TextFile.contents(login.trace).split(separator: "\n").last ?? ""
                #expect(last.contains("\"in\"") && last.contains("9000012d"), "\(last)")
            }
        }

        @Test func beforeAnyKeyIsThereNothingIsSentToAnyLater() async throws {
            try await ScriptedLogin.with("touch-awaited") { login in
                try await login.key.unplug()
                let fidoctl = try login.start()
                try await fidoctl.events.wait(for: "waiting-for-key")
                fidoctl.signal(SIGINT)
                #expect(try await fidoctl.end() == .exit(130))
                #expect(fidoctl.errors.text.contains("cancelled"))
                let key = try await login.bed.plug(serving: ["--state", login.bed.folder + "/key"])
                #expect(try await key.finalWire().entries == [])
                #expect(try await login.start().end() == .exit(0))
            }
        }

        @Test func whileINITIsUnansweredNothingMoreIsSent() async throws {
            try await ScriptedLogin.with("init-silent") { login in
                let fidoctl = try login.start()
                try await login.wait(for: "-> ffffffff INIT")
                fidoctl.signal(SIGINT)
                #expect(try await fidoctl.end() == .exit(130))
                #expect(fidoctl.errors.text.contains("cancelled"))
                #expect(!login.key.isLocked)
                #expect(Set(try await login.key.finalWire().toKey.map(\.packet)) == ["INIT"])
                try await expectNextLoginWorks(login)
            }
        }

        /// The kernel buffers a few more packets than the key reads, and uhid buffers all.
        @Test func withinARequestCANCELWaitsForItsLastPacket() async throws {
            try await ScriptedLogin.with("request-held") { login in
                let fidoctl = try login.startLong()
                try await login.wait(for: "-- fault hold:request")
                fidoctl.signal(SIGINT)
                try await fidoctl.events.wait(for: "cancelling")
                #expect(login.key.wire.afterLastRequest == nil)
                let sent = login.sentPacketCount
                login.key.server.write("go")
                try await expectCancelled(fidoctl, login, received: ["CANCEL"])
                if !Testbed.usesKernel { #expect(login.sentPacketCount - sent > 1, "packets besides CANCEL") }
                try await expectNextLoginWorks(login)
            }
        }

        @Test func aKeyThatIsBusyAfterTheCancelIsAskedAgainByTheNextLogin() async throws {
            try await ScriptedLogin.with("busy-after-cancel") { login in
                let fidoctl = try login.start()
                try await fidoctl.events.wait(for: "touch-needed")
                fidoctl.signal(SIGINT)
                try await expectCancelled(fidoctl, login, received: ["CANCEL"])
                try await expectNextLoginWorks(login)
                let busy = login.key.wire.entries.filter { $0.direction == .fromKey && $0.packet == "ERROR" }
                #expect(busy.count == 3)
            }
        }

        /// The key has begun its reply: there is nothing to cancel, only to read.
        @Test func withinAReplyItIsReadToItsEndWithoutCANCEL() async throws {
            try await ScriptedLogin.with("reply-held") { login in
                let fidoctl = try login.start()
                try await waitForFirstPacketOfReply(login)
                fidoctl.signal(SIGINT)
                try await fidoctl.events.wait(for: "cancelling")
                login.key.server.write("go")
                try await expectCancelled(fidoctl, login, received: [])
                try await expectNextLoginWorks(login)
            }
        }

        @Test func aReplyThatNeverEndsIsGivenUpByINIT() async throws {
            try await ScriptedLogin.with("reply-held") { login in
                let fidoctl = try login.start()
                try await waitForFirstPacketOfReply(login)
                fidoctl.signal(SIGINT)
                #expect(try await fidoctl.end(within: Testbed.bound(15)) == .exit(130))
                login.key.server.write("go")
                try await expectCancelled(fidoctl, login, received: ["INIT"])
                try await expectNextLoginWorks(login)
            }
        }

        @Test func aKeyPulledOutWhileWeCancelIsNoOtherEnd() async throws {
            try await ScriptedLogin.with("unplug-at-cancel") { login in
                let fidoctl = try login.start()
                try await fidoctl.events.wait(for: "touch-needed")
                fidoctl.signal(SIGINT)
                #expect(try await fidoctl.end() == .exit(130))
                #expect(fidoctl.errors.text.contains("cancelled"))
                #expect(login.key.wire.afterLastRequest == ["CANCEL"])
                try await login.key.unplug()
                _ = try await login.bed.plug(serving: ["--state", login.bed.folder + "/key"])
                #expect(try await login.start().end() == .exit(0))
            }
        }

        @Test func aRegistrationThatBeatTheCancelIsSaidSo() async throws {
            try await ScriptedLogin.with("success-beats-cancel") { login in
                let fidoctl = try login.bed.fidoctl(
                    "register",
                    "--rp-id",
                    "example.com",
                    "--user",
                    "u",
                    "--events",
                    "3"
                )
                try await fidoctl.events.wait(for: "touch-needed")
                fidoctl.signal(SIGINT)
                try await expectCancelled(fidoctl, login, received: ["CANCEL"])
                #expect(fidoctl.errors.text.contains("it may hold a new credential"))
                #expect(fidoctl.output.text == "")
            }
        }

        @Test func aSecondSignalEndsAtOnce() async throws {
            try await ScriptedLogin.with("ignore-cancel") { login in
                let fidoctl = try login.start()
                try await fidoctl.events.wait(for: "touch-needed")
                fidoctl.signal(SIGINT)
                try await login.wait(for: " CANCEL")
                fidoctl.signal(SIGINT)
                #expect(try await fidoctl.end() == .exit(130))
                #expect(!login.key.isLocked)
                // The INIT that would follow an ignored CANCEL is not sent.
                #expect(login.key.wire.afterLastRequest == ["CANCEL"])
            }
        }

        /// Only our log shows that a packet was read and not just sent.
        private func waitForFirstPacketOfReply(_ login: ScriptedLogin) async throws {
            try await login.wait(for: "-- fault hold:reply")
            try await eventually("the reply's first packet was read") {
                let last = TextFile.contents(login.trace).split(separator: "\n").last ?? ""
                return last.contains("\"direction\":\"in\"") && !last.contains("bb0001")
            }
        }

        private func expectCancelled(_ fidoctl: Program, _ login: ScriptedLogin, received: [String]) async throws {
            #expect(try await fidoctl.end(within: Testbed.bound(15)) == .exit(130), "\(fidoctl.errors.text)")
            #expect(fidoctl.errors.text.contains("cancelled"))
            let ending = fidoctl.events.lines.suffix(2)
            #expect(ending.first?.contains("\"cancelling\"") == true)
            #expect(ending.last?.contains("\"cancelled\"") == true)
            #expect(!login.key.isLocked)
            let wire = try await login.key.finalWire()
            #expect(wire.afterLastRequest == received)
            #expect(wire.cancels.count == received.count { $0 == "CANCEL" })
        }

        private func expectNextLoginWorks(_ login: ScriptedLogin) async throws {
            let cancels = login.key.wire.cancels.count
            let next = try login.start()
            #expect(try await next.end() == .exit(0), "\(next.errors.text)")
            #expect(login.key.wire.cancels.count == cancels)
        }
    }
}
