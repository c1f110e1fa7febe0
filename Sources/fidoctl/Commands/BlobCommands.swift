import ArgumentParser
import CTAP2
import Interaction
import WebAuthn

/// `fidoctl blobs`
struct BlobsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "blobs",
        abstract: "List, read, write or delete the large blobs that a key stores for its credentials.",
        subcommands: [
            BlobListCommand.self, BlobGetCommand.self, BlobSetCommand.self, BlobDeleteCommand.self,
            BlobCleanCommand.self,
        ]
    )
}

/// `fidoctl blobs list`
struct BlobListCommand: KeyCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List a key's blobs with their credentials and sizes, and the space left.",
        discussion: "Needs no PIN if the key has no blobs."
    )

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }

    func run() async throws {
        let operation = KeyOperation.use(command: "blobs list")
        let (store, name) = try await key.withKey(for: operation) { key throws(UserVerificationError) in
            try await BlobStore(of: key, for: .read)
        }
        let report = BlobListReport(store.blobs, key: name)
        try output.print(report, lines: report.lines)
    }
}

/// `fidoctl blobs get`
struct BlobGetCommand: KeyCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Print a credential's blob as it is, or write it to a file."
    )

    @OptionGroup var credential: CredentialOptions

    @Option(
        name: .customLong("output"),
        help: ArgumentHelp("Write the blob to this new file, readable only by you.", valueName: "file"),
        completion: .file()
    )
    var file: String?

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }

    func run() async throws {
        let file = file.map(ResultFile.init)
        try file?.requireAbsent()
        let operation = KeyOperation.use(command: "blobs get")
        let (found, name) = try await key.withKey(for: operation) { key throws(UserVerificationError) in
            let store = try await BlobStore(of: key, for: .read)
            let chosen = try store.choose(credential, hasBlob: true, on: key)
            return (credential: chosen, label: store.blobs.label(chosen), data: try store.data(of: chosen))
        }
        if let file {
            try file.write(found.data)
            let line = Text.blobSaved(found.data.count, found.label, file: TerminalText.escape(file.path))
            let report = BlobOnKey(found.credential, size: found.data.count, on: name)
            try output.print(report, lines: [line.localized])
        } else if output.json {
            try Output.json(BlobOnKey(found.credential, size: found.data.count, data: found.data, on: name))
        } else {
            try Output.raw(found.data)
        }
    }
}

extension BlobStore {
    /// The decrypted blob of a credential.
    fileprivate func data(of credential: DiscoverableCredential) throws(UserVerificationError) -> [UInt8] {
        do throws(LargeBlobArrayError) {
            return try credential.largeBlobKey.flatMap { key throws(LargeBlobArrayError) in
                try blobs.array.data(for: key)
            } ?? []
        } catch {
            throw .session(.malformed(.largeBlobArray(error), .largeBlobs))
        }
    }
}
