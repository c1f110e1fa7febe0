import Glibc
import Testing

extension HidrawTests {
    /// A PIN must not appear in fidoctl's output, nor in its memory after use.
    @Suite(.enabled(if: geteuid() == 0, "only root may look into the memory of a process that asked for a PIN"))
    struct PINTracesTests {
        /// A PIN in NFC, so that it is never converted to a string; fragments of it count as well.
        private static let pieces = ["correct horse", "correct hors", "orrect horse"]

        /// Larger mappings are a sanitizer's shadow memory, without any data of the program.
        private static let shadowSize: UInt = 1 << 30

        /// A writable mapping of a process.
        private struct Mapping {
            var bytes: [UInt8]
            /// Whether core dumps exclude it.
            var isUndumped: Bool
        }

        private func memory(of process: pid_t) throws -> [Mapping] {
            let file = unsafe open("/proc/\(process)/mem", O_RDONLY | O_CLOEXEC)
            guard file >= 0 else { throw ProgramError(call: "open mem", number: errno) }
            defer { close(file) }
            var mappings: [Mapping] = []
            var ends: [UInt] = []
            for line in TextFile.whole("/proc/\(process)/smaps").split(separator: "\n") {
                let words = line.split(separator: " ")
                if words.count > 1, words[1].count == 4, words[1].hasPrefix("rw") || words[1].hasPrefix("r-") {
                    ends =
                        words[1].hasPrefix("rw")
                        ? words[0].split(separator: "-").compactMap { UInt($0, radix: 16) } : []
                } else if words.first == "VmFlags:", ends.count == 2, ends[1] - ends[0] < Self.shadowSize {
                    var bytes = [UInt8](repeating: 0, count: Int(ends[1] - ends[0]))
                    let count = unsafe pread(file, &bytes, bytes.count, off_t(ends[0]))
                    mappings.append(
                        Mapping(bytes: Array(bytes.prefix(max(0, count))), isUndumped: words.contains("dd"))
                    )
                    ends = []
                }
            }
            #expect(mappings.count > 10)
            return mappings
        }

        /// From the end of the PIN's use to the end of the process, while the key waits for a touch that does not come.
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
                let memory = try memory(of: fidoctl.processID)
                for piece in Self.pieces {
                    #expect(!memory.contains { $0.bytes.contains(piece) }, "\(piece)")
                }
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

        /// In a message, and read by nothing that copies it.
        @Test(arguments: Application.Framing.allCases)
        func `after its use a PIN from an application is gone`(framing: Application.Framing) async throws {
            try await PINBed.with(touch: "ask") { bed in
                let application = try bed.bed.serve(framing)
                application.say(ServeRunTests.create(1, options: ServeRunTests.verified(ServeRunTests.creation)))
                try await application.hear("pin-needed")
                application.say(#"{"id":1,"type":"pin","pin":"\#(PINBed.pin)"}"#)
                try await application.hear("touch-needed")
                // Neither is one that nobody asked for kept.
                application.say(#"{"id":1,"type":"pin","pin":"\#(PINBed.pin)"}"#)
                try await application.hear("rejected")
                let memory = try memory(of: application.program.processID)
                for piece in Self.pieces {
                    #expect(!memory.contains { $0.bytes.contains(piece) }, "\(piece)")
                }
                bed.key.touch()
                _ = try await application.result(of: 1)
            }
        }

        /// The new PIN itself, not just its hash, is encrypted; the memory is searched while the key computes.
        @Test func whileItIsChangedItStandsWhereNoDumpReaches() async throws {
            try await PINBed.with { bed in
                let both = bed.bed.folder + "/both"
                try TextFile.write("\(PINBed.pin)\n\(PINBed.pin)er\n", to: both)
                try await bed.key.unplug()
                let scenario = bed.bed.folder + "/changing"
                try TextFile.write(
                    #"{"rules": [{"on": "clientPIN", "skip": 2, "times": 1, "faults": ["hold:processing"]}]}"#,
                    to: scenario
                )
                let state = ["--state", bed.bed.folder + "/key0", "--scenario", scenario, "--touch", "auto"]
                let key = try await bed.bed.plug(0, serving: state)
                let change = try bed.start("pin", "change", "--pin-file", both)
                try await key.server.errors.wait(for: "-- fault hold:processing")
                let found = try memory(of: change.processID).filter { $0.bytes.contains(Self.pieces[0]) }
                #expect(!found.isEmpty)
                #expect(found.allSatisfy { $0.isUndumped }, "\(found.map { $0.bytes.count })")
                key.server.write("go")
                #expect(try await change.end() == .exit(0), "\(change.errors.text)")
            }
        }

        @Test func noCoreIsWrittenFromThePromptOn() async throws {
            try await PINBed.with { bed in
                let shell = "ulimit -c unlimited; cd '\(bed.bed.folder)'; exec \"$@\""
                let fidoctl = try bed.bed.start(
                    [
                        "/bin/sh", "-c", shell, "sh", Product.fidoctl, "register", "--rp-id", "example.com", "--user",
                        "u",
                    ],
                    // Swift's crash reporter would prevent the kernel's core dump.
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
    /// Whether it contains the text; uses memchr() to find the first byte, since there is much to search.
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
