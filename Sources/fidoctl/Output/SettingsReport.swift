import CTAP2
import Interaction

/// A key's settings.
struct SettingsReport: Encodable {
    struct Switch: Encodable {
        /// `nil` if the key does not report it.
        let offered: Bool?
        let on: Bool?

        private enum CodingKeys: CodingKey {
            case offered, on
        }

        func encode(to encoder: any Encoder) throws {
            var members = encoder.container(keyedBy: CodingKeys.self)
            try members.encode(offered, forKey: .offered)
            try members.encode(on, forKey: .on)
        }
    }

    struct MinimumPINLength: Encodable {
        let offered: Bool
        /// In Unicode code points.
        let value: Int
        /// The most relying parties that may be permitted to read it.
        let maximumRPIDs: Int
    }

    struct Settings: Encodable {
        let enterpriseAttestation: Switch
        let alwaysUv: Switch
        let minPINLength: MinimumPINLength
        let pinComplexity: Switch
        let forcePINChange: Switch
        let longTouchReset: Switch
    }

    let device: String
    let name: String
    /// Whether the command changed the setting; `nil` for `config show`.
    let changed: Bool?
    let settings: Settings

    init(_ info: AuthenticatorInfo, key: KeyName, changed: Bool? = nil) {
        (device, name) = (key.path, key.name)
        self.changed = changed
        func state(_ setting: Setting) -> Switch {
            Switch(offered: setting.isOffered(by: info), on: setting.isOn(info))
        }
        settings = Settings(
            enterpriseAttestation: state(.enterpriseAttestation),
            alwaysUv: state(.alwaysUv),
            minPINLength: MinimumPINLength(
                offered: Setting.minPINLength.isOffered(by: info) == true,
                value: info.minPINLength,
                maximumRPIDs: info.maxRPIDsForSetMinPINLength ?? 0
            ),
            pinComplexity: state(.pinComplexity),
            forcePINChange: state(.forcePINChange),
            longTouchReset: state(.longTouchReset)
        )
    }
}

extension SettingsReport {
    /// For display, in two columns.
    var lines: [String] {
        ["\(name)  \(device)"]
            + Table.lines([
                (
                    Text(verbatim: Setting.enterpriseAttestation.rawValue),
                    Text.state(settings.enterpriseAttestation).localized
                ),
                (Text(verbatim: Setting.alwaysUv.rawValue), Text.state(settings.alwaysUv).localized),
                (Text(verbatim: Setting.minPINLength.rawValue), Text.state(settings.minPINLength).localized),
                (Text(verbatim: Setting.pinComplexity.rawValue), Text.state(settings.pinComplexity).localized),
                (Text(verbatim: Setting.forcePINChange.rawValue), Text.state(settings.forcePINChange).localized),
                (Text(verbatim: Setting.longTouchReset.rawValue), Text.state(settings.longTouchReset).localized),
            ])
    }
}

extension Text {
    fileprivate static func state(_ state: SettingsReport.Switch) -> Text {
        if state.offered == false, state.on == nil { return .notOffered }
        let value: Text = state.on.map { $0 ? .on : .off } ?? .unknown
        return state.offered == nil ? value + .offerUnknown : offered(value, state.offered == true)
    }

    fileprivate static func state(_ length: SettingsReport.MinimumPINLength) -> Text {
        let characters = characters(length.value)
        guard length.maximumRPIDs > 0, length.offered else { return offered(characters, length.offered) }
        return characters
            + readable(by: length.maximumRPIDs)
    }

    private static func offered(_ value: Text, _ isOffered: Bool) -> Text {
        isOffered ? value : value + .fixed
    }
}
