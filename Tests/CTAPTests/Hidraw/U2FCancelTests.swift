import Glibc
import Testing

extension HidrawTests {
    /// A signal in every state of a login with a U2F key, which knows no CANCEL (docs/decisions/u2f-touch.md).
    @Suite struct U2FCancelTests {
        /// A state of a login, and the packets to the key from then on.
        struct State: Sendable, CustomTestStringConvertible {
            enum Sign: Sendable {
                case event(String)
                case log(String)
                case wholeRequest
            }

            let scenario: String
            let sign: Sign
            var received: [String] = []
            var testDescription: String { scenario }
        }

        static let states = [
            State(scenario: "u2f-version-silent", sign: .wholeRequest, received: ["INIT"]),
            State(scenario: "u2f-check-silent", sign: .wholeRequest, received: ["INIT"]),
            State(scenario: "u2f-silent", sign: .wholeRequest, received: ["INIT"]),
            State(scenario: "u2f-touch-awaited", sign: .event("touch-needed")),
            State(scenario: "u2f-late-reply", sign: .log("-- U2F 0x02 0x03")),
        ]

        @Test(arguments: states) func `the key is asked no more, and the next login works`(state: State) async throws {
            try await ScriptedLogin.with(state.scenario) { login in
                let fidoctl = try login.start()
                switch state.sign {
                case .event(let event): try await fidoctl.events.wait(for: event)
                case .log(let line): try await login.wait(for: line)
                case .wholeRequest: try await login.waitForWholeRequest("MSG", fault: "silent")
                }
                fidoctl.signal(SIGINT)
                try await expectCancelled(fidoctl, login, received: state.received)
                try await expectNextLoginWorks(login, needsTouch: state.scenario == "u2f-touch-awaited")
            }
        }

        @Test(arguments: [("u2f-request-held", "hold:request"), ("u2f-reply-held", "hold:reply")])
        func `what has begun is sent or read to its end`(scenario: String, fault: String) async throws {
            try await ScriptedLogin.with(scenario) { login in
                let fidoctl = try login.start()
                try await login.wait(for: "-- fault \(fault)")
                fidoctl.signal(SIGINT)
                try await fidoctl.events.wait(for: "cancelling")
                login.key.server.write("go")
                try await expectCancelled(fidoctl, login, received: [])
                try await expectNextLoginWorks(login)
            }
        }

        @Test func `the time limit ends the requests like a signal`() async throws {
            try await ScriptedLogin.with("u2f-touch-awaited") { login in
                let fidoctl = try login.start("--timeout", Testbed.timeLimit(1))
                #expect(try await fidoctl.end() == .exit(75), "\(fidoctl.errors.text)")
                #expect(try await login.key.finalWire().afterLast("MSG") == [])
                #expect(!login.key.isLocked)
            }
        }

        @Test func `a touch that came after the cancel serves the next login`() async throws {
            try await ScriptedLogin.with("u2f-touch-awaited") { login in
                let fidoctl = try login.start()
                try await fidoctl.events.wait(for: "touch-needed")
                fidoctl.signal(SIGINT)
                #expect(try await fidoctl.end() == .exit(130))
                login.key.touch()
                let next = try login.start()
                #expect(try await next.end() == .exit(0), "\(next.errors.text)")
            }
        }

        @Test func `a registration that beat the cancel is said so`() async throws {
            try await Testbed.with { bed in
                let scenario =
                    #"{"key": {"u2f": "only"}, "rules": [{"on": "U2F_REGISTER", "faults": ["late-reply:1"]}]}"#
                let key = try await bed.plug(scenario: scenario)
                let fidoctl = try bed.fidoctl("register", "--rp-id", "example.com", "--user", "u", "--events", "3")
                try await key.server.errors.wait(for: "-- U2F 0x01")
                fidoctl.signal(SIGINT)
                #expect(try await fidoctl.end() == .exit(130))
                #expect(fidoctl.errors.text.contains("it may hold a new credential"), "\(fidoctl.errors.text)")
                #expect(fidoctl.output.text == "")
                #expect(try await key.finalWire().cancels == [])
            }
        }

        private func expectCancelled(_ fidoctl: Program, _ login: ScriptedLogin, received: [String]) async throws {
            #expect(try await fidoctl.end(within: Testbed.bound(15)) == .exit(130), "\(fidoctl.errors.text)")
            #expect(fidoctl.errors.text.contains("cancelled"))
            #expect(!login.key.isLocked)
            let wire = try await login.key.finalWire()
            #expect(wire.afterLast("MSG") == received)
            #expect(wire.cancels == [])
        }

        private func expectNextLoginWorks(_ login: ScriptedLogin, needsTouch: Bool = false) async throws {
            let next = try login.start()
            if needsTouch {
                try await next.events.wait(for: "touch-needed")
                login.key.touch()
            }
            #expect(try await next.end() == .exit(0), "\(next.errors.text)")
        }
    }
}
