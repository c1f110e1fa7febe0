import Foundation
import Testing
import WebAuthn

extension HidrawTests {
    /// `register` and `assert` with the options for extensions.
    @Suite struct ExtensionRunTests {
        private static let register = ["register", "--rp-id", "example.com", "--user", "u"]
        private static let salt = Base64URL.encode(Array("a salt".utf8))

        private func run(_ bed: PINBed, _ arguments: [String]) async throws -> Program {
            let program = try bed.bed.start(
                [Product.fidoctl] + arguments + ["--pin-file", bed.pinFile, "--events", "3"]
            )
            _ = try await program.end()
            return program
        }

        private func assert(_ bed: PINBed, _ credential: String, _ more: String...) async throws -> Program {
            try await run(bed, ["assert", "--credential", credential] + more)
        }

        /// Registers with these options; returns the file for `--credential`.
        private func credential(_ bed: PINBed, _ arguments: String...) async throws -> String {
            let register = try await run(bed, Self.register + ["--json"] + arguments)
            #expect(try await register.end() == .exit(0), "\(register.errors.text)")
            let file = bed.bed.folder + "/credential"
            try TextFile.write(register.output.text, to: file)
            return file
        }

        @Test func `the secrets of prf are printed alone, one a line`() async throws {
            try await PINBed.with { bed in
                let credential = try await credential(bed, "--prf")
                let one = try await assert(bed, credential, "--prf", Self.salt)
                let two = try await assert(bed, credential, "--prf", "AQ,\(Self.salt)")
                let json = try await assert(bed, credential, "--prf", Self.salt, "--json")
                let secret = try #require(one.output.lines.first)
                #expect(one.output.lines.count == 1 && secret.count == 43, "\(one.errors.text)")
                #expect(two.output.lines.count == 2 && two.output.lines.last == secret)
                #expect(json.output.text.contains(#""prf":{"results":{"first":"\#(secret)"}}"#))
            }
        }

        @Test func `hmac-secret takes salts of 32 bytes, and the secret depends on verification`() async throws {
            try await PINBed.with { bed in
                let credential = try await credential(bed, "--hmac-secret")
                let salt = Base64URL.encode([UInt8](repeating: 7, count: 32))
                func secret(_ requirement: String) async throws -> Program {
                    try await assert(bed, credential, "--hmac-secret", salt, "--user-verification", requirement)
                }
                let (verified, other) = (try await secret("required"), try await secret("discouraged"))
                #expect(verified.output.lines.count == 1 && other.output.lines.count == 1)
                #expect(verified.output.lines != other.output.lines)
                let short = try await assert(bed, credential, "--hmac-secret", "AQ")
                #expect(try await short.end() == .exit(64))
            }
        }

        @Test func `without a secret nothing is printed, and the status says so`() async throws {
            try await PINBed.with { bed in
                let credential = try await credential(bed)
                let login = try await assert(bed, credential, "--prf", Self.salt)
                #expect(try await login.end() == .exit(16))
                #expect(login.output.text.isEmpty)
                #expect(login.errors.text.contains("returned no secret"))
            }
        }

