import CTAP2
import CTAPHID
import Interaction
import Platform

extension InfoReport {
    /// Everything for people, in two columns; text from the key is escaped.
    var lines: [String] {
        let title = "\(key.name)  \(key.path)"
        guard !info.isU2FOnly else { return [title, Text.isU2FKey.localized] + Table.lines(protocols) }
        return [title]
            + Table.lines(protocols + identity + limits + verification + maintenance)
            + [Text.options.localized + ":"]
            + Table.lines(optionRows)
    }

    private typealias Row = (label: Text, value: String)

    private var protocols: [Row] {
        [
            (Text("CTAPHID version", "CTAPHID バージョン"), String(initResponse.protocolVersion)),
            (Text("device version", "デバイスのバージョン"), deviceVersion),
            (Text("capabilities", "機能"), list(capabilities)),
            (Text("protocol versions", "プロトコル"), list(info.versions)),
        ]
    }

    private var identity: [Row] {
        [
            (Text("extensions", "拡張"), list(info.extensions)),
            (.model, info.aaguid.description),
            (Text("algorithms", "アルゴリズム"), list(info.algorithms.map(\.alg.description))),
            (Text("transports", "接続方式"), list(info.transports)),
            (Text("attestation formats", "構成証明の形式"), list(info.attestationFormats)),
        ] + present(Text("firmware version", "ファームウェア"), info.firmwareVersion)
            + (info.certifications.isEmpty ? [] : [(Text("certifications", "認定"), certifications)])
    }

    private var limits: [Row] {
        [(Text("longest request", "要求の最大長"), "\(info.maxMsgSize)")]
            + present(Text("credentials in a list", "リスト内の資格情報数の上限"), info.maxCredentialCountInList)
            + present(Text("longest credential ID", "資格情報 ID の最大長"), info.maxCredentialIdLength)
            + present(Text("room for discoverable credentials", "検出可能な資格情報の残り"), info.remainingDiscoverableCredentials)
            + present(Text("room for large blobs", "large blob の容量"), info.maxSerializedLargeBlobArray)
            + present(Text("longest credBlob", "credBlob の最大長"), info.maxCredBlobLength)
    }

    private var verification: [Row] {
        [
            (Text("PIN protocols", "PIN プロトコル"), list(info.pinUvAuthProtocols.map(String.init))),
            (Text("PIN length", "PIN の長さ"), "\(info.minPINLength)-\(info.maxPINLength)"),
            (Text("PIN must be changed", "PIN の変更が必要"), Text.yesOrNo(info.forcePINChange).localized),
        ] + present(Text("PIN policy", "PIN の規則"), info.pinComplexityPolicy.map { Text.yesOrNo($0).localized })
            + present(Text("PIN policy explained at", "PIN の規則の説明"), policyURL.map(TerminalText.escape))
            + present(Text("tries of built-in verification", "内蔵の本人確認の試行回数"), info.preferredPlatformUvAttempts)
            + present(Text("verifications since the last PIN", "最後の PIN 以降の本人確認回数"), info.uvCountSinceLastPinEntry)
            + present(Text("verifies by", "本人確認の方法"), info.uvModality.map(Self.modality))
    }

    private var maintenance: [Row] {
        [(Text("reset needs a long touch", "リセットに長押しが必要"), Text.yesOrNo(info.longTouchForReset).localized)]
            + present(Text("reset possible over", "リセットできる接続方式"), info.transportsForReset.map(list))
            + present(Text("RP IDs that learn the PIN length", "PIN 長を知れる RP ID の数"), info.maxRPIDsForSetMinPINLength)
            + present(Text("configuration commands", "設定コマンド"), info.authenticatorConfigCommands.map(Self.numbers))
            + present(
                Text("vendor's configuration commands", "製造元の設定コマンド"),
                info.vendorPrototypeConfigCommands.map(Self.numbers)
            )
            + present(Text("encrypted identifier", "暗号化された識別子"), info.encIdentifier?.hexadecimal)
            + present(Text("encrypted store state", "暗号化された保存状態"), info.encCredStoreState?.hexadecimal)
            + unrecognized.sorted { $0.key < $1.key }.map {
                (Text("unknown member \($0.key)", "不明な項目 \($0.key)"), $0.value)
            }
    }

    private var optionRows: [Row] {
        info.options.values.sorted { $0.key < $1.key }.map { identifier, value in
            let state = Text.yesOrNo(value).localized
            let meaning = Text.option(identifier, is: value).map { "  (" + $0.localized + ")" } ?? ""
            return (Text(verbatim: TerminalText.escape(identifier)), state + meaning)
        }
    }

    private var certifications: String {
        list(info.certifications.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })
    }

    private func present(_ label: Text, _ value: (some CustomStringConvertible)?) -> [Row] {
        value.map { [(label, $0.description)] } ?? []
    }

    private func list(_ items: [String]) -> String {
        items.isEmpty ? "-" : items.map(TerminalText.escape).joined(separator: ", ")
    }

    private static func numbers(_ numbers: [UInt64]) -> String {
        numbers.isEmpty ? "-" : numbers.map { "0x" + String($0, radix: 16) }.joined(separator: ", ")
    }

    /// The FIDO registry's USER_VERIFY bits by name (FIDO Registry of Predefined Values §3.1).
    private static func modality(_ bits: UInt64) -> String {
        let names: [(UInt64, String)] = [
            (0x001, "presence"), (0x002, "fingerprint"), (0x004, "passcode"), (0x008, "voiceprint"),
            (0x010, "faceprint"), (0x020, "location"), (0x040, "eyeprint"), (0x080, "pattern"),
            (0x100, "handprint"), (0x200, "none"), (0x400, "all"), (0x800, "external passcode"),
            (0x1000, "external pattern"),
        ]
        let set = names.filter { bits & $0.0 != 0 }.map(\.1)
        return "0x" + String(bits, radix: 16) + (set.isEmpty ? "" : " (" + set.joined(separator: ", ") + ")")
    }
}
