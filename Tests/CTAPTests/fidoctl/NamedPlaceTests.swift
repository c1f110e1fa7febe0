import Glibc
import Testing

/// Files, pipes and programs named by the user that never answer or are of the wrong kind.
@Suite struct NamedPlaceTests {
    /// What the named path may be.
    enum Place: CaseIterable {
        case fifo, danglingLink, linkLoop, directory, socket, full, foreign

        func make(in folder: TemporaryFolder) throws -> String {
            let path = folder.path + "/place"
            switch self {
            case .fifo: #expect(unsafe mkfifo(path, 0o600) == 0)
            case .danglingLink: #expect(unsafe symlink(folder.path + "/nowhere", path) == 0)
            case .linkLoop: #expect(unsafe symlink(path, path) == 0)
            case .directory: #expect(unsafe mkdir(path, 0o700) == 0)
            case .socket: #expect(unsafe mknod(path, S_IFSOCK | 0o600, 0) == 0)
            case .full: return "/dev/full"
            case .foreign:
                _ = try folder.file("place", "foreign")
                #expect(unsafe chown(path, 65534, 65534) == 0)
            }
            return path
        }
    }

    /// An option, a command that uses it, and the exit status for each `Place` in order.
    private static let options: [(arguments: [String], statuses: [Int32])] = [
        (
            ["assert", "--device", "virtual:", "--timeout", "2", "--credential", "PLACE"],
            [75, 74, 74, 74, 74, 65, 65]
        ),
        (["info", "--device", "virtual:", "--timeout", "2", "--trace", "PLACE"], [74, 74, 74, 74, 74, 74, 74]),
        (["info", "--timeout", "2", "--device", "virtual:PLACE"], [65, 65, 65, 65, 65, 65, 65]),
        (["pin", "set", "--device", "virtual:", "--pin-file", "PLACE"], [65, 74, 74, 65, 74, 65, 64]),
        (["pin", "set", "--device", "virtual:", "--askpass", "PLACE"], [11, 11, 11, 11, 11, 11, 11]),
        (["info", "--timeout", "2", "--device", "PLACE"], [69, 69, 74, 69, 69, 69, 69]),
        (["verify", "FOLDER/login", "--credential", "PLACE"], [130, 74, 74, 74, 74, 65, 65]),
        (["verify", "PLACE"], [130, 74, 74, 74, 74, 65, 65]),
        (["virtual", "serve", "--socket", "FOLDER/s", "--scenario", "PLACE"], [130, 74, 74, 74, 74, 65, 65]),
        (["virtual", "serve", "--socket", "FOLDER/s", "--state", "PLACE"], [65, 65, 65, 65, 65, 65, 65]),
        // A stale socket is replaced, and the key runs until a signal ends it.
        (["virtual", "serve", "--socket", "PLACE"], [74, 74, 74, 74, 0, 74, 74]),
        (["virtual", "serve", "--hidg", "PLACE"], [74, 74, 74, 74, 74, 0, 74]),
    ]

    @Test(.enabled(if: geteuid() == 0), .timeLimit(.minutes(1)), arguments: options.indices, Place.allCases)
    func `no place holds up a command`(option: Int, place: Place) async throws {
        let (arguments, statuses) = Self.options[option]
        let status = statuses[try #require(Place.allCases.firstIndex(of: place))]
        let folder = try TemporaryFolder()
        let path = try place.make(in: folder)
        _ = try folder.file("login", Self.login)
        let program = try Program([Product.fidoctl] + arguments.map { named($0, path, folder) })
        // Only a signal ends the wait during the test.
        if status == 130 { try await interrupt(program, readingFrom: path) }
        if status == 0 {
            try await program.output.wait(for: "ready")
            program.signal(SIGINT)
        }
        let end = try await program.end()
        #expect(end == .exit(status), "\(program.errors.text)")
        #expect(program.errors.text.hasPrefix("fidoctl: "))
    }

    /// A well-formed response, so that `verify` reads the credential's file.
    private static let login = """
        {"id": "AA", "rawId": "AA", "type": "public-key",
         "response": {"authenticatorData": "AA", "clientDataJSON": "AA", "signature": "AA"}}
        """

    @Test(.timeLimit(.minutes(1))) func `a signal ends the wait for a credential`() async throws {
        let folder = try TemporaryFolder()
        let path = try Place.fifo.make(in: folder)
        let program = try Program([Product.fidoctl, "assert", "--device", "virtual:", "--credential", path])
        try await interrupt(program, readingFrom: path)
        #expect(try await program.end() == .exit(130))
    }

    @Test func `a descriptor whose writer says nothing ends with the deadline`() async throws {
        let arguments = ["pin", "set", "--device", "virtual:", "--timeout", "2", "--pin-fd", "0"]
        let program = try Program([Product.fidoctl] + arguments)
        #expect(try await program.end() == .exit(75), "\(program.errors.text)")
    }

    @Test(arguments: [("600", SIGINT, 130), ("2", 0, 75)] as [(String, Int32, Int32)])
    func `an askpass program that says nothing ends with the deadline or a signal`(
        timeout: String,
        signal: Int32,
        status: Int32
    ) async throws {
        let folder = try TemporaryFolder()
        let script = try folder.file("askpass", "#!/bin/sh\necho started >&2\nexec sleep 600\n")
        #expect(unsafe chmod(script, 0o700) == 0)
        let arguments = ["pin", "set", "--device", "virtual:", "--timeout", timeout, "--askpass", script]
        let program = try Program([Product.fidoctl] + arguments)
        if signal != 0 {
            try await program.errors.wait(for: "started")
            program.signal(signal)
        }
        #expect(try await program.end() == .exit(status), "\(program.errors.text)")
    }

    private func named(_ argument: String, _ path: String, _ folder: TemporaryFolder) -> String {
        switch argument {
        case "PLACE": path
        case "virtual:PLACE": "virtual:" + path
        case "FOLDER/s", "FOLDER/login": argument.replacing("FOLDER", with: folder.path)
        default: argument
        }
    }

    /// Sends SIGINT once `program` has opened the pipe at `path`, whose writer stays silent.
    private func interrupt(_ program: Program, readingFrom path: String) async throws {
        var writer: Int32 = -1
        while writer < 0 {
            writer = unsafe open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
            try await Task.sleep(for: .milliseconds(5))
        }
        program.signal(SIGINT)
        _ = try await program.end()
        close(writer)
    }
}
