import ArgumentParser
import CTAP2
import Interaction

/// `fidoctl config min-pin-length`
struct MinPINLengthCommand: SettingCommand {
    static let configuration = CommandConfiguration(
        commandName: Setting.minPINLength.rawValue,
        abstract: "Raise the minimum length of the PIN.",
        discussion: "Only resetting the key can lower it again. Asks for confirmation."
    )

    @Argument(help: ArgumentHelp("In characters, 4 to 63.", valueName: "length"))
    var length: Int

    @Option(
        name: .customLong("rp-id"),
        help: ArgumentHelp(
            "A relying party that may read the minimum length at registration; may be repeated. Replaces the previous list.",
            valueName: "domain"
        )
    )
    var rpIds: [String] = []

    @OptionGroup var givenConsent: ConsentOptions
    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var setting: Setting { .minPINLength }
    var value: String { String(length) }
    var consent: ConsentOptions? { givenConsent }

    func validate() throws {
        guard AuthenticatorInfo.defaultMinPINLength...PIN.maximumByteCount ~= length else {
            throw ValidationError(.pinLengthRange)
        }
    }

    func check(_ info: AuthenticatorInfo, _ key: String) throws(Failure) {
        guard length >= info.minPINLength else {
            throw Failure(.pinPolicy, .minPINLengthOnlyRises(key, present: info.minPINLength), hint: .onlyResetUndoes)
        }
        guard length <= info.maxPINLength else {
            throw Failure(.pinPolicy, .minPINLengthTooHigh(key, maximum: info.maxPINLength))
        }
        let maximum = info.extensions.contains("minPinLength") ? info.maxRPIDsForSetMinPINLength ?? 0 : 0
        guard rpIds.count <= maximum else { throw Failure(.unsupported, .tooManyRPIDs(key, maximum: maximum)) }
    }

    func isSet(_ info: AuthenticatorInfo) -> Bool { length == info.minPINLength && rpIds.isEmpty }

    func meaning(_ info: AuthenticatorInfo) -> [Text] {
        var meaning: [Text] = []
        if length > info.minPINLength { meaning.append(.minPINLengthMeans(length, present: info.minPINLength)) }
        if !rpIds.isEmpty { meaning.append(.minPINLengthSitesMean(rpIds.map(TerminalText.site))) }
        return meaning
    }

    func set(_ configuration: AuthenticatorConfiguration, _ operation: Operation) async throws(SessionError) {
        let change = PINPolicyChange(newMinPINLength: length, minPinLengthRPIDs: rpIds)
        try await configuration.setMinPINLength(change, operation)
    }
}

/// `fidoctl config pin-complexity`
struct PINComplexityCommand: SettingCommand {
    static let configuration = CommandConfiguration(
        commandName: Setting.pinComplexity.rawValue,
        abstract: "Reject simple PINs, by the manufacturer's rules.",
        discussion: "Only resetting the key can undo this. Asks for confirmation."
    )

    @OptionGroup var givenConsent: ConsentOptions
    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var setting: Setting { .pinComplexity }
    var consent: ConsentOptions? { givenConsent }

    func meaning(_ info: AuthenticatorInfo) -> [Text] { [.pinComplexityMeans] }

    func set(_ configuration: AuthenticatorConfiguration, _ operation: Operation) async throws(SessionError) {
        try await configuration.setMinPINLength(PINPolicyChange(pinComplexityPolicy: true), operation)
    }
}

/// `fidoctl config force-pin-change`
struct ForcePINChangeCommand: SettingCommand {
    static let configuration = CommandConfiguration(
        commandName: Setting.forcePINChange.rawValue,
        abstract: "Require a new PIN before the key accepts it again."
    )

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    var setting: Setting { .forcePINChange }

    func check(_ info: AuthenticatorInfo, _ key: String) throws(Failure) {
        guard info.options.clientPin == true else {
            throw Failure(.unsupported, .pinIsNotSet(key), hint: .pinIsNotSetHint)
        }
    }

    func meaning(_ info: AuthenticatorInfo) -> [Text] { [.forcePINChangeMeans] }

    func set(_ configuration: AuthenticatorConfiguration, _ operation: Operation) async throws(SessionError) {
        try await configuration.setMinPINLength(PINPolicyChange(forceChangePin: true), operation)
    }
}
