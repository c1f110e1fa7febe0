import Glibc
import Testing
import WebAuthn

extension HidrawTests {
    /// `fidoctl serve`, with a test that plays the application.
    @Suite struct ServeRunTests {
        static let creation = """
            {"rp":{"id":"example.com","name":"Example"},"user":{"id":"AQID","name":"u","displayName":"U"},\
            "challenge":"AAECAwQFBgcICQoLDA0ODw","pubKeyCredParams":[{"type":"public-key","alg":-7}]}
            """

        static func create(_ id: Int, options: String = creation) -> String {
            #"{"id":\#(id),"type":"create","origin":"https://login.example.com","options":\#(options)}"#
        }

        static func get(_ id: Int, _ members: String = "") -> String {
            let options = #"{"rpId":"example.com","challenge":"AQID"\#(members)}"#
            return #"{"id":\#(id),"type":"get","origin":"https://login.example.com","options":\#(options)}"#
        }

        static func bytes(_ value: MessageValue?) throws -> [UInt8] { try JSON.encode(try #require(value)) }

        @Test(arguments: Application.Framing.allCases)
        func `an application registers and logs in with a key that is plugged in meanwhile`(
            framing: Application.Framing
        ) async throws {
            try await Testbed.with { bed in
                let application = try bed.serve(framing)
                application.say(Self.create(1))
                try await application.hear("waiting-for-key")
                let key = try await bed.plug(serving: ["--touch", "ask"])
                let touch = try await application.hear("touch-needed")
                #expect(touch.contains(#""rpId":"example.com""#))
                key.touch()
                let made = try RegistrationResponse(json: Self.bytes(try await application.result(of: 1)))
                guard case .json(let json) = made.clientData else {
                    Issue.record("no client data")
                    return
                }
                let data = try ClientData(json: json)
                #expect(data.origin == "https://login.example.com")
                #expect(data.challenge == Array(0..<16))

                let allowed = #","allowCredentials":[{"type":"public-key","id":"\#(Base64URL.encode(made.id))"}]"#
                application.say(Self.get(2, allowed))
                try await application.hear("touch-needed")
                key.touch()
                let login = try AuthenticationResponse(json: Self.bytes(try await application.result(of: 2)))
                #expect(login.id == made.id)

                application.program.endInput()
                #expect(try await application.program.end() == .exit(0), "\(application.program.errors.text)")
                #expect(application.program.errors.text == "")
                let page = try JSONPage("serve.md", heading: "### ")
                for message in application.messages {
                    let type = message.contains(#""type":"event""#) ? "event" : "result"
                    #expect(try page.problems(in: message, of: type) == [], "\(message)")
                }
            }
        }

        @Test(arguments: Application.Framing.allCases)
        func `a wrong PIN is followed by the right one, and neither is echoed`(
            framing: Application.Framing
        ) async throws {
            try await PINBed.with(touch: "ask") { pins in
                let application = try pins.bed.serve(framing)
                application.say(Self.create(1, options: Self.verified(Self.creation)))
                let first = try await application.hear("pin-needed")
                #expect(first.contains(#""reason":"needed""#))
                #expect(first.contains(#""retries":8"#))
                #expect(first.contains(#""minimumLength":4"#))
                application.say(#"{"id":1,"type":"pin","pin":"wrong horse"}"#)
                let second = try await application.hear("pin-needed")
                #expect(second.contains(#""reason":"wrong""#))
                #expect(second.contains(#""retries":7"#))
                application.say(#"{"id":1,"type":"pin","pin":"wrong horse"}"#)
                let same = try await application.hear("rejected")
                #expect(same.contains("pin-invalid"))
                application.say(#"{"id":1,"type":"pin","pin":"\#(PINBed.pin)"}"#)
                try await application.hear("touch-needed")
                pins.key.touch()
                _ = try await application.result(of: 1)
                #expect(!application.messages.contains { $0.contains("horse") })
                #expect(!application.program.errors.text.contains("horse"))
                #expect(try await pins.status("retries") == 8)
            }
        }

        static func verified(_ options: String) -> String {
            options.dropLast() + #","authenticatorSelection":{"userVerification":"required"}}"#
        }

        @Test(arguments: Application.Framing.allCases)
        func `the account that the application chooses logs in`(framing: Application.Framing) async throws {
            let accounts = [StoredAccount("example.com", "alice", "Alice"), StoredAccount("example.com", "bob")]
            try await PINBed.with(accounts: accounts) { pins in
                let application = try pins.bed.serve(framing)
                application.say(Self.get(1, #","userVerification":"required""#))
                try await application.hear("pin-needed")
                application.say(#"{"id":1,"type":"pin","pin":"\#(PINBed.pin)"}"#)
                let select = try await application.hear(#""event":"select""#)
                #expect(try JSONPage("serve.md", heading: "### ").problems(in: select, of: "event") == [])
                let message = try JSON.decode(MessageValue.self, from: Array(select.utf8))
                guard case .array(let offered)? = message["accounts"] else {
                    Issue.record("no accounts: \(select)")
                    return
                }
                let names: [MessageValue?] = offered.map { account in account["name"] }
                #expect(Set(names) == [.string("alice"), .string("bob")])
                application.say(#"{"id":1,"type":"account","account":2}"#)
                try await application.hear("rejected")
                let index = try #require(names.firstIndex(of: .string("alice")))
                application.say(#"{"id":1,"type":"account","account":\#(index)}"#)
                let login = try AuthenticationResponse(json: Self.bytes(try await application.result(of: 1)))
                let handle = Base64URL.encode(try #require(login.userHandle))
                #expect(offered[index]["id"] == .string(handle))
            }
        }

        @Test(arguments: Application.Framing.allCases)
        func `a request is cancelled on the key, and the next one works`(framing: Application.Framing) async throws {
            try await Testbed.with { bed in
                let key = try await bed.plug(serving: ["--touch", "ask"])
                let application = try bed.serve(framing)
                application.say(Self.create(1))
                try await application.hear("touch-needed")
                application.say(#"{"id":1,"type":"cancel"}"#)
                let error = try await application.error(of: 1)
                #expect(error["name"] == "AbortError")
                #expect(error["code"] == "cancelled")
                #expect(key.wire.cancels.count == 1)
                application.say(Self.create(2))
                try await application.hear("touch-needed")
                key.touch()
                _ = try await application.result(of: 2)
            }
        }

        @Test func `an application that goes away in mid-touch leaves an idle key`() async throws {
            try await Testbed.with { bed in
                let key = try await bed.plug(serving: ["--touch", "never"])
                let application = try bed.serve()
                application.say(Self.create(1))
                try await application.hear("touch-needed")
                application.program.endInput()
                #expect(try await application.program.end() == .exit(130))
                #expect(application.messages.last?.contains("NotAllowedError") == true)
                #expect(try await key.finalWire().cancels.count == 1)
                #expect(!key.isLocked)
            }
        }

        @Test(arguments: [SIGINT, SIGTERM]) func `a signal cancels on the key`(signal: Int32) async throws {
            try await Testbed.with { bed in
                let key = try await bed.plug(serving: ["--touch", "never"])
                let application = try bed.serve(.native)
                application.say(Self.create(1))
                try await application.hear("touch-needed")
                application.program.signal(signal)
                #expect(try await application.program.end() == .exit(128 + signal))
                #expect(try await application.error(of: 1)["code"] == "cancelled")
                #expect(try await key.finalWire().cancels.count == 1)
            }
        }

        @Test func `a second request is busy, and the first goes on`() async throws {
            try await Testbed.with { bed in
                let key = try await bed.plug(serving: ["--touch", "ask"])
                let application = try bed.serve()
                application.say(Self.create(1))
                try await application.hear("touch-needed")
                application.say(Self.create(2))
                let busy = try await application.error(of: 2)
                #expect(busy["code"] == "busy")
                #expect(busy["name"] == "OperationError")
                application.say(Self.create(1))
                let same = try await application.hear("rejected")
                #expect(same.contains(#""id":1"#))
                application.say(#"{"id":3,"type":"devices"}"#)
                _ = try await application.result(of: 3)
                key.touch()
                _ = try await application.result(of: 1)
            }
        }

        @Test func `what is no message is rejected, and the conversation goes on`() async throws {
            try await Testbed.with { bed in
                let key = try await bed.plug(serving: ["--touch", "ask"])
                let application = try bed.serve()
                application.say(Self.create(1))
                try await application.hear("touch-needed")
                let page = try JSONPage("serve.md", heading: "### ")
                let faults = [
                    "hello", String(repeating: "[", count: 1 << 20), #"{"id":1,"type":"cancel""#, #"{"id":{}}"#,
                    #"{"id":1,"type":"pin","pin":"1234"}"#, #"{"id":1,"type":"account","account":0}"#,
                    #"{"id":9,"type":"pin","pin":"1234"}"#, #"{"id":9,"type":"cancel"}"#, #"{"id":1,"type":"dance"}"#,
                    #"{"id":1,"type":"create","origin":5}"#,
                ]
                for fault in faults {
                    application.say(fault)
                    let answer = try await application.hear("rejected")
                    #expect(try page.problems(in: answer, of: "rejected") == [], "\(answer)")
                }
                application.program.write(Array(#"{"id":1,"type":"cancel","#.utf8) + [0xFF, 0x0A])
                try await application.hear("rejected")
                application.say(#"{"id":9,"type":"dance"}"#)
                #expect(try await application.error(of: 9)["name"] == "NotSupportedError")
                key.touch()
                _ = try await application.result(of: 1)
            }
        }

        @Test(arguments: Application.Framing.allCases)
        func `an input that ends within a message is reported`(framing: Application.Framing) async throws {
            try await Testbed.with { bed in
                let application = try bed.serve(framing)
                application.program.write(framing == .lines ? Array(#"{"id":1,"#.utf8) : [20, 0, 0, 0, 0x7B])
                application.program.endInput()
                #expect(try await application.program.end() == .exit(65))
                #expect(application.messages.last?.contains("rejected") == true)
            }
        }

        @Test func `a second answer to one question is rejected`() async throws {
            try await PINBed.with(touch: "ask") { pins in
                let application = try pins.bed.serve()
                application.say(Self.create(1, options: Self.verified(Self.creation)))
                try await application.hear("pin-needed")
                let pin = #"{"id":1,"type":"pin","pin":"\#(PINBed.pin)"}"#
                application.program.write(Array("\(pin)\n\(pin)\n".utf8))
                try await application.hear("rejected")
                try await application.hear("touch-needed")
                pins.key.touch()
                _ = try await application.result(of: 1)
            }
        }

        @Test func `only the origins of --origin are served`() async throws {
            try await Testbed.with { bed in
                let key = try await bed.plug()
                let application = try bed.serve(.lines, "--origin", "https://other.example")
                application.say(Self.create(1))
                let error = try await application.error(of: 1)
                #expect(error["name"] == "SecurityError")
                #expect(error["code"] == "denied")
                #expect(key.wire.entries.isEmpty)
            }
        }

        @Test func `an origin that may not use the RP ID is a SecurityError`() async throws {
            try await Testbed.with { bed in
                let application = try bed.serve()
                application.say(Self.create(1).replacing("login.example.com", with: "example.org"))
                #expect(try await application.error(of: 1)["name"] == "SecurityError")
            }
        }

        @Test func `a key that holds the excluded credential is an InvalidStateError`() async throws {
            try await Testbed.with { bed in
                _ = try await bed.plug()
                let application = try bed.serve()
                application.say(Self.create(1))
                let made = try RegistrationResponse(json: Self.bytes(try await application.result(of: 1)))
                let excluded = #","excludeCredentials":[{"type":"public-key","id":"\#(Base64URL.encode(made.id))"}]}"#
                application.say(Self.create(2, options: Self.creation.dropLast() + excluded))
                let error = try await application.error(of: 2)
                #expect(error["name"] == "InvalidStateError")
                #expect(error["code"] == "excluded")
                #expect(error["status"] == "CTAP2_ERR_CREDENTIAL_EXCLUDED")
            }
        }

        @Test func `the results of capabilities and devices are as documented`() async throws {
            try await Testbed.with { bed in
                _ = try await bed.plug()
                let application = try bed.serve()
                let page = try JSONPage("serve.md", heading: "### ")
                for (id, type) in ["capabilities", "devices"].enumerated() {
                    application.say(#"{"id":\#(id),"type":"\#(type)"}"#)
                    let result = String(decoding: try Self.bytes(try await application.result(of: id)), as: UTF8.self)
                    #expect(try page.problems(in: result, of: "result of \(type)") == [])
                }
            }
        }

        /// Nobody reads the answers, and the requests go on.
        @Test func `a reader that has stopped ends the conversation, and a signal does even before`() async throws {
            try await Testbed.with { bed in
                let script = #"mkfifo "$2"; exec 4<>"$2"; exec "$1" serve > "$2""#
                let stalled = try bed.start(["/bin/sh", "-c", script, "sh", Product.fidoctl, bed.folder + "/fifo"])
                for id in 0..<3_000 { stalled.write(#"{"id":\#(id),"type":"capabilities"}"#) }
                #expect(try await stalled.end() == .exit(75), "\(stalled.errors.text)")
                let key = try await bed.plug(serving: ["--touch", "never"])
                let next = try bed.start(["/bin/sh", "-c", script, "sh", Product.fidoctl, bed.folder + "/fifo2"])
                for id in 0..<900 { next.write(#"{"id":\#(id),"type":"capabilities"}"#) }
                next.write(Self.create(1_000))
                try await key.server.errors.wait(for: "waits for a touch")
                next.signal(SIGTERM)
                #expect(try await next.end() == .exit(143))
                #expect(try await key.finalWire().cancels.count == 1)
            }
        }
    }
}
