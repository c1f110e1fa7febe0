import ArgumentParser
import CProcess
import Dispatch
import Glibc
import Interaction
import Platform

@main
struct Fidoctl: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fidoctl",
        abstract: "Log in with security keys: a CTAP2 client over USB HID.",
        discussion: """
            Results go to standard output; prompts, notes and errors go to standard error.

            Examples:
              fidoctl list
              fidoctl register --rp-id example.com --user alice --json > alice.json
              fidoctl assert --credential alice.json --json > login.json
              fidoctl verify login.json --credential alice.json

            Exit status, and the error's code under --json:
            \(FailureCode.table)
            """,
        version: programVersion,
        subcommands: [
            ListCommand.self,
            InfoCommand.self,
            RegisterCommand.self,
            AssertCommand.self,
            VerifyCommand.self,
            PINCommand.self,
            CredentialsCommand.self,
            FingerprintsCommand.self,
            BlobsCommand.self,
            ConfigCommand.self,
            SignalCommand.self,
            ForgetCommand.self,
            ResetCommand.self,
            SelectCommand.self,
            WinkCommand.self,
            PingCommand.self,
            DoctorCommand.self,
            ServeCommand.self,
            VirtualCommand.self,
        ]
    )

    /// The main thread runs the tasks. An asynchronous main would give it to libdispatch, which waits there without any
    /// signal blocked, so that the first one would end the process on the spot.
    static func main() {
        // One arena of memory for all threads: each further one costs its thread system calls and page faults.
        _ = mallopt(M_ARENA_MAX, 1)
        process_bring_in_variables()
        InheritedDescriptor.fillStandardStreams()
        let signals = SignalWatch()
        let run = CommandRun(arguments: ProcessArguments.current(), signals: signals)
        let loop = try? TaskLoop()
        let work = Task.detached(executorPreference: loop) {
            Glibc.exit(await TaskLoop.$current.withValue(loop) { await run.exitStatus() })
        }
        // Without descriptors left, Swift's own threads run the tasks.
        guard let loop else { signals.wait { work.cancel() } }
        DispatchQueue(label: "fidoctl.signals").async { signals.wait { work.cancel() } }
        loop.run()
    }
}
