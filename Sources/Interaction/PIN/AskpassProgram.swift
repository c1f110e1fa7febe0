package import CTAP2
package import CTAPHID
import Glibc
package import Platform

/// A program that prompts a person: it takes the prompt as its argument and prints the answer, as ssh-askpass does.
package struct AskpassProgram {
    package let path: String

    /// Why the program gave no answer.
    package enum Failure: Error, Hashable {
        case notStarted(Errno)
        /// It exited with this status, or with 128 plus a signal's number if a signal ended it.
        case ended(status: Int32)
        case noAnswer(SecretLines.Failure)
    }

    /// The first line of its output. The program is ended at the deadline and when the task is cancelled.
    package func ask(_ prompt: Prompt, by deadline: Deadline) async throws(Failure) -> Secret {
        let text = (prompt.notes + [prompt.question]).map(\.localized).joined(separator: "\n")
        let (process, output, lines) = try start(asking: text)
        defer { close(output) }
        let answer: Secret
        do throws(SecretLines.Failure) {
            answer = try await lines.next(by: deadline)
            // Discards further output, but waits for the end, for the exit status.
            while (try? await lines.next(by: deadline)) != nil {}
        } catch {
            guard error == .atEnd, let status = await Self.end(of: process, within: .seconds(1)), status != 0 else {
                await Self.stop(process)
                throw .noAnswer(error)
            }
            throw .ended(status: status)
        }
        guard let status = await Self.end(of: process, within: .seconds(1)) else {
            await Self.stop(process)
            return answer
        }
        guard status == 0 else { throw .ended(status: status) }
        return answer
    }

    private func start(asking text: String) throws(Failure) -> (process: pid_t, output: Int32, lines: SecretLines) {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { throw .notStarted(Errno.current) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        do throws(Errno) {
            let lines = try SecretLines(ends[0])
            let process = try spawn([path, text], output: ends[1])
            close(ends[1])
            return (process, ends[0], lines)
        } catch {
            for end in ends { close(end) }
            throw .notStarted(error)
        }
    }

    /// Ends the program: first with SIGTERM, so that it can restore a terminal's modes.
    private static func stop(_ process: pid_t) async {
        kill(process, SIGTERM)
        guard await end(of: process, within: .seconds(1)) == nil else { return }
        kill(process, SIGKILL)
        _ = await end(of: process, within: .seconds(1))
    }

    /// The program's exit status, once it has ended, even after this task was cancelled.
    private static func end(of process: pid_t, within limit: Duration) async -> Int32? {
        await Task {
            let deadline = Deadline(after: limit)
            while true {
                var status: Int32 = 0
                if unsafe waitpid(process, &status, WNOHANG) == process {
                    // The C library's macros WTERMSIG and WEXITSTATUS, which Swift does not import.
                    let signal = status & 0x7F
                    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
                }
                guard !deadline.hasPassed else { return nil }
                try? await Task.sleep(for: .milliseconds(5))
            }
        }.value
    }
}

/// Starts a program with this process's environment, its standard output in `output`, and no signal blocked or ignored.
private func spawn(_ arguments: [String], output: Int32) throws(Errno) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, output, StandardStream.output.rawValue)

    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    var all = sigset_t()
    unsafe sigemptyset(&none)
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    var pointers = unsafe arguments.map { unsafe strdup($0) } + [nil]
    defer { unsafe pointers.forEach { unsafe free($0) } }
    var process: pid_t = 0
    let error = unsafe posix_spawnp(&process, arguments[0], &actions, &attributes, &pointers, environ)
    guard error == 0 else { throw Errno(code: error) }
    return process
}
