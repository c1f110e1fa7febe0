import ArgumentParser
import Glibc

@main
struct Fidoctl: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fidoctl",
        abstract: "Log in with security keys: a CTAP2 client over USB HID.",
        discussion: """
            Results go to standard output; prompts and errors go to standard error.

            Exit status, and the error's code under --json:
            \(FailureCode.table)
            """,
        version: "0.1.0",
        subcommands: [
            ListCommand.self,
            InfoCommand.self,
            RegisterCommand.self,
            AssertCommand.self,
            VerifyCommand.self,
            SelectCommand.self,
            WinkCommand.self,
            PingCommand.self,
            VirtualCommand.self,
        ]
    )

    static func main() async {
        let signals = SignalWatch()
        Glibc.exit(await CommandRun(arguments: Array(CommandLine.arguments.dropFirst()), signals: signals).exitStatus())
    }
}
