import ArgumentParser
import CTAP2
import Interaction

/// `fidoctl reset`
struct ResetCommand: KeyCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset",
        abstract: "Erase a key: every credential, its PIN and its settings.",
        discussion: """
            Lists what will be lost and asks for confirmation. You must then unplug the key, plug it in again and touch it \
            within ten seconds. A software key (virtual:) is reset at once. With --pin-fd, --pin-file or --askpass, the list \
            has the credentials too.
            """
    )

    @OptionGroup var consent: ConsentOptions
    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }

    func run() async throws {
        let run = try KeyRun(key, for: .reset)
        let consent = try Consent(consent, run, mayAsk: !key.noInput)
        let isPINKnown = key.pin.isGiven
        let (found, name) = try await run.withKey { key throws(UserVerificationError) in
            let info = try await key.info()
            let isListed = isPINKnown && info.options.clientPin == true && info.credentialManagementCommand != nil
            let credentials = isListed ? try await key.inventory().credentials : []
            return (info: info, credentials: credentials, key: key.description)
        }
        if let transports = found.info.transportsForReset, !transports.contains("usb") {
            let names = transports.map(TerminalText.escape).joined(separator: ", ")
            throw Failure(.unsupported, .resetNotOverUSB(name.name, transports: names)).on(device: name.path)
        }
        try await consent.require(typing: "reset", to: .reset(name, found.info, found.credentials))
        let present = try await replugged(found.key, run)
        let (_, erased) = try await run.perform { keys, limit throws(SecurityKeysError<SessionError>) in
            try await keys.limited(to: present).withKey(within: limit) { key throws(SessionError) in
                try await key.session.send(ResetRequest(), key.operation)
            }
        }
        try output.print(ChosenKey(erased), lines: [Text.resetDone(erased.name).localized])
    }

    /// The key after the user has replugged it. The embedded software key powers up whenever it is opened.
    private func replugged(_ key: KeyDescription, _ run: KeyRun) async throws -> KeyDescription {
        guard key.device != nil else { return key }
        return try await run.perform { keys, limit throws(SecurityKeysError<KeyAccessError>) in
            let again = try await keys.replugged(key, within: limit)
            return (again, again)
        }.value
    }
}

extension Prompt {
    /// Lists what the reset erases and asks for confirmation.
    fileprivate static func reset(
        _ key: KeyName,
        _ info: AuthenticatorInfo,
        _ credentials: [DiscoverableCredential]
    ) -> Prompt {
        var notes: [Text] = [.resetErases(key.name, device: key.path), .resetErasesCredentials]
        notes += credentials.map { Text(verbatim: "    " + CredentialLabel($0, among: credentials).line) }
        if info.options.clientPin == true { notes.append(.resetErasesPIN) }
        if info.options.bioEnroll == true { notes.append(.resetErasesFingerprints) }
        notes += [.resetErasesSettings, info.longTouchForReset ? .resetNextLongTouch : .resetNext]
        return Prompt(notes: notes, question: .typeReset, isSecret: false)
    }
}
