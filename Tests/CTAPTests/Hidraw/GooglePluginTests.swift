import Glibc
import Testing
import WebAuthn

extension HidrawTests {
    /// `fidoctl-google-auth`, as google-auth runs it: without arguments, one message in, one out.
    @Suite struct GooglePluginTests {
        /// Runs the link with `request` as its whole standard input.
        private func run(
            _ bed: Testbed,
            _ request: [UInt8],
            device: String = "",
            terminal: PseudoTerminal? = nil
        ) throws -> Program {
            let link = bed.folder + "/fidoctl-google-auth"
            if !TextFile.exists(link) { _ = unsafe symlink(Product.fidoctl, link) }
            let file = bed.folder + "/request"
            try TextFile.write(request, to: file)
            // The terminal stays open somewhere, or the test's end of it would see its end. Without one, the plug-in must
            // not find that of the person who runs the tests.
            let script = #"exec 5<&0; exec \#(terminal == nil ? "setsid " : "")"$1" < "$2" 2> "$3""#
            return try bed.start(
                ["/bin/sh", "-c", script, "sh", link, file, bed.folder + "/errors"],
                environment: ["FIDOCTL_DEVICE": device, "TERM": "xterm"],
                terminal: terminal
            )
        }

        /// A login with this credential, or with any that the key finds.
        private func request(_ credential: String?, verification: String = "discouraged") -> [UInt8] {
            let allowed = credential.map { #"{"type": "public-key", "id": "\#($0)"}"# } ?? ""
            return Application.counted(
                """
                {"type": "get", "origin": "https://accounts.example.com", "requestData": {"rpId": "example.com", \
                "challenge": "AQID", "timeout": 120000, "userVerification": "\(verification)", \
                "allowCredentials": [\(allowed)], \
                "extensions": {"appid": "https://www.example.com/origins.json"}}}
                """
            )
        }

        private func answer(of program: Program) throws -> MessageValue {
            let documents = Application.documents(in: program.output.bytes)
            #expect(documents.count == 1)
            return try JSON.decode(MessageValue.self, from: Array((documents.first ?? "").utf8))
        }

        private func login(in answer: MessageValue) throws -> AuthenticationResponse {
            try AuthenticationResponse(json: JSON.encode(try #require(answer["responseData"])))
        }

        @Test func `a login is answered after a touch`() async throws {
            try await Testbed.with { bed in
                let key = try await bed.plug(serving: ["--touch", "ask"])
                let credential = try await bed.credential(on: key)
                let count = key.server.errors.lines.count
                let plugin = try run(bed, request(credential.id))
                try await key.server.errors.wait(for: "waits for a touch", after: count)
                key.touch()
                #expect(try await plugin.end() == .exit(0), "\(plugin.errors.text)")
                let answer = try answer(of: plugin)
                #expect(answer["type"] == "getResponse")
                #expect(Base64URL.encode(try login(in: answer).id) == credential.id)
                #expect(answer["error"] == nil)
            }
        }

        @Test func `the PIN is asked for at the terminal, first a wrong one`() async throws {
            try await PINBed.with { pins in
                let file = try await pins.credential()
                let id = try TestCredential(TextFile.contents(file), in: file).id
                let plugin = try run(pins.bed, request(id, verification: "required"), terminal: pins.terminal)
                try await plugin.errors.wait(forPrompt: "(8 tries left")
                pins.terminal.type("wrong horse\n")
                try await plugin.errors.wait(forPrompt: "(7 tries left")
                pins.terminal.type(PINBed.pin + "\n")
                #expect(try await plugin.end() == .exit(0), "\(plugin.errors.text)")
                #expect(try answer(of: plugin)["responseData"] != nil)
                #expect(TextFile.contents(pins.bed.folder + "/errors") == "")
            }
        }

        @Test func `a key that is inserted while it waits logs in, and the terminal says so`() async throws {
            try await Testbed.with { bed in
                let serving = ["--state", bed.folder + "/key", "--touch", "ask"]
                let first = try await bed.plug(serving: serving)
                let credential = try await bed.credential(on: first)
                try await first.unplug()
                let plugin = try run(bed, request(credential.id), terminal: PseudoTerminal())
                try await plugin.errors.wait(forPrompt: "Insert your security key")
                let key = try await bed.plug(serving: serving)
                try await plugin.errors.wait(forPrompt: "Touch ")
                key.touch()
                #expect(try await plugin.end() == .exit(0), "\(plugin.errors.text)")
                #expect(Base64URL.encode(try login(in: answer(of: plugin)).id) == credential.id)
            }
        }

        private static let accounts = [StoredAccount("example.com", "alice"), StoredAccount("example.com", "bob")]

        @Test func `the account that a person chooses at the terminal logs in`() async throws {
            try await PINBed.with(accounts: Self.accounts) { pins in
                let plugin = try run(pins.bed, request(nil, verification: "required"), terminal: pins.terminal)
                try await plugin.errors.wait(forPrompt: "PIN of ")
                pins.terminal.type(PINBed.pin + "\n")
                // The newest account comes first.
                try await plugin.errors.wait(for: "2  alice")
                pins.terminal.type("2\r")
                #expect(try await plugin.end() == .exit(0), "\(plugin.errors.text)")
                #expect(try login(in: answer(of: plugin)).userHandle == Array("example.com/alice".utf8))
                #expect(TextFile.contents(pins.bed.folder + "/errors") == "")
            }
        }

        @Test func `without a terminal the newest account logs in`() async throws {
            try await PINBed.with(accounts: Self.accounts) { pins in
                let plugin = try run(pins.bed, request(nil))
                #expect(try await plugin.end() == .exit(0), "\(plugin.errors.text)")
                #expect(try login(in: answer(of: plugin)).userHandle == Array("example.com/bob".utf8))
                #expect(TextFile.contents(pins.bed.folder + "/errors").contains("using the newest"))
            }
        }

        @Test(arguments: [SIGINT, SIGTERM])
        func `a signal cancels on the key, without a response, and the next login works`(signal: Int32) async throws {
            try await Testbed.with { bed in
                let key = try await bed.plug(serving: ["--touch", "ask"])
                let credential = try await bed.credential(on: key)
                let cancelled = try run(bed, request(credential.id), terminal: PseudoTerminal())
                try await cancelled.errors.wait(forPrompt: "Touch ")
                cancelled.signal(signal)
                #expect(try await cancelled.end() == .exit(128 + signal), "\(cancelled.errors.text)")
                #expect(cancelled.output.bytes == [])
                #expect(try await key.finalWire().cancels.count == 1)
                #expect(!key.isLocked)
                let next = try run(bed, request(credential.id), terminal: PseudoTerminal())
                try await next.errors.wait(forPrompt: "Touch ")
                key.touch()
                #expect(try await next.end() == .exit(0), "\(next.errors.text)")
                #expect(Base64URL.encode(try login(in: answer(of: next)).id) == credential.id)
            }
        }

        @Test func `a failure is an answer too`() async throws {
            try await Testbed.with { bed in
                let key = try await bed.plug()
                let messages: [[UInt8]] = [
                    request("AAAA"), Application.counted("{}"), Application.counted(#"{"type":"create","origin":""}"#),
                    [5, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF], [],
                ]
                for message in messages {
                    let plugin = try run(bed, message, device: key.path)
                    #expect(try await plugin.end() == .exit(0), "\(plugin.errors.text)")
                    let answer = try answer(of: plugin)
                    #expect(answer["type"] == "getResponse")
                    guard case .string(let text)? = answer["error"] else {
                        Issue.record("no error: \(answer)")
                        continue
                    }
                    #expect(!text.isEmpty)
                }
            }
        }
    }
}
