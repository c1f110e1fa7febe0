/// `fidoctl config`. Names of keys come in escaped.
extension Text {
    static let on = Text("on", "有効")
    static let off = Text("off", "無効")
    static let notOffered = Text("not on this key", "このキーにはありません")
    static let offerUnknown = Text(" (the key does not say whether it can be changed)", " (変更できるかはキーから分かりません)")

    static let onlyResetUndoes = Text("only a reset of the key undoes this", "元に戻すにはキーのリセットが必要です")
    static let typeYesToChange = Text("Type yes to change it:", "変更するには yes と入力してください:")

    static func settingNotOffered(_ setting: String, _ key: String) -> Text {
        Text("\(key) does not offer the setting \(setting)", "\(key, "は")設定 \(setting, "に")対応していません")
    }
    static let settingsHint = Text(
        "`fidoctl config show` lists the key's settings",
        "`fidoctl config show` でキーの設定を確認できます"
    )
    static let settingInDoubt = Text(
        "the key may have done it already; `fidoctl config show` shows",
        "変更が済んでいる可能性があります。`fidoctl config show` で確認してください"
    )

    static func alreadySo(_ key: String) -> Text {
        Text("\(key) is set so already; nothing was changed.", "\(key, "は")すでにその設定です。何も変更していません。")
    }

    static func willChange(_ key: String, device: String) -> Text {
        Text("this changes a setting of \(key) (\(device)):", "\(key) (\(device)) の設定を変更します:")
    }
}

// MARK: - What a setting will be, and what it means

extension Text {
    static let enterpriseAttestationMeans = Text(
        "  enterprise attestation on: sites that your organization or the key's maker has listed can learn, at registration, "
            + "exactly which key this is",
        "  エンタープライズ構成証明を有効にします。組織やキーの製造元が許可したサイトは、登録のときに個々のキーを特定できるようになります"
    )
    static let alwaysUvOnMeans = Text(
        "always-uv on: every registration and login needs the PIN or built-in verification, also where a site does not ask for it; "
            + "logins by U2F stop working on most keys, and some keys do not let it be turned off again",
        "always-uv を有効にします。サイトが求めなくても、登録とログインに必ず PIN か内蔵の本人確認が必要になります。"
            + "多くのキーでは U2F が使えなくなり、無効に戻せないキーもあります"
    )
    static let alwaysUvOffMeans = Text(
        "always-uv off: a touch is enough where a site does not ask for more",
        "always-uv を無効にします。サイトが求めなければ、タッチだけでログインできるようになります"
    )

    static func minPINLengthMeans(_ length: Int, present: Int) -> Text {
        Text(
            "  min-pin-length \(length) instead of \(present): a shorter PIN must be changed before the key is used again",
            "  PIN の最小長を \(present) 文字から \(length) 文字にします。それより短い PIN は、次に使う前に変更が必要になります"
        )
    }

    static func minPINLengthSitesMean(_ sites: [String]) -> Text {
        let list = sites.joined(separator: ", ")
        return Text(
            "  these sites, and no others, may read the minimum length: \(list)",
            "  PIN の最小長を読み取れるサイトを次のものだけにします: \(list)"
        )
    }

    static let pinComplexityMeans = Text(
        "  pin-complexity on: the key refuses simple PINs by its maker's rules; a PIN that breaks them may have to be changed",
        "  PIN の複雑さの規則を有効にします。単純な PIN は拒否され、今の PIN の変更が必要になることもあります"
    )
    static let forcePINChangeMeans = Text(
        "force-pin-change: the key accepts its PIN for nothing until it is changed; have a new one ready (`fidoctl pin change`)",
        "次に使う前に PIN の変更が必要になります。変更するまで今の PIN は使えません (`fidoctl pin change`)"
    )
    static let longTouchResetMeans = Text(
        "  long-touch-reset on: a reset of the key takes a long touch, so that nobody resets it by accident",
        "  リセットに長押しが必要な設定にします。誤ってリセットすることを防げます"
    )

    static func minPINLengthOnlyRises(_ key: String, present: Int) -> Text {
        Text(
            "the minimum PIN length of \(key) is \(present), and can only be raised",
            "\(key) の PIN の最小長は \(present) 文字で、これより短くはできません"
        )
    }

    static func minPINLengthTooHigh(_ key: String, maximum: Int) -> Text {
        Text("\(key) has no PIN of more than \(maximum) bytes", "\(key) の PIN は最大 \(maximum) バイトです")
    }

    static func tooManyRPIDs(_ key: String, maximum: Int) -> Text {
        Text("\(key) lets at most \(maximum) sites read it", "\(key, "で")指定できるサイトは最大 \(maximum) 個です")
    }

    static func settingDone(_ setting: String, _ value: String, _ key: String) -> Text {
        Text("\(key): \(setting) is now \(value).", "\(key): \(setting) を \(value) にしました。")
    }
}
