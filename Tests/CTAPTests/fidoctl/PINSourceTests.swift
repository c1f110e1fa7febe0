import ArgumentParser
import Glibc
import Testing
@testable import Interaction
@testable import fidoctl

/// Which of several sources of a PIN is used.
@Suite struct PINSourceTests {
    private func source(
        _ arguments: [String] = [],
        mayAsk: Bool = true,
        hasTerminal: Bool = true,
        _ environment: [String: String] = [:]
    ) throws -> PINSource? {
        PINSource(
            try PINOptions.parse(arguments),
            mayAsk: mayAsk,
            hasTerminal: hasTerminal,
            environment: { environment[$0] }
        )
    }

    /// `--pin-fd 0` would be rejected if the tests ran at a terminal.
    @Test func whatAnOptionNamesComesFirstInTheOrderOfTheOptions() throws {
        let (reader, writer) = try Pipes.open()
        defer { Pipes.close(reader, writer) }
        let all = ["--askpass", "ask", "--pin-file", "file", "--pin-fd", Pipes.inherited(reader)]
        #expect(try source(all) == .descriptor(reader))
        #expect(try source(all.dropLast(2)) == .file("file"))
        #expect(try source(all.dropLast(4)) == .program("ask"))
        #expect(try source(["--askpass", "ask"], ["DISPLAY": ":0", "SSH_ASKPASS": "other"]) == .program("ask"))
        #expect(try source() == .terminal)
    }

    @Test func withoutInputOnlyWhatAnOptionNamesIsUsed() throws {
        let environment = ["DISPLAY": ":0", "SSH_ASKPASS": "ask", "SSH_ASKPASS_REQUIRE": "force"]
        #expect(try source(mayAsk: false, environment) == nil)
        #expect(try source(["--askpass", "ask"], mayAsk: false) == .program("ask"))
        #expect(try source(["--pin-file", "file"], mayAsk: false) == .file("file"))
    }

    /// As ssh(1) describes SSH_ASKPASS and SSH_ASKPASS_REQUIRE.
    @Test(
        arguments: [
            (nil, true, true, .terminal), (nil, true, false, .program("ask")), (nil, false, false, nil),
            (nil, false, true, .terminal), ("prefer", true, true, .program("ask")), ("prefer", false, true, .terminal),
            ("force", false, true, .program("ask")), ("force", false, false, .program("ask")),
            ("never", true, true, .terminal), ("never", true, false, nil), ("FORCE", false, true, .program("ask")),
        ] as [(String?, Bool, Bool, PINSource?)]
    )
    func askpassOfTheEnvironmentFollowsSSH(
        requirement: String?,
        hasDisplay: Bool,
        hasTerminal: Bool,
        expected: PINSource?
    ) throws {
        for display in ["DISPLAY", "WAYLAND_DISPLAY"] {
            var environment = ["SSH_ASKPASS": "ask"]
            environment["SSH_ASKPASS_REQUIRE"] = requirement
            environment[display] = hasDisplay ? ":0" : nil
            #expect(try source(hasTerminal: hasTerminal, environment) == expected)
        }
    }

    @Test func withoutAProgramTheTerminalIsLeft() throws {
        #expect(try source([], ["DISPLAY": ":0", "SSH_ASKPASS_REQUIRE": "force"]) == .terminal)
    }

    @Test func aDescriptorHasToBeOpenForReading() throws {
        let (reader, writer) = try Pipes.open()
        defer { Pipes.close(reader, writer) }
        #expect(throws: (any Error).self) { try source(["--pin-fd", Pipes.inherited(writer)]) }
        #expect(throws: (any Error).self) { try source(["--pin-fd", "98765"]) }
        #expect(throws: (any Error).self) { try source(["--pin-fd", "-1"]) }
        #expect(throws: (any Error).self) { try source(["--pin-fd", "x"]) }
    }

    @Test func aTerminalIsNoStore() throws {
        let terminal = try PseudoTerminal()
        let end = unsafe open(terminal.path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        defer { Pipes.close(end) }
        #expect(throws: (any Error).self) { try source(["--pin-fd", Pipes.inherited(end)]) }
    }
}
