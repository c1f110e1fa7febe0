import CTAP2
import Interaction
import WebAuthn

/// Why a registration or a login failed. Names of keys are escaped.
extension Text {
    static let virtualKey = Text("the virtual key", "仮想キー")

    static func virtualKeyState(_ detail: String) -> Text {
        Text("the virtual key's state cannot be used: \(detail)", "仮想キーの状態を使えません: \(detail)")
    }

    static let virtualKeyStateHint = Text(
        "the file is unchanged; name another one after virtual:, which is created if it does not exist",
        "ファイルには手を加えていません。virtual: の後に別のファイル名を指定してください (なければ作られます)"
    )

    static func cannotServe(_ detail: String) -> Text {
        Text("the virtual key cannot be served: \(detail)", "仮想キーを提供できません: \(detail)")
    }

    static func relyingPartyID(_ error: RelyingPartyIDError) -> Text {
        switch error {
        case .notADomain(let text):
            let id = TerminalText.escape(text)
            return Text("the RP ID \"\(id)\" is not a domain", "RP ID \"\(id)\" はドメイン名ではありません")
        case .publicSuffix(let id):
            let id = id.description
            return Text(
                "the RP ID \(id) is a public suffix: the domains below it have different owners",
                "RP ID \(id, "は")パブリックサフィックスで、その下のドメインの所有者はそれぞれ異なります"
            )
        case .notOfOrigin(let id, let origin):
            let origin = origin.description
            return Text(
                "the origin \(origin) may not use the RP ID \(id)",
                "オリジン \(origin, "は") RP ID \(id) を使えません"
            )
        }
    }

    static let relyingPartyIDHint = Text(
        "an RP ID is the origin's host or a parent domain of it, in lower case; write internationalized names in their xn-- form",
        "RP ID にはオリジンのホスト名かその親ドメインを小文字で、国際化ドメイン名は xn-- 形式で指定してください"
    )
    static let relatedOriginsHint = Text(
        "the file of --related-origins has to list the origin among the first five names",
        "--related-origins のファイルでは、最初の 5 つの名前までにこのオリジンが含まれている必要があります"
    )

    static let platformAuthenticator = Text(
        "the site asks for an authenticator that is built into this device; fidoctl uses security keys",
        "サイトはこのデバイスに内蔵された認証器を求めていますが、fidoctl が使うのはセキュリティキーです"
    )
    static let platformAuthenticatorHint = Text(
        "start again on the site, and choose a security key there",
        "サイトでやり直し、セキュリティキーを選んでください"
    )

    static let noStatementForFormat = Text(
        "--format fido2-tools needs an attestation statement, and none is requested",
        "--format fido2-tools には構成証明が必要ですが、要求されていません"
    )

    static func noDiscoverableCredentials(_ key: String) -> Text {
        Text("\(key) cannot store discoverable credentials (passkeys)", "\(key, "は")検出可能な資格情報 (パスキー) を保存できません")
    }

    static let notDiscoverableHint = Text(
        "use another key, or, unless the site requires one, --resident-key preferred",
        "別のキーを使うか、サイトの必須条件でなければ --resident-key preferred を指定してください"
    )

    static let notVerifiedHint = Text(
        "do not trust this response; it was changed or answers another request",
        "この応答を信用しないでください。改変されたか、この要求への応答ではありません"
    )
}

extension OriginError {
    /// What is wrong with an origin on the command line.
    var explanation: Text {
        switch self {
        case .noScheme: Text("an origin begins with https://", "オリジンは https:// で始めてください")
        case .unsupportedScheme(let scheme):
            Text(
                "WebAuthn does not support \(scheme) origins; use https",
                "WebAuthn は \(scheme) のオリジンに対応していません。https を使ってください"
            )
        case .insecure(let host):
            Text(
                "http is for localhost only, not for \(host.text); use https",
                "http を使えるのは localhost だけです。\(host.text) では https を使ってください"
            )
        case .badHost(let host):
            Text(
                "\"\(host)\" is not a domain (internationalized names in their xn-- form)",
                "\"\(host)\" はドメイン名ではありません (国際化ドメイン名は xn-- 形式で指定します)"
            )
        case .address(let host):
            Text(
                "\"\(host)\" is an IP address, from which WebAuthn cannot be used; use a domain",
                "\"\(host)\" は IP アドレスで、WebAuthn では使えません。ドメイン名を使ってください"
            )
        case .badPort(let port): Text("\"\(port)\" is not a port number", "\"\(port)\" はポート番号ではありません")
        case .moreThanOrigin:
            Text(
                "an origin ends after the host and the port, without a path or a slash",
                "オリジンはホストとポートまでです。パスやスラッシュは付けないでください"
            )
        }
    }
}
