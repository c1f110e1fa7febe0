import ArgumentParser
import CTAP2

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
        discussion: "Credentials that are not discoverable are stored by their sites, so no key can list them."
    )

    @Flag(help: "List every plugged-in key, and mark the accounts that only one of them has.")
    var allKeys = false

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }

    func run() async throws {
        let run = try KeyRun(key, for: .use(command: "credentials list"))
        let report = InventoryReport(keys: allKeys ? try await inventories(run) : [try await inventory(run)])
        try output.print(report, lines: report.lines)
    }

    private func inventory(_ run: KeyRun) async throws(Failure) -> InventoryReport.Key {
        let (inventory, name) = try await run.withKey { key throws(UserVerificationError) in
            try await key.inventory()
        }
        return InventoryReport.Key(key: name, result: .success(inventory))
    }

    /// Lists one key after the other; fails only if no key can be listed.
    private func inventories(_ run: KeyRun) async throws(Failure) -> [InventoryReport.Key] {
        var keys: [InventoryReport.Key] = []
        for description in await run.present() {
            do throws(Failure) {
                let (inventory, name) = try await run.withKey(description) { key throws(UserVerificationError) in
                    try await key.inventory()
                }
                keys.append(InventoryReport.Key(key: name, result: .success(inventory)))
            } catch {
                guard error.code != .cancelled, error.code != .timedOut else { throw error }
                Diagnostics.warn(error.message)
                keys.append(InventoryReport.Key(key: KeyName(description), result: .failure(error)))
            }
        }
        guard let first = keys.first else { throw Failure(.noKey, .noKey, hint: .noKeyHint) }
        if case .failure(let failure) = first.result, keys.allSatisfy({ (try? $0.result.get()) == nil }) {
            throw failure
        }
        return keys
    }
}

extension OpenKey {
    func inventory() async throws(UserVerificationError) -> CredentialInventory {
        let management = try await credentialManagement()
        return try await perform { () throws(SessionError) in try await management.inventory(operation) }
    }
}
