import ArgumentParser
import CTAP2
import Interaction

/// `fidoctl config`
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Show or change a key's settings.",
        subcommands: [
            ConfigShowCommand.self, EnterpriseAttestationCommand.self, AlwaysUvCommand.self, MinPINLengthCommand.self,
            PINComplexityCommand.self, ForcePINChangeCommand.self, LongTouchResetCommand.self,
        ]
    )
}

/// `fidoctl config show`
struct ConfigShowCommand: KeyCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a key's settings, and which of them can be changed. Needs no PIN."
    )

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var reportsJSON: Bool { output.json }

    func run() async throws {
        let (info, name) = try await key.withKey(for: .use(command: "config show")) { key throws(SessionError) in
            try await key.session.requireCTAP2(for: .config, key.operation)
            return try await key.session.getInfo(key.operation)
        }
        let report = SettingsReport(info, key: name)
        try output.print(report, lines: report.lines)
    }
}

/// `fidoctl config enterprise-attestation`
struct EnterpriseAttestationCommand: SettingCommand {
    static let configuration = CommandConfiguration(
        commandName: Setting.enterpriseAttestation.rawValue,
        abstract: "Let listed sites identify this individual key at registration.",
        discussion: "Only resetting the key can undo this. Asks for confirmation."
    )

    @OptionGroup var givenConsent: ConsentOptions
    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var setting: Setting { .enterpriseAttestation }
    var consent: ConsentOptions? { givenConsent }

    func meaning(_ info: AuthenticatorInfo) -> [Text] { [.enterpriseAttestationMeans] }

    func set(_ configuration: AuthenticatorConfiguration, _ operation: Operation) async throws(SessionError) {
        try await configuration.enableEnterpriseAttestation(operation)
    }
}

/// `fidoctl config always-uv`
struct AlwaysUvCommand: SettingCommand {
    enum State: String, ExpressibleByArgument, CaseIterable {
        case on, off
    }

    static let configuration = CommandConfiguration(
        commandName: Setting.alwaysUv.rawValue,
        abstract: "Require user verification for every operation, or stop requiring it."
    )

    @Argument(help: "on or off.")
    var state: State

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var setting: Setting { .alwaysUv }
    var value: String { state.rawValue }

    func isSet(_ info: AuthenticatorInfo) -> Bool { info.options.alwaysUv == (state == .on) }
    func meaning(_ info: AuthenticatorInfo) -> [Text] { [state == .on ? .alwaysUvOnMeans : .alwaysUvOffMeans] }

    func set(_ configuration: AuthenticatorConfiguration, _ operation: Operation) async throws(SessionError) {
        try await configuration.setAlwaysUv(state == .on, operation)
    }
}

/// `fidoctl config long-touch-reset`
struct LongTouchResetCommand: SettingCommand {
    static let configuration = CommandConfiguration(
        commandName: Setting.longTouchReset.rawValue,
        abstract: "Require a long touch to reset the key.",
        discussion: "Only resetting the key can undo this. Asks for confirmation."
    )

    @OptionGroup var givenConsent: ConsentOptions
    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var setting: Setting { .longTouchReset }
    var consent: ConsentOptions? { givenConsent }

    func meaning(_ info: AuthenticatorInfo) -> [Text] { [.longTouchResetMeans] }

    func set(_ configuration: AuthenticatorConfiguration, _ operation: Operation) async throws(SessionError) {
        try await configuration.enableLongTouchForReset(operation)
    }
}
