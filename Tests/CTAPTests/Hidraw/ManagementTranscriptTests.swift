import Testing
import WebAuthn

extension HidrawTests {
    /// The output of the management commands, as recorded in `Transcripts`.
    @Suite(.enabled(if: !Testbed.usesKernel, "the paths are those of made-up devices"))
    struct ManagementTranscriptTests {
        private func add(
            _ arguments: [String],
            to transcript: inout Transcript,
            _ bed: PINBed,
            answer: String? = nil,
            to question: String = "Type yes"
        ) async throws {
            let command = [Product.fidoctl] + arguments + ["--pin-file", bed.pinFile]
            guard let answer else { return try await transcript.add(arguments, bed.bed.start(command)) }
            let asked = try bed.bed.start(command, environment: ["TERM": "xterm"], terminal: bed.terminal)
            try await asked.errors.wait(forPrompt: question)
            bed.terminal.type(answer + "\n")
            try await transcript.add(arguments, asked)
        }

        @Test func config() async throws {
            try await PINBed.with(["minPINLength": "6"]) { bed in
                var transcript = Transcript("config", about: "What fidoctl config prints; the PIN comes from a file.")
                try await add(["config", "show"], to: &transcript, bed)
                for setting in ["enterprise-attestation", "min-pin-length 8", "pin-complexity", "long-touch-reset"] {
                    let arguments = ["config"] + setting.split(separator: " ").map(String.init)
                    try await add(arguments, to: &transcript, bed, answer: "no")
                    try await add(arguments + ["--yes"], to: &transcript, bed)
                }
                try await add(["config", "min-pin-length", "4", "--yes"], to: &transcript, bed)
                for state in ["on", "on", "off"] {
                    try await add(["config", "always-uv", state], to: &transcript, bed)
                }
                try await add(["config", "force-pin-change"], to: &transcript, bed)
                try await add(["config", "show"], to: &transcript, bed)
                try transcript.check()
            }
        }

        @Test func fingerprints() async throws {
            let sensor = ["uv": "false", "uvBioEnroll": "false", "sampleStatuses": "[0, 3, 0]"]
            try await PINBed.with(sensor) { bed in
                var transcript = Transcript(
                    "fingerprints",
                    about: "What fidoctl fingerprints prints; the PIN comes from a file, and standard error is a pipe."
                )
                try await add(["fingerprints", "list"], to: &transcript, bed)
                let enroll = ["fingerprints", "enroll", "--name", "right thumb"]
                let first = try bed.bed.start([Product.fidoctl] + enroll + ["--pin-file", bed.pinFile])
                #expect(try await first.end() == .exit(0), "\(first.errors.text)")
                let id = try #require(first.output.text.firstMatch(of: /fingerprint ([0-9a-f]+)/)?.output.1)
                transcript.show(String(id), as: "ID")
                try await transcript.add(enroll, first)
                try await add(["fingerprints", "list"], to: &transcript, bed)
                try await add(
                    ["fingerprints", "rename", "right thumb", "--name", "left thumb"],
                    to: &transcript,
                    bed
                )
                try await add(["fingerprints", "delete", "nobody", "--yes"], to: &transcript, bed)
                for answer in ["no", "yes"] {
                    try await add(["fingerprints", "delete", "left thumb"], to: &transcript, bed, answer: answer)
                }
                try transcript.check()
            }
        }

        @Test func blobs() async throws {
            let blobs = BlobKey(
                rpIds: ["example.com", "example.org"],
                elements: [.blob(of: 0, Array("hello\n".utf8)), .orphan([1, 2, 3]), .foreign]
            )
            try await PINBed.with(blobs) { bed in
                var transcript = Transcript("blobs", about: "What fidoctl blobs prints; the PIN comes from a file.")
                let list = try bed.start("credentials", "list", "--json", "--pin-file", bed.pinFile)
                #expect(try await list.end() == .exit(0), "\(list.errors.text)")
                for id in list.output.text.matches(of: /"credentialId":"([^"]{8})/) {
                    transcript.show(String(id.output.1), as: "XXXXXXXX")
                }
                try await add(["blobs", "list"], to: &transcript, bed)
                try await add(["blobs", "get", "--rp-id", "example.com"], to: &transcript, bed)
                try await add(["blobs", "get", "--rp-id", "example.org"], to: &transcript, bed)
                try await add(["blobs", "set", "/dev/null", "--rp-id", "example.org"], to: &transcript, bed)
                try await add(
                    ["blobs", "set", "/dev/null", "--rp-id", "example.com"],
                    to: &transcript,
                    bed,
                    answer: "no"
                )
                for answer in ["no", "yes"] { try await add(["blobs", "clean"], to: &transcript, bed, answer: answer) }
                try await add(["blobs", "clean", "--yes"], to: &transcript, bed)
                try await add(["blobs", "delete", "--rp-id", "example.com"], to: &transcript, bed, answer: "yes")
                try transcript.check()
            }
        }

        private static let accounts = [
            StoredAccount("a.example", "alice", "Alice A."), StoredAccount("a.example", "bob"),
        ]

        @Test func signal() async throws {
            try await PINBed.with(accounts: Self.accounts) { bed in
                var transcript = Transcript("signal", about: "What fidoctl signal prints; the PIN comes from a file.")
                let credentials = try await bed.listed()
                for (number, credential) in credentials.enumerated() {
                    transcript.show(String(credential.id.prefix(8)), as: "ID-\(number + 1)----")
                }
                let user = Base64URL.encode(Array("a.example/alice".utf8))
                let signals = [
                    "details": #"{"rpId":"a.example","userId":"\#(user)","name":"alice@a","displayName":"Alice B."}"#,
                    "accepted": #"{"rpId":"a.example","userId":"\#(user)","allAcceptedCredentialIds":[]}"#,
                    "unknown": #"{"rpId":"a.example","credentialId":"\#(credentials[1].id)"}"#,
                ]
                for (name, json) in signals {
                    try TextFile.write(json, to: "\(bed.bed.folder)/\(name).json")
                    transcript.show("\(bed.bed.folder)/\(name).json", as: "\(name).json")
                }
                for name in ["details", "accepted", "unknown"] {
                    let command = ["signal", name, "\(bed.bed.folder)/\(name).json"]
                    try await add(command, to: &transcript, bed, answer: "no")
                    try await add(command, to: &transcript, bed, answer: "yes")
                    try await add(command + ["--yes"], to: &transcript, bed)
                }
                try transcript.check()
            }
        }

        @Test func reset() async throws {
            try await PINBed.with(accounts: Self.accounts) { bed in
                var transcript = Transcript("reset", about: "What fidoctl reset prints; the PIN comes from a file.")
                for (number, credential) in try await bed.listed().enumerated() {
                    transcript.show(String(credential.id.prefix(8)), as: "ID-\(number + 1)----")
                }
                try await add(["reset"], to: &transcript, bed, answer: "yes", to: "Type reset")
                let reset = try bed.start("reset", "--yes")
                try await reset.events.wait(for: "unplug-needed")
                try await bed.key.unplug()
                try await reset.events.wait(for: "waiting-for-key")
                _ = try await PINBed.plug(in: bed.bed, 0)
                try await transcript.add(["reset", "--yes"], reset)
                try transcript.check()
            }
        }
    }
}