        @Test func `what the key did not grant is said`() async throws {
            try await PINBed.with(["extensions": #"["credProtect", "credBlob"]"#]) { bed in
                let program = try await run(bed, Self.register + ["--prf", "--cred-blob", "AQ"])
                #expect(try await program.end() == .exit(0))
                #expect(program.errors.text.contains("without what these options ask for: --prf, --cred-blob"))
                let blob = try await run(bed, Self.register + ["--large-blob", "--discoverable"])
                #expect(try await blob.end() == .exit(16))
                #expect(blob.errors.text.contains("does not support largeBlob"))
            }
        }

        @Test func `a credential blob is stored and read back, and protection is recorded`() async throws {
            try await PINBed.with { bed in
                let credential = try await credential(
                    bed,
                    "--discoverable",
                    "--cred-blob",
                    Self.salt,
                    "--cred-protect",
                    "3"
                )
                let login = try await assert(bed, credential, "--cred-blob")
                #expect(login.output.text.contains(Self.salt), "\(login.errors.text)")
                let list = try await run(bed, ["credentials", "list", "--json"])
                #expect(list.output.text.contains(#""credProtect":3"#))
            }
        }

        @Test func `a site's options ask for extensions by themselves`() async throws {
            try await PINBed.with { bed in
                let (create, get) = (bed.bed.folder + "/create", bed.bed.folder + "/get")
                try TextFile.write(
                    #"""
                    {"rp": {"id": "example.com", "name": "Example"}, "challenge": "AAAA", "pubKeyCredParams": [],
                     "user": {"id": "AQ", "name": "u", "displayName": "u"},
                     "authenticatorSelection": {"residentKey": "required"},
                     "extensions": {"prf": {}, "credProps": true, "largeBlob": {"support": "required"}, "other": 1}}
                    """#,
                    to: create
                )
                try TextFile.write(
                    #"""
                    {"rpId": "example.com", "challenge": "AAAA", "userVerification": "discouraged",
                     "extensions": {"prf": {"eval": {"first": "AQ=="}}, "largeBlob": {"read": true}}}
                    """#,
                    to: get
                )
                let origin = ["--origin", "https://example.com", "--json"]
                let made = try await run(bed, ["register", "--options", create] + origin)
                #expect(
                    made.output.text.contains(
                        #""clientExtensionResults":{"credProps":{"rk":true},"largeBlob":{"supported":true},"prf":{"enabled":true}}"#
                    ),
                    "\(made.errors.text)"
                )
                let login = try await run(bed, ["assert", "--options", get] + origin)
                #expect(
                    login.output.text.contains(#""largeBlob":{},"prf":{"results":{"first":""#),
                    "\(login.errors.text)"
                )
                let beside = try await run(bed, ["assert", "--options", get, "--prf", "AQ"] + origin)
                #expect(try await beside.end() == .exit(64))
            }
        }

        // MARK: Secrets

        /// In every form in which a secret could appear.
        private func forms(_ secret: [UInt8]) -> [String] {
            let base64 = Data(secret).base64EncodedString()
            return [
                secret.hex, secret.hex.uppercased(), base64, String(base64.prefix { $0 != "=" }),
                Base64URL.encode(secret),
                secret.map(String.init).joined(separator: ", "),
            ]
        }

        /// What the reports of a wire log carry, in order, without their headers.
        private func payload(of trace: String) -> String {
            trace.matches(of: /"report":"([0-9a-f]+)"/).map { match in
                let report = match.output.1
                let isFirst = (UInt8(report.dropFirst(8).prefix(2), radix: 16) ?? 0) & 0x80 != 0
                return report.dropFirst(isFirst ? 14 : 10)
            }.joined()
        }

        @Test func `a secret is on standard output only`() async throws {
            try await PINBed.with { bed in
                let trace = bed.bed.folder + "/trace"
                let credential = try await credential(bed, "--prf")
                let login = try await assert(bed, credential, "--prf", Self.salt, "--trace", trace)
                let secret = try Base64URL.decode(#require(login.output.lines.first))
                let logged = TextFile.whole(trace)
                #expect(!logged.isEmpty && !login.events.text.isEmpty)
                for text in [login.errors.text, login.events.text, logged, payload(of: logged)] {
                    for form in forms(secret) { #expect(!text.contains(form)) }
                }
            }
        }

        /// The key sends it unencrypted.
        @Test func `a large-blob key is in no wire log`() async throws {
            try await PINBed.with { bed in
                let folder = bed.bed.folder
                let commands = [
                    Self.register + ["--large-blob", "--discoverable"],
                    ["blobs", "set", "--rp-id", "example.com", folder + "/pin"], ["credentials", "list"],
                ]
                var traces: [String] = []
                for (number, command) in commands.enumerated() {
                    let trace = folder + "/trace\(number)"
                    let program = try await run(bed, command + ["--trace", trace])
                    #expect(try await program.end() == .exit(0), "\(program.errors.text)")
                    traces.append(TextFile.whole(trace))
                }
                let state = try Array(Data(contentsOf: URL(filePath: folder + "/key0"))).hex
                // In the state it is after its extension's identifier, in a map.
                let place = try #require(state.range(of: Array("largeBlobKey".utf8).hex + "a1015820"))
                let key = state[place.upperBound...].prefix(64)
                for trace in traces {
                    #expect(trace.contains(#""redacted":true"#) && !payload(of: trace).contains(key))
                }
            }
        }
    }
}
