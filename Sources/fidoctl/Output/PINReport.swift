import CTAP2
import Interaction

/// The state of a key's PIN and built-in verification, as the key reports it.
struct PINStatus: Sendable {
    let info: AuthenticatorInfo
    /// How many wrong PINs the key still accepts; `nil` without a PIN or a supported PIN/UV auth protocol.
    let retries: Int?
    /// Whether the key must be unplugged before it accepts another PIN; `nil` where it does not say.
    let needsPowerCycle: Bool?
    /// How many failures of built-in verification the key still accepts; `nil` where it does not say.
    let uvRetries: Int?
}

/// The state of a key's PIN and built-in verification, for output.
struct PINReport: Encodable {
    struct BuiltInVerification: Encodable {
        var supported: Bool
        var configured: Bool
        /// `nil` where the key does not say.
        var retries: Int?

        private enum CodingKeys: CodingKey {
            case supported, configured, retries
        }

        func encode(to encoder: any Encoder) throws {
            var members = encoder.container(keyedBy: CodingKeys.self)
            try members.encode(supported, forKey: .supported)
            try members.encode(configured, forKey: .configured)
            try members.encode(retries, forKey: .retries)
        }
    }

    var device: String
    var name: String
    var supported: Bool
    var isSet: Bool
    /// How many wrong PINs the key still accepts; `nil` without a PIN or a supported PIN/UV auth protocol.
    var retries: Int?
    /// `nil` where the key does not say.
    var powerCycleNeeded: Bool?
    var changeForced: Bool
    /// In characters.
    var minimumLength: Int
    /// In bytes of UTF-8.
    var maximumLength: Int
    /// `nil` where the key does not say.
    var complexityPolicy: Bool?
    var complexityPolicyURL: String?
    var builtInVerification: BuiltInVerification

    private enum CodingKeys: String, CodingKey {
        case device, name, supported
        case isSet = "set"
        case retries, powerCycleNeeded, changeForced, minimumLength, maximumLength
        case complexityPolicy = "pinComplexityPolicy"
        case complexityPolicyURL = "pinComplexityPolicyURL"
        case builtInVerification
    }

    /// Every member is present, null if the key does not report it.
    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(device, forKey: .device)
        try members.encode(name, forKey: .name)
        try members.encode(supported, forKey: .supported)
        try members.encode(isSet, forKey: .isSet)
        try members.encode(retries, forKey: .retries)
        try members.encode(powerCycleNeeded, forKey: .powerCycleNeeded)
        try members.encode(changeForced, forKey: .changeForced)
        try members.encode(minimumLength, forKey: .minimumLength)
        try members.encode(maximumLength, forKey: .maximumLength)
        try members.encode(complexityPolicy, forKey: .complexityPolicy)
        try members.encode(complexityPolicyURL, forKey: .complexityPolicyURL)
        try members.encode(builtInVerification, forKey: .builtInVerification)
    }

    init(_ status: PINStatus, key: KeyName) {
        let info = status.info
        (device, name) = (key.path, key.name)
        supported = info.options.clientPin != nil
        isSet = info.options.clientPin == true
        (minimumLength, maximumLength) = (info.minPINLength, min(info.maxPINLength, PIN.maximumByteCount))
        changeForced = info.forcePINChange
        complexityPolicy = info.pinComplexityPolicy
        complexityPolicyURL = info.pinComplexityPolicyURL.map { String(decoding: $0, as: UTF8.self) }
        (retries, powerCycleNeeded) = (status.retries, status.needsPowerCycle)
        builtInVerification = BuiltInVerification(
            supported: info.options.uv != nil,
            configured: info.options.uv == true,
            retries: status.uvRetries
        )
    }
}

extension PINReport {
    /// For people, in two columns; the device is passed in escaped.
    var lines: [String] {
        ["\(name)  \(device)"] + Table.lines(rows)
    }

    private typealias Row = (label: Text, value: String)

    private var rows: [Row] {
        guard supported else { return [(.pinLabel, Text.pinUnsupported.localized)] + builtInRows }
        var rows: [Row] = [(.pinLabel, (isSet ? Text.pinIsSetState : .pinIsNotSetState).localized)]
        if let retries { rows.append((.triesLeft, String(retries) + remark(retries))) }
        if changeForced { rows.append((.pinMustBeChanged, Text.yesOrNo(true).localized)) }
        rows.append(
            (.pinLength, Text.pinLength(minimum: minimumLength, maximum: maximumLength).localized)
        )
        if let complexityPolicy {
            let url = complexityPolicyURL.map { "  " + TerminalText.escape($0) } ?? ""
            rows.append((.pinPolicy, Text.yesOrNo(complexityPolicy).localized + url))
        }
        return rows + builtInRows
    }

    private var builtInRows: [Row] {
        guard builtInVerification.supported else { return [] }
        let state = builtInVerification.configured ? Text.uvConfigured : .uvNotConfigured
        let row: Row = (.builtInVerification, state.localized)
        guard let retries = builtInVerification.retries else { return [row] }
        return [row, (.itsTriesLeft, String(retries))]
    }

    /// What is necessary before the next try.
    private func remark(_ retries: Int) -> String {
        if retries == 0 { return "  (" + Text.pinBlockedRemark.localized + ")" }
        return powerCycleNeeded == true ? "  (" + Text.powerCycleRemark.localized + ")" : ""
    }
}
