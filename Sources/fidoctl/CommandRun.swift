import ArgumentParser
import CTAPHID
import Glibc
import Interaction
import Platform
import WebAuthn

/// One run of the program: arguments in, exit status out.
struct CommandRun: Sendable {
    let arguments: ProcessArguments
    let signals: SignalWatch

    /// Runs the command, and reports its failure, if any.
    func exitStatus() async -> Int32 {
        do {
            if let failure = Failure.malformed(arguments) { throw failure }
            if let command = PlainLine.command(arguments.texts) { return await outcome(of: command) }
            let command = try CommandTree.parse(JoinedLists.join(arguments.texts))
            guard let command = command as? any FidoctlCommand else { return help(command) }
            return await outcome(of: command)
        } catch {
            return refuse(error)
        }
    }

    private func outcome(of command: any FidoctlCommand) async -> Int32 {
        if command.isQuiet { Diagnostics.silenceNotes() }
        let status: Int32
        do {
            try await StandardStream.$outputDeadline.withValue(command.timeLimit.map { Deadline(after: $0) }) {
                try await run(command)
            }
            command.events?.report(.done)
            status = 0
        } catch let reported as ReportedFailure {
            command.events?.report(.ending(with: reported.code))
            status = reported.code.exitStatus
        } catch {
            let failure = Failure(error)
            command.events?.report(.ending(with: failure.code))
            status = report(failure, command: CommandTree.name(of: type(of: command)), asJSON: command.reportsJSON)
        }
        if command.events?.finish() == false { Diagnostics.warn(.eventsLost) }
        return status
    }

    /// Runs a command; the program's task is cancelled when the reader of its output is gone.
    private func run(_ command: any FidoctlCommand) async throws {
        guard command.endsWithReader else {
            var command = command
            return try await command.run()
        }
        do {
            OutputWatch.begin()
            defer { OutputWatch.end() }
            var command = command
            try await command.run()
        } catch {
            var failure = Failure(error)
            guard failure.code == .cancelled, OutputWatch.readerHasGone, signals.firstSignal == nil else { throw error }
            failure.code = .io
            failure.exitStatus = failure.code.exitStatus
            failure.message = .cannotWriteOutput(Errno(code: EPIPE))
            throw failure
        }
    }

    /// `fidoctl help`, and groups of commands without a command.
    private func help(_ command: any ParsableCommand) -> Int32 {
        // The parser accepts any name for help.
        if arguments.texts.first == "help", let unknown = CommandTree.unknown(in: arguments.texts.dropFirst()) {
            return refuse(ValidationError(.noSuchCommand(unknown)))
        }
        do {
            var command = command
            try command.run()
            return 0
        } catch {
            return refuse(error)
        }
    }

    /// Prints the requested help or version, or reports what is wrong with the arguments.
    private func refuse(_ error: any Error) -> Int32 {
        let command = CommandTree.name(in: arguments.texts)
        if let failure = error as? Failure { return report(failure, command: command, asJSON: asksForJSON) }
        guard Fidoctl.exitCode(for: error) != .success else {
            do throws(Errno) {
                try StandardStream.output.writeLine(helpText(error))
                return 0
            } catch {
                return report(.unwritten(error), command: command, asJSON: false)
            }
        }
        let failure = Failure.usage(
            Fidoctl.message(for: error),
            command: command,
            meant: CommandTree.likeliest(in: arguments.texts)
        )
        return report(failure, command: command, asJSON: asksForJSON)
    }

    /// Help, in this process's language, or the version.
    private func helpText(_ error: any Error) -> String {
        guard Language.current == .japanese else { return Fidoctl.fullMessage(for: error) }
        let english = Fidoctl.fullMessage(for: error, columns: JapaneseHelp.unwrappedColumns)
        return JapaneseHelp.text(english, columns: min(TerminalSize.now().columns, 100))
    }

    private func report(_ failure: Failure, command: String, asJSON: Bool) -> Int32 {
        var failure = failure
        if failure.code == .cancelled, let signal = signals.firstSignal {
            failure.exitStatus = 128 + signal
        }
        Diagnostics.report(failure.message, detail: failure.detail, hint: failure.hint)
        if asJSON, let report = try? JSON.encode(FailureReport(failure: failure, command: command)) {
            // The command has ended; a stopped reader must not delay the exit.
            StandardStream.$outputDeadline.withValue(Deadline(after: .milliseconds(300))) {
                try? StandardStream.output.write(JSONText.escape(report) + Array("\n".utf8))
            }
        }
        return failure.exitStatus
    }

    /// Whether arguments that could not be parsed ask for JSON.
    private var asksForJSON: Bool {
        let texts = arguments.texts
        return texts.contains("--json") || texts.contains("--format=json")
            || zip(texts, texts.dropFirst()).contains { $0 == "--format" && $1 == "json" }
    }
}

extension Failure {
    /// An argument, or FIDOCTL_DEVICE, is not UTF-8, so its exact value is not available.
    fileprivate static func malformed(_ arguments: ProcessArguments) -> Failure? {
        if let argument = arguments.malformed { return Failure(.usage, .notUTF8(argument), hint: .notUTF8Hint) }
        guard Environment.isMalformed("FIDOCTL_DEVICE") else { return nil }
        return Failure(.usage, .notUTF8("FIDOCTL_DEVICE"), hint: .notUTF8Hint)
    }
}
