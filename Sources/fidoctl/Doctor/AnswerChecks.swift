import CTAP2
import CTAPHID
import Interaction

/// The checks of what a key answers.
struct AnswerChecks {
    let key: KeyName
    let device: HIDDeviceInfo?
    let answers: KeyAnswers
    let sought: SoughtCredential?

    private var info: AuthenticatorInfo { answers.info }

    var findings: [Finding] {
        let credential = credential.map { [$0] } ?? []
        guard let pin = answers.pin else { return [u2f, firmware] + credential }
        return [.ok(.answer, .answers(info.versions.map(TerminalText.escape))), information, firmware, self.pin(pin)]
            + [builtInVerification(pin)] + credential
    }

    private var u2f: Finding {
        .warning(.answer, .u2fOnly, .onlyU2F(key.name), step: .u2fStep)
    }

    private var information: Finding {
        let oddities = Oddities(answers).texts
        guard let first = oddities.first else { return .ok(.information, .informationIsSane) }
        let all = oddities.dropFirst().reduce(first) { $0 + Text("; ", "、") + $1 }
        return .warning(.information, .oddAnswer, .oddInformation(key.name) + all, step: .oddInformationStep)
    }

    private var firmware: Finding {
        let quirks = device.map { device in FirmwareQuirk.all.filter { $0.concerns(device) } } ?? []
        guard let quirk = quirks.first else { return .ok(.firmware, .noQuirk) }
        return .warning(.firmware, .firmware, .quirk(key.name, quirk.text, source: quirk.source), step: .updateFirmware)
    }

    private func pin(_ status: PINStatus) -> Finding {
        guard let isSet = info.options.clientPin else { return .notApplicable(.pin, .hasNoPIN) }
        guard isSet else {
            return .warning(.pin, .pinNotSet, .noPINSet(key.name), step: .setPIN, commands: [ShellCommands.setPIN])
        }
        if status.retries == 0 { return .problem(.pin, .pinBlocked, .pinIsBlocked(key.name), step: .resetStep) }
        if status.needsPowerCycle == true {
            return .problem(.pin, .pinNeedsReplug, .pinWaitsForReplug(key.name), step: .replugHint)
        }
        if info.forcePINChange {
            return .warning(
                .pin,
                .pinChange,
                .changeForced(key.name),
                step: .changeForcedHint,
                commands: [ShellCommands.changePIN]
            )
        }
        return .ok(.pin, .pinIsSet(retries: status.retries))
    }

    private func builtInVerification(_ status: PINStatus) -> Finding {
        guard let isConfigured = info.options.uv else { return .notApplicable(.builtInVerification, .noBuiltIn) }
        guard isConfigured else { return .notApplicable(.builtInVerification, .uvNotConfigured) }
        if status.uvRetries == 0 {
            return .warning(
                .builtInVerification,
                .verificationBlocked,
                .builtInIsBlocked(key.name),
                step: .enterPINOnce
            )
        }
        return .ok(.builtInVerification, .uvConfigured)
    }

    private var credential: Finding? {
        guard let sought, let result = answers.hasCredential else { return nil }
        let site = TerminalText.site(sought.rpId)
        switch result {
        case .success(true): return .ok(.credential, .hasCredential(key.name, site))
        case .success(false):
            return .problem(
                .credential,
                .noCredential,
                .showsNoCredential(key.name, site),
                step: sought.ids.isEmpty ? .noCredentialStep : .otherKeyStep
            )
        case .failure(let error):
            return .unknown(.credential, Failure.session(error, key: key.name).message)
        }
    }
}
