import Glibc
import Testing

/// Inherited descriptors, including standard output, without anyone at the other end or with a stopped reader.
/// `NamedPlaceTests` covers places that are named by a path.
@Suite struct NamedDescriptorTests {
    /// The kind of descriptor 4.
    enum Place: String, CaseIterable {
        case closed, silentPipe, fullPipe, directory, fullDisk, foreignFile

        /// The shell command that opens the descriptor, in a separate folder.
        var script: String {
            switch self {
            case .closed: "exec 4>&-"
            case .silentPipe: "mkfifo pipe; exec 4<>pipe"
            case .fullPipe: "mkfifo pipe; exec 4<>pipe; head -c 65536 /dev/zero >&4"
            case .directory: "exec 4<."
            case .fullDisk: "exec 4<>/dev/full"
            case .foreignFile: "echo foreign >file; chown 65534:65534 file; exec 4<>file"
            }
        }
    }

    /// A command that uses descriptor 4, with the exit status for each place in the order of `Place`; 130 if only a
    /// signal ends the wait.
    private static let uses: [(command: String, statuses: [Int32])] = [
        ("pin set --device virtual: --timeout 0.5 --pin-fd 4", [64, 75, 65, 74, 65, 0]),
        ("info --device virtual: --timeout 5 --events 4", [64, 0, 0, 64, 0, 0]),
        ("assert --device virtual: --timeout 0.5 --credential - <&4", [74, 75, 75, 74, 65, 65]),
        ("verify - <&4", [74, 130, 130, 74, 65, 65]),
        ("info --device virtual: --timeout 0.5 >&4", [74, 0, 75, 74, 74, 0]),
        ("info --device virtual: --timeout 0.5 --json >&4", [74, 0, 75, 74, 74, 0]),
        ("info --device /dev/hidraw999 --json >&4", [69, 69, 69, 69, 69, 69]),
        ("info --device virtual: >&4", [74, 0, 130, 74, 74, 0]),
        ("--help >&4", [74, 0, 130, 74, 74, 0]),
        ("info --device /dev/hidraw999 2>&4", [69, 69, 69, 69, 69, 69]),
    ]

    @Test(.enabled(if: geteuid() == 0), .timeLimit(.minutes(1)), arguments: uses.indices, Place.allCases)
    func `no descriptor holds up a command`(use: Int, place: Place) async throws {
        let (command, statuses) = Self.uses[use]
        let status = statuses[try #require(Place.allCases.firstIndex(of: place))]
        let folder = try TemporaryFolder()
        // The shell cannot duplicate a closed descriptor.
        let arguments = place == .closed ? command.replacing("&4", with: "&-") : command
        let script = "cd '\(folder.path)'; \(place.script); exec '\(Product.fidoctl)' \(arguments)"
        let program = try Program(["/bin/sh", "-c", script], environment: ["LC_ALL": "C.UTF-8"])
        if status == 130 {
            try await eventually("fidoctl is there for signals") { program.waitsForSignals }
            program.signal(SIGINT)
        }
        #expect(try await program.end(within: .seconds(20)) == .exit(status), "\(program.errors.text)")
    }

    /// The first reading of the line finds that only the parser can read it.
    @Test func `a descriptor is found on a line that is read twice`() async throws {
        let script = "exec 4>&1; exec '\(Product.fidoctl)' info --device virtual: --events 4 --events 4 > /dev/null"
        let program = try Program(["/bin/sh", "-c", script], environment: ["LC_ALL": "C.UTF-8"])
        #expect(try await program.end() == .exit(0), "\(program.errors.text)")
        #expect(program.output.text.contains(#""event":"done""#))
    }

    @Test func `events that cannot be written are said to be missing`() async throws {
        let script = "exec 4>/dev/full; exec '\(Product.fidoctl)' info --device virtual: --events 4"
        let program = try Program(["/bin/sh", "-c", script], environment: ["LC_ALL": "C.UTF-8"])
        #expect(try await program.end() == .exit(0), "\(program.errors.text)")
        #expect(program.errors.text == "fidoctl: cannot write --events: No space left on device")
    }
}

extension Program {
    /// Whether fidoctl handles the first signal, so that it no longer ends the process: SIGPIPE is ignored from then
    /// on.
    fileprivate var waitsForSignals: Bool {
        let status = TextFile.contents("/proc/\(processID)/status").split(separator: "\n")
        let ignored = status.first { $0.hasPrefix("SigIgn:") }?.split(separator: "\t").last
        return ignored.flatMap { UInt64($0, radix: 16) }.map { $0 & 1 << (UInt64(SIGPIPE) - 1) != 0 } ?? false
    }
}
