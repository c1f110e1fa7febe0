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
            // The terminal stays open somewhere, or the test's end of it would see its end.
            let script = #"exec 5<&0; exec "$1" < "$2" 2> "$3""#
            return try bed.start(
                ["/bin/sh", "-c", script, "sh", link, file, bed.folder + "/errors"],
                environment: ["FIDOCTL_DEVICE": device],
                terminal: terminal
            )
        }

        private func request(_ credential: String, verification: String = "discouraged") -> [UInt8] {
            Application.counted(
                """
                {"type": "get", "origin": "https://accounts.example.com", "requestData": {"rpId": "example.com", \
                "challenge": "AQID", "timeout": 120000, "userVerification": "\(verification)", \
                "allowCredentials": [{"type": "public-key", "id": "\(credential)"}], \
                "extensions": {"appid": "https://www.example.com/origins.json"}}}
                """
            )
        }

        private func answer(of program: Program) throws -> MessageValue {
            let documents = Application.documents(in: program.output.bytes)
            #expect(documents.count == 1)
            return try JSON.decode(MessageValue.self, from: Array((documents.first ?? "").utf8))
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
                let login = try AuthenticationResponse(json: JSON.encode(try #require(answer["responseData"])))
                #expect(Base64URL.encode(login.id) == credential.id)
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
