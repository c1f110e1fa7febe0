import ArgumentParser
import CTAP2
import Interaction

/// `fidoctl credentials delete`
struct CredentialsDeleteCommand: KeyCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a discoverable credential (passkey) from a key.",
        discussion: """
            Shows the credential and asks for confirmation, then checks that the key no longer lists it.

            Examples:
              fidoctl credentials delete --rp-id example.com --user alice
            """
    )

    @OptionGroup var credential: CredentialOptions
    @OptionGroup var consent: ConsentOptions
    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }

    func run() async throws {
        let run = try KeyRun(key, for: .use(command: "credentials delete"))
        let consent = try Consent(consent, run, mayAsk: !key.noInput)
        let (deleted, name) = try await run.change(credential) {
            chosen,
            management,
            key,
            change throws(UserVerificationError) in
            let label = chosen.label.line
            let notes: [Text] = [
                .deletes(label, key: chosen.key.name, device: chosen.key.path),
                .noLoginAfterwards(site: chosen.label.site),
            ]
            try await change.ask(consent, typing: "yes", to: .confirm(notes, .typeYesToDelete))
            try await change.make { () throws(SessionError) in
                try await management.delete(chosen.stored.credential, key.operation)
            }
            guard try await chosen.stored(now: management, key) == nil else {
                throw change.contradiction(
                    Failure(.protocol, .stillListed(chosen.key.name), hint: .brokenKeyHint)
                )
            }
            return chosen
        }
        try output.print(
            CredentialChange(key: name, stored: deleted.stored),
            lines: [Text.deleted(deleted.label.line, key: name.name).localized]
        )
    }
}

/// `fidoctl credentials rename`
struct CredentialsRenameCommand: KeyCommand {
    static let configuration = CommandConfiguration(
        commandName: "rename",
        abstract: "Change the account names that a key stores with a credential (passkey).",
        discussion: "This does not change the account on the site."
    )

    @OptionGroup var credential: CredentialOptions

    @Option(help: ArgumentHelp("The account's new name; empty to remove it.", valueName: "name"))
    var name: String?

    @Option(help: ArgumentHelp("The person's new name; empty to remove it.", valueName: "name"))
    var displayName: String?

    @OptionGroup var consent: ConsentOptions
    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }

    func validate() throws {
        guard name != nil || displayName != nil else { throw ValidationError(.giveNames) }
    }

    func run() async throws {
        let run = try KeyRun(key, for: .use(command: "credentials rename"))
        let consent = try Consent(consent, run, mayAsk: !key.noInput)
        let (result, key) = try await run.change(credential) {
            chosen,
            management,
            key,
            change throws(UserVerificationError) in
            let user = renamedUser(chosen.stored.user)
            var new = chosen.stored
            new.user = user
            let label = CredentialLabel(new, among: [new])
            let what = Text.renames(
                chosen.label.line,
                to: label.account,
                key: chosen.key.name,
                device: chosen.key.path
            )
            try await change.ask(consent, typing: "yes", to: .confirm([what], .typeYesToRename))
            try await change.make { () throws(SessionError) in
                try await management.update(user, of: chosen.stored.credential, key.operation)
            }
            guard let stored = try await chosen.stored(now: management, key) else {
                throw change.contradiction(
                    Failure(.protocol, .noSuchCredential(chosen.key.name), hint: .brokenKeyHint)
                )
            }
            return (stored: stored, isWhole: stored.user == user, label: CredentialLabel(stored, among: chosen.all))
        }
        if !result.isWhole { Diagnostics.warn(.keptOtherName(key.name)) }
        try output.print(
            CredentialChange(key: key, stored: result.stored),
            lines: [Text.renamed(result.label.line, key: key.name).localized]
        )
    }

    /// Keeps unmentioned names, without the replacement character at the end of a name that the key truncated.
    private func renamedUser(_ user: PublicKeyCredentialUserEntity) -> PublicKeyCredentialUserEntity {
        func new(_ given: String?, _ old: String?) -> String? {
            let name = given ?? old.map { $0.hasSuffix("\u{FFFD}") ? String($0.dropLast()) : $0 }
            return name?.isEmpty == true ? nil : name
        }
        return PublicKeyCredentialUserEntity(
            id: user.id,
            name: new(name, user.name),
            displayName: new(displayName, user.displayName)
        )
    }
}

/// The credential that the command line selects, with its key.
private struct ChosenCredential: Sendable {
    let stored: DiscoverableCredential
    let all: [DiscoverableCredential]
    let key: KeyName

    var label: CredentialLabel { CredentialLabel(stored, among: all) }

    /// Reads the credential from the key again; `nil` if it is gone.
    func stored(
        now management: CredentialManagement,
        _ key: OpenKey
    ) async throws(UserVerificationError) -> DiscoverableCredential? {
        let credentials = try await key.perform { () throws(SessionError) in
            try await management.credentials(of: stored.rp, key.operation)
        }
        return credentials.first { $0.credential.id == stored.credential.id }
    }
}

extension KeyRun {
    /// Lists the credentials, selects one and runs `body`, in one operation with the key.
    fileprivate func change<Value: Sendable>(
        _ credential: CredentialOptions,
        _ body:
            @escaping @Sendable (
                ChosenCredential, CredentialManagement, OpenKey, ChangeRecord
            ) async throws(UserVerificationError) -> Value
    ) async throws(Failure) -> (value: Value, key: KeyName) {
        try await change(ChangeNotes(check: .credentialsListHint)) { key, change throws(UserVerificationError) in
            let management = try await key.credentialManagement()
            let all = try await key.perform { () throws(SessionError) in
                try await management.inventory(key.operation).credentials
            }
            let name = KeyName(key.description)
            let stored = try UserVerificationError.during { () throws(Failure) in
                try credential.choose(from: all, on: name)
            }
            return try await body(ChosenCredential(stored: stored, all: all, key: name), management, key, change)
        }
    }
}
