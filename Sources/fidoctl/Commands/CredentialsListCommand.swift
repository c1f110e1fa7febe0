import ArgumentParser
import CTAP2
import Interaction

/// `fidoctl credentials`
struct CredentialsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "credentials",
        abstract: "List, delete or rename the credentials (passkeys) on a key.",
        subcommands: [CredentialsListCommand.self, CredentialsDeleteCommand.self, CredentialsRenameCommand.self]
    )
}

/// `fidoctl credentials list`
struct CredentialsListCommand: KeyCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the discoverable credentials (passkeys) on a key, of all sites.",
        discussion: """
            Credentials that are not discoverable are stored by their sites, so no key can list them.

            Examples:
              fidoctl credentials list
              fidoctl credentials list --all-keys
            """
    )

    @Flag(help: "List every plugged-in key, and mark the accounts that only one of them has.")
    var allKeys = false

    @Flag(
        help: ArgumentHelp(
            "Remember this key: next time it is recognized, and listed without its PIN.",
            discussion: "Until `fidoctl forget`, or a change of the PIN."
        )
    )
    var remember = false

    @Option(help: ArgumentHelp("Your own name for the key that is remembered, such as `blue key`.", valueName: "name"))
    var keyName: String?

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }

    func validate() throws {
        guard keyName == nil || remember && !allKeys else {
            throw ValidationError(.keyNameAlone)
        }
    }

    func run() async throws {
        let run = try KeyRun(key, for: .use(command: "credentials list"))
        let list = KeyListing(
            memory: try KeyMemory.load(),
            remembering: Remembering(isWanted: remember, ownName: keyName)
        )
        let report = InventoryReport(keys: allKeys ? try await list.all(run) : [try await list.one(run)])
        try output.print(report, lines: report.lines)
    }
}

/// Lists keys from memory or with their PINs.
private struct KeyListing: Sendable {
    let memory: KeyMemory
    let remembering: Remembering

    func one(_ run: KeyRun) async throws(Failure) -> InventoryReport.Key {
        let (listed, name) = try await run.withKey { key throws(UserVerificationError) in
            try await key.listed(memory, remembering)
        }
        return InventoryReport.Key(key: name, listed)
    }

    func all(_ run: KeyRun) async throws(Failure) -> [InventoryReport.Key] {
        let keys = try await run.onEachKey { key throws(UserVerificationError) in
            try await key.listed(memory, remembering)
        }
        return keys.map { name, result in
            switch result {
            case .success(let listed): InventoryReport.Key(key: name, listed)
            case .failure(let failure): InventoryReport.Key(key: name, result: .failure(failure))
            }
        }
    }
}

extension InventoryReport.Key {
    fileprivate init(key: KeyName, _ listed: ListedKey) {
        self.init(
            key: key,
            result: .success(listed.inventory),
            ownName: listed.ownName,
            isFromMemory: listed.isFromMemory
        )
    }
}
