import CTAP2
import Interaction
import WebAuthn

/// The results of attestation statements.
extension Text {
    /// For the row `attestation` of a result.
    static func attestation(_ type: AttestationType, fmt: String, isTrusted: Bool = false) -> Text {
        let format = TerminalText.escape(fmt)
        return switch type {
        case .none: Text("none", "なし")
        case .selfAttestation: Text("\(format), signed by the credential itself", "\(format) (資格情報自身による署名)")
        case .certified where isTrusted:
            Text("\(format), signed with a trusted certificate", "\(format) (信頼できる証明書つき署名)")
        case .certified(let x5c):
            Text(
                "\(format), signed with a certificate (chain of \(x5c.count), its root not checked)",
                "\(format) (証明書つき署名、\(x5c.count) 枚、ルートは未確認)"
            )
        case .compound(let parts):
            Text("\(format) of ", "\(format): ")
                + Text(verbatim: parts.map { TerminalText.escape($0.fmt) }.joined(separator: ", "))
        case .unverified(.invalid(let error)):
            Text("\(format), not valid: ", "\(format) (無効): ") + error.explanation
        case .unverified(.retiredFormat):
            Text("\(format), which nobody can verify any longer", "\(format) (もう検証できない形式)")
        case .unverified(.algorithm), .unverified(.format):
            Text("\(format), which fidoctl cannot verify", "\(format) (fidoctl では検証できません)")
        }
    }

    /// A note to a good verdict; `nil` unless the statement's format is unknown or retired.
    static func notAttested(_ type: AttestationType?) -> Text? {
        let reason: Text? =
            switch type {
            case .unverified(.format(let format)): unknownFormat(format)
            case .unverified(.retiredFormat(let format)): retiredFormat(format)
            default: nil
            }
        return reason.map { Text("not attested: ", "構成証明は確認していません: ") + $0 }
    }

    static func unknownFormat(_ format: String) -> Text {
        let format = TerminalText.escape(format)
        return Text(
            "fidoctl does not know the attestation format \(format)",
            "fidoctl は構成証明の形式 \(format) に対応していません"
        )
    }

    static func retiredFormat(_ format: String) -> Text {
        let format = TerminalText.escape(format)
        return Text(
            "the attestation format \(format) is retired: the service that it relied on was shut down",
            "構成証明の形式 \(format) は、依存していたサービスの終了により廃止されました"
        )
    }

    /// A note about an invalid statement of a new credential, which the client passes on all the same.
    static func attestationNote(_ registration: Registration) -> Text? {
        guard case .unverified(.invalid(let error)) = registration.attestationType else { return nil }
        let format = TerminalText.escape(registration.attestation.fmt)
        return Text(
            "the attestation statement of this key (\(format)) is not valid, and a server may reject it: ",
            "このキーの構成証明 (\(format)) は無効で、サーバーに拒否される可能性があります: "
        ) + error.explanation
    }

    static let attestationHint = Text(
        "the credential may be good, but nothing proves which model of key made it",
        "資格情報自体は有効かもしれませんが、どの機種のキーが作ったかは証明されていません"
    )
}
