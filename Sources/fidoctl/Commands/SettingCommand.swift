import ArgumentParser
import CTAP2
import Interaction

/// A command that changes one setting of a key. It checks that the key supports the setting before it prompts.
protocol SettingCommand: KeyCommand {
    var output: OutputOptions { get }
    var setting: Setting { get }
    /// The new value, as on the command line.
    var value: String { get }
    /// `nil` if the change can be undone and needs no consent.
    var consent: ConsentOptions? { get }

    /// Throws if the key cannot have this value; `key` is its escaped name.
    func check(_ info: AuthenticatorInfo, _ key: String) throws(Failure)
    /// Whether the key already has this value.
    func isSet(_ info: AuthenticatorInfo) -> Bool
    /// The change and its consequences.
    func meaning(_ info: AuthenticatorInfo) -> [Text]
    func set(_ configuration: AuthenticatorConfiguration, _ operation: Operation) async throws(SessionError)
}

extension SettingCommand {
    var reportsJSON: Bool { output.json }
    var value: String { "on" }
    var consent: ConsentOptions? { nil }

    func check(_ info: AuthenticatorInfo, _ key: String) throws(Failure) {}
    func isSet(_ info: AuthenticatorInfo) -> Bool { setting.isOn(info) == true }

    func run() async throws {
        let run = try KeyRun(key, for: .use(command: "config " + setting.rawValue))
        let consent = consent.map { Consent(ifNeeded: $0, run, mayAsk: !key.noInput) }
        let (result, name) = try await run.change(ChangeNotes(check: .settingInDoubt)) {
            key,
            change throws(UserVerificationError) in
            let info = try await key.info()
            let name = KeyName(key.description)
            try requirePossible(info, name.name)
            guard !isSet(info) else { return (info: info, isChanged: false) }
            if let consent {
                let what = [.willChange(name.name, device: name.path)] + meaning(info) + [.onlyResetUndoes]
                try await change.ask(consent, typing: "yes", to: .confirm(what, .typeYesToChange))
            } else {
                meaning(info).forEach(Diagnostics.warn)
            }
            let configuration = try await key.configuration(info)
            try await change.make { () throws(SessionError) in try await set(configuration, key.operation) }
            return (info: try await key.info(), isChanged: true)
        }
        let line = result.isChanged ? Text.settingDone(setting.rawValue, value, name.name) : .alreadySo(name.name)
        let report = SettingsReport(result.info, key: name, changed: result.isChanged)
        try output.print(report, lines: [line.localized])
    }

    private func requirePossible(_ info: AuthenticatorInfo, _ key: String) throws(UserVerificationError) {
        try UserVerificationError.during { () throws(Failure) in
            guard setting.isOffered(by: info) != false else {
                throw Failure(.unsupported, .settingNotOffered(setting.rawValue, key), hint: .settingsHint)
            }
            try check(info, key)
        }
    }
}

extension OpenKey {
    func info() async throws(UserVerificationError) -> AuthenticatorInfo {
        try await perform { () throws(SessionError) in
            try await session.requireCTAP2(for: .getInfo, operation)
            return try await session.getInfo(operation)
        }
    }

    /// The access to the settings. An unprotected key on which alwaysUv is set accepts toggleAlwaysUv without a token
    /// (CTAP 2.3 §6.11.2).
    fileprivate func configuration(
        _ info: AuthenticatorInfo
    ) async throws(UserVerificationError) -> AuthenticatorConfiguration {
        guard info.options.isProtected || info.options.alwaysUv != true else {
            return AuthenticatorConfiguration(session, token: nil)
        }
        return try await authenticatorConfiguration()
    }
}
