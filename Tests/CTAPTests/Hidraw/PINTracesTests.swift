import Glibc
import Testing

extension HidrawTests {
    /// Where a PIN must not be found: in anything that fidoctl writes, and in its memory once it has been used.
    @Suite(.enabled(if: geteuid() == 0, "only root may look into the memory of a process that asked for a PIN"))
    struct PINTracesTests {
        /// A PIN in NFC, so that it never passes through a string; its pieces would tell as well.
        private static let pieces = ["correct horse", "correct hors", "orrect horse"]

        /// Reads what `process` could write to, as a core dump would have it.
        private func memory(of process: pid_t) throws -> [[UInt8]] {
            let file = unsafe open("/proc/\(process)/mem", O_RDONLY | O_CLOEXEC)
            guard file >= 0 else { throw ProgramError(call: "open mem", number: errno) }
            defer { close(file) }
            return TextFile.whole("/proc/\(process)/maps").split(separator: "\n").compactMap { line in
                let words = line.split(separator: " ")
                guard words.count > 1, words[1].hasPrefix("rw") else { return nil }
                let ends = words[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
                guard ends.count == 2, ends[1] - ends[0] < 1 << 28 else { return nil }
                var bytes = [UInt8](repeating: 0, count: Int(ends[1] - ends[0]))
                let count = unsafe pread(file, &bytes, bytes.count, off_t(ends[0]))
                return Array(bytes.prefix(max(0, count)))
            }
        }

        private func expectNoPIN(in process: pid_t, _ when: Comment) throws {
            let memory = try memory(of: process)
            #expect(memory.count > 10)
            for piece in Self.pieces {
                #expect(!memory.contains { $0.contains(piece) }, "\(piece), \(when)")
            }
        }

        /// From the moment that the PIN has done its work to the end; the key then waits for a touch that does not come.
        @Test(arguments: ["terminal", "file", "askpass"])
        func afterItsUseItIsGone(from source: String) async throws {
            try await PINBed.with(touch: "ask") { bed in
                let trace = bed.bed.folder + "/trace"
                let register = ["register", "--rp-id", "example.com", "--user", "u", "--json", "--trace", trace]
                let askpass = bed.bed.folder + "/askpass"
                try TextFile.write("#!/bin/sh\ncat '\(bed.pinFile)'\n", to: askpass)
                #expect(unsafe chmod(askpass, 0o700) == 0)
                let sources = ["file": ["--pin-file", bed.pinFile], "askpass": ["--askpass", askpass]]
                let fidoctl = try bed.bed.start(
                    [Product.fidoctl] + register + ["--events", "3"] + (sources[source] ?? []),
                    terminal: bed.terminal
                )
                if source == "terminal" {
                    try await fidoctl.errors.wait(forPrompt: "PIN of ")
                    bed.terminal.type(PINBed.pin + "\n")
                }
                try await fidoctl.events.wait(for: "touch-needed")
                try expectNoPIN(in: fidoctl.processID, "while the key waits")
                #expect(TextFile.contents("/proc/\(fidoctl.processID)/environ").contains(PINBed.pin) == false)
                bed.key.touch()
                #expect(try await fidoctl.end() == .exit(0), "\(fidoctl.errors.text)")
                for text in [fidoctl.events.text, fidoctl.errors.text, fidoctl.output.text, TextFile.contents(trace)] {
                    #expect(!text.isEmpty)
                    #expect(!text.contains(PINBed.pin))
                }
                let hexadecimal = PINBed.pin.utf8.map { String($0, radix: 16) }.joined()
                #expect(!TextFile.contents(trace).contains(hexadecimal))
            }
        }

        /// The PIN goes through more hands when the key gets a new one; then the key computes.
        @Test func whenItIsChangedNeitherIsLeft() async throws {
            try await PINBed.with { bed in
                let both = bed.bed.folder + "/both"
                try TextFile.write("\(PINBed.pin)\n\(PINBed.pin)er\n", to: both)
                try await bed.key.unplug()
                let scenario = bed.bed.folder + "/changing"
                try TextFile.write(
                    #"{"rules": [{"on": "clientPIN", "skip": 2, "times": 1, "faults": ["hold:reply"]}]}"#,
                    to: scenario
                )
                let state = ["--state", bed.bed.folder + "/key0", "--scenario", scenario, "--touch", "auto"]
                let key = try await bed.bed.plug(0, serving: state)
                let change = try bed.start("pin", "change", "--pin-file", both)
                try await key.server.errors.wait(for: "-- fault hold:reply")
                try expectNoNewPIN(in: change.processID)
                key.server.write("go")
                #expect(try await change.end() == .exit(0), "\(change.errors.text)")
            }
        }

        /// While the reply is awaited both are still in their pages, which a core dump would leave out; nowhere else.
        private func expectNoNewPIN(in process: pid_t) throws {
            let found = try memory(of: process).filter { $0.contains(Self.pieces[0]) }
            #expect(found.allSatisfy { $0.count == Int(getpagesize()) }, "\(found.map(\.count))")
            #expect(found.count <= 2)
        }

        @Test func noCoreIsWrittenFromThePromptOn() async throws {
            try await PINBed.with { bed in
                let shell = "ulimit -c unlimited; cd '\(bed.bed.folder)'; exec \"$@\""
                let fidoctl = try bed.bed.start(
                    [
                        "/bin/sh", "-c", shell, "sh", Product.fidoctl, "register", "--rp-id", "example.com", "--user",
                        "u",
                    ],
                    // Swift's own crash reporter stands in the way of the kernel's.
                    environment: ["SWIFT_BACKTRACE": "enable=no"],
                    terminal: bed.terminal
                )
                try await fidoctl.errors.wait(forPrompt: "PIN of ")
                let coreLimit = TextFile.whole("/proc/\(fidoctl.processID)/limits").split(separator: "\n")
                    .first { $0.hasPrefix("Max core") }
                #expect(coreLimit?.contains("unlimited") == true)
                fidoctl.signal(SIGABRT)
                #expect(try await fidoctl.end() == .signal(SIGABRT))
                #expect(!TextFile.exists(bed.bed.folder + "/core"))
                #expect(!TextFile.exists(bed.bed.folder + "/core.\(fidoctl.processID)"))
            }
        }
    }
}

extension [UInt8] {
    /// Whether the text is in it; memchr() looks for its beginnings, since there is much to look through.
    fileprivate func contains(_ text: String) -> Bool {
        let wanted = [UInt8](text.utf8)
        return unsafe withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress, let first = wanted.first else { return false }
            var offset = 0
            while offset + wanted.count <= bytes.count,
                let next = unsafe memchr(start + offset, Int32(first), bytes.count - offset - wanted.count + 1)
            {
                if unsafe memcmp(next, wanted, wanted.count) == 0 { return true }
                unsafe offset = UnsafeRawPointer(next) - start + 1
            }
            return false
        }
    }
}
