import ArgumentParser
import CTAP2
import CTAPHID
import Interaction
import WebAuthn

/// `fidoctl blobs set`
struct BlobSetCommand: KeyCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Store a file's contents for a credential.",
        discussion: "Asks for confirmation before it replaces a blob."
    )

    @Argument(help: ArgumentHelp("The file to store, or - for standard input.", valueName: "file"), completion: .file())
    var file: String

    @OptionGroup var credential: CredentialOptions
    @OptionGroup var consent: ConsentOptions
    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }

    func run() async throws {
        let deadline = key.deadline
        let data = try InputFile.readBlob(file, by: deadline)
        let run = try KeyRun(key, for: .use(command: "blobs set"), by: deadline)
        let consent = Consent(ifNeeded: consent, run, mayAsk: !key.noInput)
        let (changed, name) = try await run.change(.blobs) { key, change throws(UserVerificationError) in
            var store = try await BlobStore(of: key, for: .add)
            let chosen = try store.choose(credential, hasBlob: false, on: key)
            let label = store.blobs.label(chosen)
            let largeBlobKey = try chosen.requireLargeBlobKey(label)
            let name = KeyName(key.description)
            if store.blobs.isDamaged {
                try await change.ask(
                    consent,
                    typing: "yes",
                    to: .confirm([.replacesDamaged(name.name, device: name.path)], .typeYesToReplace)
                )
            } else if let size = store.blobs.size(of: chosen) {
                let what = Text.replacesBlob(size, label, name.name, device: name.path)
                try await change.ask(consent, typing: "yes", to: .confirm([what], .typeYesToReplace))
            }
            do throws(LargeBlobArrayError) {
                try store.blobs.array.set(data, for: largeBlobKey)
            } catch {
                throw .session(.malformed(.largeBlobArray(error), .largeBlobs))
            }
            try await key.write(store, change)
            return (credential: chosen, label: label)
        }
        let line = Text.blobStored(data.count, changed.label, name.name)
        try output.print(BlobOnKey(changed.credential, size: data.count, on: name), lines: [line.localized])
    }
}

/// `fidoctl blobs delete`
struct BlobDeleteCommand: KeyCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a credential's blob; the credential stays.",
        discussion: "Shows the blob's credential and size, and asks for confirmation."
    )

    @OptionGroup var credential: CredentialOptions
    @OptionGroup var consent: ConsentOptions
    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }

    func run() async throws {
        let run = try KeyRun(key, for: .use(command: "blobs delete"))
        let consent = try Consent(consent, run, mayAsk: !key.noInput)
        let (changed, name) = try await run.change(.blobs) { key, change throws(UserVerificationError) in
            var store = try await BlobStore(of: key, for: .remove)
            let chosen = try store.choose(credential, hasBlob: true, on: key)
            let label = store.blobs.label(chosen)
            let largeBlobKey = try chosen.requireLargeBlobKey(label)
            let name = KeyName(key.description)
            let size = store.blobs.size(of: chosen) ?? 0
            let what = Text.deletesBlob(size, label, name.name, device: name.path)
            try await change.ask(consent, typing: "yes", to: .confirm([what], .typeYesToDelete))
            store.blobs.array.removeData(for: largeBlobKey)
            try await key.write(store, change)
            return (credential: chosen, label: label)
        }
        let line = Text.blobDeleted(changed.label, name.name)
        try output.print(BlobOnKey(changed.credential, size: 0, on: name), lines: [line.localized])
    }
}

/// `fidoctl blobs clean`
struct BlobCleanCommand: KeyCommand {
    static let configuration = CommandConfiguration(
        commandName: "clean",
        abstract: "Remove the blobs of deleted credentials (orphans).",
        discussion: "Shows them and asks for confirmation. Blobs in an unknown format stay."
    )

    @OptionGroup var consent: ConsentOptions
    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }

    func run() async throws {
        let run = try KeyRun(key, for: .use(command: "blobs clean"))
        let consent = try Consent(consent, run, mayAsk: !key.noInput)
        let (result, name) = try await run.change(.blobs) { key, change throws(UserVerificationError) in
            var store = try await BlobStore(of: key, for: .remove)
            let orphans = store.blobs.array.elements.filter { store.blobs.owner(of: $0) == .orphan }
            guard store.blobs.isDamaged || !orphans.isEmpty else { return (store: store, removed: 0) }
            let name = KeyName(key.description)
            var what: [Text] = [.replacesDamaged(name.name, device: name.path)]
            var question = Text.typeYesToReplace
            if !store.blobs.isDamaged {
                let lines = Columns.lines(orphans.map { BlobReport($0, in: store.blobs).cells })
                what = [.removesOrphans(orphans.count, name.name, device: name.path)]
                what += lines.map { Text(verbatim: "  " + $0) }
                question = orphans.count == 1 ? .typeYesToDelete : .typeYesToDeleteAll
            }
            try await change.ask(consent, typing: "yes", to: .confirm(what, question))
            store.blobs.array.remove(where: orphans.contains)
            try await key.write(store, change)
            return (store: store, removed: orphans.count)
        }
        let line: Text =
            if result.store.blobs.isDamaged {
                .damagedReplaced(name.name)
            } else {
                result.removed == 0 ? .nothingToClean(name.name) : .blobsCleaned(result.removed, name.name)
            }
        try output.print(CleanReport(result.store, removed: result.removed, key: name), lines: [line.localized])
    }
}

/// The result of `blobs clean`.
private struct CleanReport: Encodable {
    let device: String
    let name: String
    let removed: Int
    /// The longest serialized array, in bytes.
    let capacity: Int
    let used: Int

    init(_ store: BlobStore, removed: Int, key: KeyName) {
        (device, name) = (key.path, key.name)
        self.removed = removed
        capacity = store.blobs.capacity
        used = store.blobs.array.serialized.count
    }
}

extension ChangeNotes {
    fileprivate static let blobs = ChangeNotes(check: .blobsInDoubt)
}

extension DiscoverableCredential {
    fileprivate func requireLargeBlobKey(_ label: String) throws(UserVerificationError) -> LargeBlobKey {
        guard let largeBlobKey else { throw .interaction(Failure(.unsupported, .noLargeBlobKey(label))) }
        return largeBlobKey
    }
}

extension OpenKey {
    fileprivate func write(_ store: BlobStore, _ change: ChangeRecord) async throws(UserVerificationError) {
        try await change.make { () throws(SessionError) in try await store.write(operation) }
    }
}
