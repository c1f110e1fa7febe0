import Glibc
import Synchronization

/// A new process, with our ends of its pipes.
struct ChildProcess {
    let id: pid_t
    /// The pipe to its standard input.
    let input: Int32
    /// The pipes from its descriptors 1, 2 and 3.
    let outputs: [Int32]

    private static let starting = Mutex(())

    /// Starts `arguments[0]`, a path or a name in PATH, with this process's environment plus `environment`, and without
    /// blocked or ignored signals. A terminal becomes its controlling terminal and its descriptors 0 and 2.
    init(_ arguments: [String], environment: [String: String], terminal: String? = nil) throws {
        // One at a time, so that a process does not inherit another's pipes.
        self = try Self.starting.withLock { _ in
            let pipes = try (0...3).map { _ in try Pipe() }
            let theirs = pipes.enumerated().map { number, pipe in number == 0 ? pipe.reader : pipe.writer }
            defer { for descriptor in theirs { close(descriptor) } }
            return Self(
                id: try spawn(arguments, environment: environment, descriptors: theirs, terminal: terminal),
                input: pipes[0].writer,
                outputs: pipes.dropFirst().map(\.reader)
            )
        }
    }

    private init(id: pid_t, input: Int32, outputs: [Int32]) {
        self.id = id
        self.input = input
        self.outputs = outputs
    }
}

/// A program could not be started.
struct ProgramError: Error {
    let call: String
    let number: Int32
}

/// A pipe with descriptors from 10 on, to keep clear of the descriptors of a started program.
private struct Pipe {
    let reader: Int32
    let writer: Int32

    init() throws {
        var ends: [Int32] = [0, 0]
        guard unsafe pipe(&ends) == 0 else { throw ProgramError(call: "pipe", number: errno) }
        defer { for descriptor in ends { close(descriptor) } }
        (reader, writer) = (fcntl(ends[0], F_DUPFD_CLOEXEC, 10), fcntl(ends[1], F_DUPFD_CLOEXEC, 10))
        guard reader >= 0, writer >= 0 else { throw ProgramError(call: "fcntl", number: errno) }
    }
}

/// Starts a program with `descriptors` as its descriptors 0, 1, 2…
private func spawn(
    _ arguments: [String],
    environment: [String: String],
    descriptors: [Int32],
    terminal: String?
) throws -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for (number, descriptor) in descriptors.enumerated() {
        unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
    }
    if let terminal {
        // The first terminal that a session leader opens becomes its controlling terminal.
        unsafe posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, 0, 2)
    }

    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    var all = sigset_t()
    unsafe sigemptyset(&none)
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    // POSIX_SPAWN_SETSID, which Swift does not import.
    let newSession: Int32 = terminal == nil ? 0 : 0x80
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | newSession))

    let inherited = currentEnvironment().filter { environment[String($0.prefix { $0 != "=" })] == nil }
    let texts = inherited + environment.map { "\($0)=\($1)" }
    var argumentPointers = unsafe arguments.map { unsafe strdup($0) } + [nil]
    var environmentPointers = unsafe texts.map { unsafe strdup($0) } + [nil]
    defer { unsafe (argumentPointers + environmentPointers).forEach { unsafe free($0) } }

    var processID: pid_t = 0
    let error = unsafe posix_spawnp(
        &processID,
        arguments[0],
        &actions,
        &attributes,
        &argumentPointers,
        &environmentPointers
    )
    guard error == 0 else { throw ProgramError(call: "start \(arguments[0])", number: error) }
    return processID
}

/// This process's environment, as NAME=VALUE.
private func currentEnvironment() -> [String] {
    var texts: [String] = []
    var next = unsafe environ
    while let pointer = unsafe next.pointee {
        texts.append(unsafe String(cString: pointer))
        unsafe next += 1
    }
    return texts
}
