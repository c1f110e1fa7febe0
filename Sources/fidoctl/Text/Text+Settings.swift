import Interaction

/// `fidoctl config`. Names of keys are escaped.
extension Text {
    static let on = Text("on", "有効")
    static let off = Text("off", "無効")
    static let notOffered = Text("not supported by this key", "このキーは非対応")
    static let offerUnknown = Text(" (the key does not report whether it can be changed)", " (変更できるかはキーから分かりません)")

    static let fixed = Text(" (cannot be changed on this key)", " (このキーでは変更できません)")

    static func characters(_ count: some CustomStringConvertible) -> Text {
        Text("\(count) characters", "\(count) 文字")
    }

    static func readable(by sites: some CustomStringConvertible) -> Text {
        Text("; up to \(sites) sites may read it", "。最大 \(sites) サイトに開示可能")
    }

    static let onlyResetUndoes = Text("only resetting the key can undo this", "元に戻すにはキーのリセットが必要です")
    static let typeYesToChange = Text("Type yes to change it:", "変更するには yes と入力してください:")

    static func settingNotOffered(_ setting: String, _ key: String) -> Text {
        Text("\(key) does not support the setting \(setting)", "\(key, "は")設定 \(setting, "に")対応していません")
    }
    static let settingsHint = Text(
        "`fidoctl config show` lists the key's settings",
        "`fidoctl config show` でキーの設定を確認できます"
    )
    static let settingInDoubt = Text(
        "`fidoctl config show` shows whether the change was made",
        "変更されたかどうかは `fidoctl config show` で確認できます"
    )

    static func alreadySo(_ key: String) -> Text {
        Text("\(key) already has this setting; nothing was changed.", "\(key, "は")すでにその設定です。何も変更していません。")
    }

    static func willChange(_ key: String, device: String) -> Text {
        Text("this changes a setting of \(key) (\(device)):", "\(key) (\(device)) の設定を変更します:")
    }
}

// MARK: - What a setting means

extension Text {
    static let enterpriseAttestationMeans = Text(
        "  enterprise attestation on: sites listed by your organization or the key's manufacturer can identify this "
            + "individual key at registration",
        "  エンタープライズ構成証明を有効にします。組織やキーの製造元が許可したサイトは、登録のときに個々のキーを特定できるようになります"
    )
    static let alwaysUvOnMeans = Text(
        "always-uv on: every registration and login requires the PIN or built-in verification, even if the site does not; "
            + "U2F stops working on most keys, and some keys cannot turn this off again",
        "always-uv を有効にします。サイトが求めなくても、登録とログインに必ず PIN か内蔵のユーザー確認が必要になります。"
            + "多くのキーでは U2F が使えなくなり、無効に戻せないキーもあります"
    )
    static let alwaysUvOffMeans = Text(
        "always-uv off: a touch is enough unless the site requires more",
        "always-uv を無効にします。サイトが求めなければ、タッチだけでログインできるようになります"
    )

    static func minPINLengthMeans(_ length: Int, present: Int) -> Text {
        Text(
            "  min-pin-length \(length) instead of \(present): a shorter PIN must be changed before it can be used again",
            "  PIN の最小長を \(present) 文字から \(length) 文字にします。それより短い PIN は、次に使う前に変更が必要になります"
        )
    }

    static func minPINLengthSitesMean(_ sites: [String]) -> Text {
        let list = sites.joined(separator: ", ")
        return Text(
            "  only these sites may read the minimum length: \(list)",
            "  PIN の最小長を読み取れるサイトを次のものだけにします: \(list)"
        )
    }

    static let pinComplexityMeans = Text(
        "  pin-complexity on: the key rejects simple PINs by its manufacturer's rules; the current PIN may have to be changed",
        "  PIN の複雑さの規則を有効にします。単純な PIN は拒否され、今の PIN の変更が必要になることもあります"
    )
    static let forcePINChangeMeans = Text(
        "force-pin-change: the PIN must be changed before it can be used again (`fidoctl pin change`)",
        "次に使う前に PIN の変更が必要になります。変更するまで今の PIN は使えません (`fidoctl pin change`)"
    )
    static let longTouchResetMeans = Text(
        "  long-touch-reset on: resetting the key requires a long touch, which prevents accidental resets",
        "  リセットに長押しが必要な設定にします。誤ってリセットすることを防げます"
    )

    static func minPINLengthOnlyRises(_ key: String, present: Int) -> Text {
        Text(
            "the minimum PIN length of \(key) is \(present) and can only be raised",
            "\(key) の PIN の最小長は \(present) 文字で、これより短くはできません"
        )
    }

    static func minPINLengthTooHigh(_ key: String, maximum: Int) -> Text {
        Text("\(key) allows PINs of at most \(maximum) bytes", "\(key) の PIN は最大 \(maximum) バイトです")
    }

    static func tooManyRPIDs(_ key: String, maximum: Int) -> Text {
        Text(
            "\(key) allows at most \(maximum) sites to read the minimum PIN length",
            "\(key, "で") PIN の最小長を読み取れるサイトは最大 \(maximum) 個です"
        )
    }

    static func settingDone(_ setting: String, _ value: String, _ key: String) -> Text {
        Text("\(key): \(setting) is now \(value).", "\(key): \(setting) を \(value) にしました。")
    }
}
