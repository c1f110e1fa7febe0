import ArgumentParser
import CTAP2
import Interaction

/// `fidoctl fingerprints`
struct FingerprintsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fingerprints",
        abstract: "List, enrol, rename or delete a key's fingerprints.",
        subcommands: [
            FingerprintListCommand.self, FingerprintEnrollCommand.self, FingerprintRenameCommand.self,
            FingerprintDeleteCommand.self,
        ]
    )
}

/// `fidoctl fingerprints list`
struct FingerprintListCommand: KeyCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Show a key's fingerprint sensor and its enrolled fingerprints.",
        discussion: "Needs no PIN if the key has no fingerprints."
    )

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }

    func run() async throws {
        let operation = KeyOperation.use(command: "fingerprints list")
        let (found, name) = try await key.withKey(for: operation) { key throws(UserVerificationError) in
            let (info, sensor) = try await key.fingerprintSensor()
            guard info.knowsFingerprints else { return (sensor, [] as [FingerprintTemplate]) }
            let enrollment = try await key.bioEnrollment()
            return try await key.perform { () throws(SessionError) in
                (sensor, try await enrollment.fingerprints(key.operation))
            }
        }
        let report = FingerprintListReport(found.0, found.1, key: name)
        try output.print(report, lines: report.lines)
    }
}

/// `fidoctl fingerprints rename`
struct FingerprintRenameCommand: KeyCommand {
    static let configuration = CommandConfiguration(commandName: "rename", abstract: "Rename a fingerprint.")

    @OptionGroup var which: FingerprintOption

    @Option(help: ArgumentHelp("The new name.", valueName: "text"), transform: FingerprintNameOption.parse)
    var name: String

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }

    func run() async throws {
        let run = try KeyRun(key, for: .use(command: "fingerprints rename"))
        let notes = ChangeNotes(check: .fingerprintInDoubt)
        let (renamed, keyName) = try await run.change(notes) { key, change throws(UserVerificationError) in
            _ = try await key.fingerprintSensor(taking: name)
            let (enrollment, fingerprint, _) = try await key.fingerprint(which)
            try await change.make { () throws(SessionError) in
                try await enrollment.rename(fingerprint, to: name, key.operation)
            }
            return FingerprintTemplate(id: fingerprint.id, name: name)
        }
        let lines = [Text.renamed(renamed.label, keyName.name).localized]
        try output.print(FingerprintOnKey(renamed, on: keyName), lines: lines)
    }
}

/// `fidoctl fingerprints delete`
struct FingerprintDeleteCommand: KeyCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a fingerprint.",
        discussion: "Shows the fingerprint and asks for confirmation."
    )

    @OptionGroup var which: FingerprintOption
    @OptionGroup var consent: ConsentOptions
    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }

    func run() async throws {
        let run = try KeyRun(key, for: .use(command: "fingerprints delete"))
        let consent = try Consent(consent, run, mayAsk: !key.noInput)
        let notes = ChangeNotes(check: .fingerprintInDoubt)
        let (deleted, keyName) = try await run.change(notes) { key, change throws(UserVerificationError) in
            let (enrollment, fingerprint, isLast) = try await key.fingerprint(which)
            let name = KeyName(key.description)
            let what = Text.deletesFingerprint(fingerprint.label, name.name, device: name.path)
            try await change.ask(
                consent,
                typing: "yes",
                to: .confirm(isLast ? [what, .lastFingerprint] : [what], .typeYesToDelete)
            )
            try await change.make { () throws(SessionError) in
                try await enrollment.remove(fingerprint, key.operation)
            }
            return fingerprint
        }
        let lines = [Text.deleted(deleted.label, keyName.name).localized]
        try output.print(FingerprintOnKey(deleted, on: keyName), lines: lines)
    }
}

extension OpenKey {
    /// The sensor's properties, which need no verification. Throws if `name` is too long for the key.
    func fingerprintSensor(
        taking name: String? = nil
    ) async throws(UserVerificationError) -> (info: AuthenticatorInfo, sensor: FingerprintSensor) {
        let (info, sensor) = try await perform { () throws(SessionError) in
            (try await session.getInfo(operation), try await session.fingerprintSensor(operation))
        }
        if let name, let maximum = sensor.maximumNameByteCount, name.utf8.count > maximum {
            let key = KeyName(description).name
            let text = Text.fingerprintNameTooLong(key, byteCount: name.utf8.count, maximum: maximum)
            throw .interaction(Failure(.unsupported, text))
        }
        return (info, sensor)
    }

    /// The selected fingerprint, and the `BioEnrollment` to change it without another verification.
    fileprivate func fingerprint(
        _ which: FingerprintOption
    ) async throws(UserVerificationError) -> (enrollment: BioEnrollment, which: FingerprintTemplate, isLast: Bool) {
        let enrollment = try await bioEnrollment()
        let all = try await perform { () throws(SessionError) in try await enrollment.fingerprints(operation) }
        let chosen = try UserVerificationError.during { () throws(Failure) in
            try which.choose(from: all, of: KeyName(description).name)
        }
        return (enrollment, chosen, all.count == 1)
    }
}

extension AuthenticatorInfo {
    fileprivate var knowsFingerprints: Bool {
        options.bioEnroll == true || options.userVerificationMgmtPreview == true
    }
}
