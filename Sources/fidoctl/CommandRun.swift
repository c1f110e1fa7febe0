import ArgumentParser
import WebAuthn

/// One run of the program: arguments in, exit status out.
struct CommandRun: Sendable {
    let arguments: [String]
    let signals: SignalWatch

    /// Runs the command, and tells how it failed if it did.
    func exitStatus() async -> Int32 {
        var command: any ParsableCommand
        do {
            command = try Fidoctl.parseAsRoot(arguments)
        } catch {
            return refuse(error)
        }
        let name = CommandTree.name(of: type(of: command))
        let reportsJSON = (command as? any FidoctlCommand)?.reportsJSON ?? false
        let events = (command as? any FidoctlCommand)?.events
        do {
            if var command = command as? any FidoctlCommand {
                try await command.run()
            } else {
                try command.run()
            }
            events?.tell(.done)
            return 0
        } catch let error where Fidoctl.exitCode(for: error) == .success {
            return refuse(error)
        } catch {
            let failure = Failure(error)
            events?.tell(.ending(with: failure.code))
            return report(failure, command: name, asJSON: reportsJSON)
        }
    }

    /// Help and the version, which were asked for, or what is wrong with the arguments.
    private func refuse(_ error: any Error) -> Int32 {
        let message = Fidoctl.fullMessage(for: error)
        guard Fidoctl.exitCode(for: error) != .success else {
            try? StandardStream.output.writeLine(message)
            return 0
        }
        let command = CommandTree.name(in: arguments)
        return report(
            .usage(Fidoctl.message(for: error), command: command),
            command: command,
            asJSON: asksForJSON
        )
    }

    private func report(_ failure: Failure, command: String, asJSON: Bool) -> Int32 {
        var failure = failure
        if failure.code == .cancelled, let signal = signals.firstSignal {
            failure.exitStatus = 128 + signal
        }
        Notice.tell(failure)
        if asJSON, let report = try? JSON.encode(FailureReport(failure: failure, command: command)) {
            try? StandardStream.output.write(report + Array("\n".utf8))
        }
        return failure.exitStatus
    }

    /// Whether arguments that could not be parsed ask for JSON.
    private var asksForJSON: Bool {
        arguments.contains("--json") || arguments.contains("--format=json")
            || zip(arguments, arguments.dropFirst()).contains { $0 == "--format" && $1 == "json" }
    }
}

/// A command that does something, as opposed to a group of commands or to help.
protocol FidoctlCommand: AsyncParsableCommand, Sendable {
    /// Whether results and failures are asked for as JSON.
    var reportsJSON: Bool { get }
    /// Where events go, if anywhere.
    var events: EventLog? { get }
}

extension FidoctlCommand {
    var events: EventLog? { nil }
}

extension FidoctlCommand {
    /// Commands without a result print none.
    var reportsJSON: Bool { false }
}

/// The commands' names, as a person types them.
enum CommandTree {
    /// The names down to a command's type, such as `virtual serve`.
    static func name(of command: any ParsableCommand.Type) -> String {
        path(to: command, from: Fidoctl.self)?.joined(separator: " ") ?? ""
    }

    /// The names that `arguments` begin with, as far as they are commands.
    static func name(in arguments: [String]) -> String {
        var names: [String] = []
        var commands = Fidoctl.configuration.subcommands
        for argument in arguments {
            guard let next = commands.first(where: { $0.configuration.commandName == argument }) else { break }
            names.append(argument)
            commands = next.configuration.subcommands
        }
        return names.joined(separator: " ")
    }

    private static func path(
        to command: any ParsableCommand.Type,
        from root: any ParsableCommand.Type
    ) -> [String]? {
        if command == root { return [] }
        for next in root.configuration.subcommands {
            if let rest = path(to: command, from: next) {
                return [next.configuration.commandName ?? ""] + rest
            }
        }
        return nil
    }
}
