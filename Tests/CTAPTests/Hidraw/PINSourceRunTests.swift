import Glibc
import Testing

extension HidrawTests {
    /// PINs that do not come from a terminal.
    @Suite struct PINSourceRunTests {
        private let register = ["register", "--rp-id", "example.com", "--user", "u", "--json"]

        private func run(
            _ bed: PINBed,
            _ more: String...,
            environment: [String: String] = [:],
            input: String? = nil
        ) async throws -> Program {
            let program = try bed.bed.start([Product.fidoctl] + register + more, environment: environment)
            if let input { program.write(input) }
            _ = try await program.end()
            return program
        }

        private func askpass(_ bed: PINBed, _ script: String) throws -> String {
            let path = bed.bed.folder + "/askpass"
            try TextFile.write("#!/bin/sh\n\(script)\n", to: path)
            #expect(unsafe chmod(path, 0o700) == 0)
            return path
        }

        @Test func aDescriptorAFileAndAProgramGiveIt() async throws {
            try await PINBed.with { bed in
                let program = try askpass(bed, "printf '%s' \"$1\" >\"$0.asked\"; cat '\(bed.pinFile)'")
                let runs = [
                    try await run(bed, "--pin-fd", "0", input: PINBed.pin),
                    try await run(bed, "--pin-file", bed.pinFile),
                    try await run(bed, "--askpass", program),
                    try await run(bed, environment: ["SSH_ASKPASS": program, "SSH_ASKPASS_REQUIRE": "force"]),
                ]
                for run in runs {
                    #expect(try await run.end() == .exit(0), "\(run.errors.text)")
                }
                let question = TextFile.contents(program + ".asked")
                #expect(question.hasPrefix("example.com: PIN of ") && question.contains("example.com"))
                let compared = bed.key.server.errors.lines.filter { $0.contains("-- PIN right") }
                #expect(compared.count == 4)
            }
        }

        /// A script must not use up a try unintentionally.
        @Test func aWrongOneIsUsedOnce() async throws {
            try await PINBed.with { bed in
                try TextFile.write("0000\n", to: bed.pinFile)
                let stored = try await run(bed, "--pin-file", bed.pinFile)
                #expect(try await stored.end() == .exit(11))
                #expect(stored.output.text.contains(#""code":"pin-invalid""#))
                #expect(stored.output.text.contains(#""pinRetries":7"#))
                #expect(stored.output.text.contains(#""status":"CTAP2_ERR_PIN_INVALID""#))
                let scripted = try await run(bed, "--askpass", try askpass(bed, "echo 1111"))
                #expect(try await scripted.end() == .exit(11), "\(scripted.errors.text)")
                #expect(scripted.output.text.contains(#""pinRetries":6"#))
                #expect(try await bed.status("retries") == 6)
            }
        }

        @Test func theLastTryIsAPersonsAlone() async throws {
            try await PINBed.with(["pinRetries": "1"]) { bed in
                let stored = try await run(bed, "--pin-file", bed.pinFile)
                #expect(try await stored.end() == .exit(11))
                #expect(stored.output.text.contains(#""code":"pin-required""#))
                #expect(stored.output.text.contains(#""pinRetries":1"#))
                let scripted = try await run(bed, "--askpass", try askpass(bed, "cat '\(bed.pinFile)'"))
                #expect(try await scripted.end() == .exit(14), "\(scripted.errors.text)")
                #expect(try await bed.status("retries") == 1)
            }
        }

        @Test func withoutAnySourceItIsSaidSo() async throws {
            try await PINBed.with { bed in
                for more in [["--user-verification", "required"], ["--discoverable"]] {
                    let program = try bed.bed.start([Product.fidoctl] + register + more + ["--no-input"])
                    #expect(try await program.end() == .exit(11), "\(program.errors.text)")
                    #expect(program.output.text.contains(#""code":"pin-required""#))
                    #expect(program.errors.text.contains("--pin-file"))
                }
            }
        }

        @Test func aFileOpenToOthersIsRefusedBeforeTheKeyHearsOfIt() async throws {
            try await PINBed.with { bed in
                #expect(unsafe chmod(bed.pinFile, 0o644) == 0)
                let open = try await run(bed, "--pin-file", bed.pinFile)
                #expect(try await open.end() == .exit(64), "\(open.errors.text)")
                #expect(!bed.key.server.errors.text.contains("-- PIN "))
            }
        }

        @Test func aBlockedPINIsSaidSo() async throws {
            try await PINBed.with(["pinRetries": "0"]) { bed in
                let blocked = try await run(bed, "--pin-file", bed.pinFile, "--user-verification", "required")
                #expect(try await blocked.end() == .exit(12), "\(blocked.errors.text)")
                #expect(blocked.errors.text.contains("resetting the key removes the block"))
                #expect(blocked.output.text.contains(#""pinRetries":0"#))
            }
        }

        @Test func aFileWithBothChangesThePIN() async throws {
            try await PINBed.with { bed in
                let both = bed.bed.folder + "/both"
                try TextFile.write(PINBed.pin + "\nnew secret\n", to: both)
                let change = try bed.start("pin", "change", "--pin-file", both, "--json")
                #expect(try await change.end() == .exit(0), "\(change.errors.text)")
                let old = try await run(bed, "--pin-file", bed.pinFile)
                #expect(try await old.end() == .exit(11))
                try TextFile.write("new secret\n", to: bed.pinFile)
                _ = try await bed.credential()
                try TextFile.write("new secret\nsmall\0\n", to: both)
                let unfit = try bed.start("pin", "change", "--pin-file", both)
                #expect(try await unfit.end() == .exit(18), "\(unfit.errors.text)")
                // A file with more lines than PINs is probably not a PIN file.
                let three = try await run(bed, "--pin-file", both)
                #expect(try await three.end() == .exit(65), "\(three.errors.text)")
            }
        }

        @Test func aDemandedChangeIsNotMadeFromAFile() async throws {
            try await PINBed.with(["forcePINChange": "true"]) { bed in
                let forced = try await run(bed, "--pin-file", bed.pinFile)
                #expect(try await forced.end() == .exit(18), "\(forced.errors.text)")
                #expect(forced.errors.text.contains("fidoctl pin change"))
                #expect(!bed.key.server.errors.text.contains("-- PIN "))
            }
        }

        @Test func cancellingEndsTheAskpassProgram() async throws {
            try await PINBed.with { bed in
                let program = try askpass(bed, "echo $$ >\"$0.id\"; exec sleep 600")
                let fidoctl = try bed.bed.start([Product.fidoctl] + register + ["--askpass", program])
                try await eventually("the program runs") { TextFile.contents(program + ".id").hasSuffix("\n") }
                let process = try #require(pid_t(TextFile.contents(program + ".id").dropLast()))
                fidoctl.signal(SIGINT)
                #expect(try await fidoctl.end() == .exit(130), "\(fidoctl.errors.text)")
                #expect(kill(process, 0) != 0)
                #expect(try await bed.key.finalWire().cancels == [])
            }
        }
    }
}
