import Dispatch
import Glibc
import Synchronization

/// A program that a test started: its output in lines, its exit, and signals.
final class Program: Sendable {
    /// How a program exited.
    enum End: Hashable, Sendable {
        case exit(Int32)
        case signal(Int32)
    }

    /// Standard output, standard error, and descriptor 3 for `--events 3`.
    let output: LineLog
    let errors: LineLog
    let events: LineLog
    let processID: pid_t
    /// `nil` once it is closed.
    private let input: Mutex<Int32?>
    /// Whether the process was reaped, so that its ID may be reused.
    private let isGone = Mutex(false)
    private let ending = LineLog(name: "end of a program")
    private let howItEnded = Mutex<End?>(nil)

    /// Starts `arguments[0]`, a path or a name in PATH, with this process's environment plus `environment`. A terminal
    /// becomes its standard input and standard error, and `errors` has the terminal's output.
    init(_ arguments: [String], environment: [String: String] = [:], terminal: PseudoTerminal? = nil) throws {
        let name = arguments.map { $0.split(separator: "/").last.map(String.init) ?? $0 }.joined(separator: " ")
        output = LineLog(name: "output of \(name)")
        errors = LineLog(name: "errors of \(name)")
        events = LineLog(name: "events of \(name)")
        let process = try ChildProcess(arguments, environment: environment, terminal: terminal?.path)
        processID = process.id
        input = Mutex(process.input)
        Self.forward(process.outputs[0], to: output)
        if let terminal {
            Self.forward(fcntl(terminal.person, F_DUPFD_CLOEXEC, 10), to: errors)
            close(process.outputs[1])
        } else {
            Self.forward(process.outputs[1], to: errors)
        }
        Self.forward(process.outputs[2], to: events)
        DispatchQueue(label: "end of \(name)").async { self.watchEnd() }
    }

    deinit {
        endInput()
    }

    /// Waits for the exit and the rest of the output, at most `limit`.
    func end(within limit: Duration = Testbed.bound(30)) async throws -> End {
        let end = try await ending.wait(upTo: limit) { _ in self.howItEnded.withLock { $0 } }
        for log in [output, errors, events] { _ = try await log.ended() }
        return end
    }

    func signal(_ number: Int32) {
        isGone.withLock { if !$0 { kill(processID, number) } }
    }

    /// Writes a line to its standard input.
    func write(_ line: String) {
        write(Array((line + "\n").utf8))
    }

    func write(_ bytes: [UInt8]) {
        input.withLock { if let input = $0 { _ = unsafe Glibc.write(input, bytes, bytes.count) } }
    }

    /// Closes our end of its standard input.
    func endInput() {
        input.withLock { input in
            if let input { close(input) }
            input = nil
        }
    }

    /// Ends the program if it is running, and waits for its exit.
    func stop(by number: Int32 = SIGKILL) async {
        signal(number)
        _ = try? await ending.ended()
    }

    private func watchEnd() {
        var information = unsafe siginfo_t()
        while unsafe waitid(P_PID, id_t(processID), &information, WEXITED | WNOWAIT) < 0, errno == EINTR {}
        isGone.withLock { isGone in
            var status: Int32 = 0
            while unsafe waitpid(processID, &status, 0) < 0, errno == EINTR {}
            // The C library's macros WTERMSIG and WEXITSTATUS, which Swift does not import.
            let signal = status & 0x7F
            howItEnded.withLock { $0 = signal == 0 ? .exit(status >> 8 & 0xFF) : .signal(signal) }
            isGone = true
        }
        ending.end()
    }

    /// Reads on a separate thread until the last writer has closed.
    private static func forward(_ descriptor: Int32, to log: LineLog) {
        DispatchQueue(label: log.name).async {
            var buffer = [UInt8](repeating: 0, count: 65536)
            while true {
                let count = unsafe read(descriptor, &buffer, buffer.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                log.append(buffer.prefix(count))
            }
            close(descriptor)
            log.end()
        }
    }
}
