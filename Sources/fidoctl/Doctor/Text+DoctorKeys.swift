import Interaction

/// What `doctor` says of a key. Names from outside are escaped.
extension Text {
    // MARK: The node

    static func nodeMissing(_ path: String) -> Text {
        Text("\(path) does not exist here", "\(path, "が")ありません")
    }

    static func nodeIs(_ path: String, owner: String, mode: String, users: [String], udev: UdevEntry) -> Text {
        let users = users.joined(separator: " ")
        let list = users.isEmpty ? Text(verbatim: "") : Text("; also open to \(users)", "、\(users) にも開放")
        let state: Text =
            if !udev.exists {
                Text("; unknown to udevd", "、udevd の記録なし")
            } else if udev.isForSeat {
                Text("; udevd gives it to the person at the seat", "、udevd はシートにいる人に権限を与えます")
            } else if udev.isRecognized {
                Text("; udevd recognizes it as a security key", "、udevd はセキュリティキーとして認識しています")
            } else {
                Text("; no rule applies to it", "、適用された規則なし")
            }
        return Text("\(path) belongs to \(owner) and has mode \(mode)", "\(path, "の")所有者は \(owner)、モードは \(mode)") + list
            + state
    }

    static func mayOpen(_ how: Text) -> Text {
        Text("you may open it: ", "開くことができます: ") + how
    }
    static let openAsRoot = Text("as root", "root のため")
    static let openBySeat = Text("you were given access as the person at the seat", "シートにいる人として権限を与えられています")
    static func openByGroup(_ group: String) -> Text {
        Text("you are in the group \(group)", "グループ \(group, "の")メンバーです")
    }
    static let openAsListed = Text("its permissions allow it", "モードで許可されています")

    static func noRule(_ key: String, path: String) -> Text {
        Text("no udev rule lets you open \(key) (\(path))", "\(key) (\(path)) を開けるようにする udev の規則がありません")
    }
    static let noRuleStep = Text(
        "install fidoctl's rule udev/70-fido.rules; `fidoctl doctor --fix` prints the commands",
        "fidoctl の規則 udev/70-fido.rules をインストールしてください。コマンドは `fidoctl doctor --fix` で表示されます"
    )

    static func ruleNotInEffect(_ key: String, path: String, rule: String) -> Text {
        Text(
            "a udev rule (\(rule)) is installed, but not in effect for \(key) (\(path))",
            "udev の規則 (\(rule)) はありますが、\(key) (\(path)) に効いていません"
        )
    }
    static let replugStep = Text(
        "unplug the key and plug it in again, or reload the rules: `fidoctl doctor --fix` prints the commands",
        "キーを挿し直すか、規則を読み込み直してください。コマンドは `fidoctl doctor --fix` で表示されます"
    )

    static func noUdevdFor(_ key: String, path: String) -> Text {
        Text(
            "udevd is not running, so nobody was given access to \(key) (\(path))",
            "udevd が動いていないため、\(key) (\(path)) を開く権限が誰にも与えられていません"
        )
    }
    static let startUdevd = Text(
        "start udevd, or give the node to a group yourself",
        "udevd を起動するか、ノードのグループを自分で設定してください"
    )

    static func onlyForSeat(_ key: String, path: String, session: LoginSession) -> Text {
        let why: Text =
            if let address = session.remoteAddress {
                Text("you are logged in with ssh from \(address)", "あなたは \(address, "から") ssh でログインしています")
            } else if let seat = session.waitingSeat {
                Text("another user is in front at \(seat)", "\(seat, "では")別のユーザーがアクティブです")
            } else {
                Text("you are not at the seat", "あなたはシートにいません")
            }
        return Text("\(key) (\(path)) is for the person at the seat, and ", "\(key) (\(path)) はシートにいる人のもので、") + why
    }

    static func joinGroupStep(_ group: String) -> Text {
        Text("join the group \(group), then log in again", "グループ \(group, "の")メンバーになり、ログインし直してください")
    }
    static let groupRuleStep = Text(
        "install fidoctl's rule, which gives keys to the group plugdev, join the group and log in again; `fidoctl doctor --fix` prints the commands",
        "キーをグループ plugdev に開放する fidoctl の規則をインストールし、メンバーになってログインし直してください。コマンドは `fidoctl doctor --fix` で表示されます"
    )
    static func groupNotInEffect(_ user: String, _ group: String) -> Text {
        Text(
            "\(user) is a member of the group \(group), but this session is from before",
            "\(user, "は")グループ \(group, "の")メンバーですが、このセッションはその前に始まっています"
        )
    }
    static let logInAgain = Text("log out and in again", "ログアウトして、ログインし直してください")

    static func deniedAnyway(_ key: String, path: String) -> Text {
        Text(
            "the permissions of \(path) let you open \(key), but something else does not: AppArmor, SELinux or a sandbox",
            "\(path, "の")モードでは \(key, "を")開けるはずですが、AppArmor、SELinux またはサンドボックスが拒否しています"
        )
    }
    static let securityModuleStep = Text(
        "look for the denial in `journalctl -k` or the audit log",
        "`journalctl -k` または監査ログで拒否の記録を確認してください"
    )

    static func notOpenElsewhere(seesAll: Bool) -> Text {
        Text("no other program has it open", "ほかのプログラムは開いていません")
            + (seesAll ? Text(verbatim: "") : Text(", as far as you may see", " (見える範囲)"))
    }
    static func openElsewhere(_ programs: [String]) -> Text {
        let names = programs.joined(separator: ", ")
        return Text(
            "\(names) also has it open; while that waits, a touch goes there",
            "\(names) も開いています。そちらが待っている間、タッチはそちらに送られます"
        )
    }
    static func lockedBy(_ program: String) -> Text {
        Text("\(program) holds its lock", "\(program, "が")ロックを保持しています")
    }
    static let notLocked = Text("no program holds its lock", "ロックを保持しているプログラムはありません")

    static let noPowerSaving = Text("not a USB port with a setting for power saving", "省電力の設定がある USB ポートではありません")
    static let powerSavingIsOff = Text("USB power saving is off", "USB の省電力は無効です")
    static let powerSavingIsOn = Text("the kernel may put its USB port to sleep", "カーネルが USB ポートを休止させることがあります")
    static let powerStep = Text("turn power saving off for the port, and try again", "ポートの省電力を無効にして、もう一度試してください")

    // MARK: The answers

    static let notAsked = Text("not asked, since it may not be opened", "開けないため、問い合わせていません")
    static func answers(_ versions: [String]) -> Text {
        let names = versions.joined(separator: " ")
        return Text("INIT and getInfo work: \(names)", "INIT と getInfo に応答しました: \(names)")
    }
    static func usedBy(_ program: String, _ key: String) -> Text {
        program == "?"
            ? inUseByAnother(key)
            : Text(
                "\(program) is using \(key); a touch would go there",
                "\(program, "が") \(key, "を")使用中で、タッチはそちらに送られます"
            )
    }
    static let silentStep = Text(
        "unplug the key, plug it in again, if possible into another port, and try again",
        "キーを抜き、できれば別のポートに挿し直して、もう一度試してください"
    )
    static let brokenAnswerStep = Text(
        "unplug the key and plug it in again; if that changes nothing, update its firmware or report it with --trace",
        "キーを挿し直してください。変わらなければ、ファームウェアを更新するか、--trace を付けて報告してください"
    )
    static func onlyU2F(_ key: String) -> Text {
        Text(
            "\(key) is a U2F key, not FIDO2: a second factor without PIN or passkeys",
            "\(key, "は") FIDO2 ではなく U2F のキーで、PIN やパスキーのない二要素目としてだけ使えます"
        )
    }
    static let u2fStep = Text("for passkeys, use a FIDO2 key", "パスキーには FIDO2 のキーを使ってください")

    static let informationIsSane = Text("its information is as the specification says", "情報は仕様どおりです")
    static func oddInformation(_ key: String) -> Text {
        Text("\(key) is not as the specification says: ", "\(key, "に")仕様と異なる点があります: ")
    }
    static let oddInformationStep = Text(
        "fidoctl copes with it; if another program does not, update the key's firmware",
        "fidoctl では使えます。ほかのプログラムで使えない場合は、キーのファームウェアを更新してください"
    )
    static func notCanonical(_ detail: Text) -> Text {
        Text(
            "getInfo is not canonical CBOR (\(detail.english))",
            "getInfo が正規形の CBOR ではありません (\(detail.japanese))"
        )
    }
    static func oddValue(_ member: String, _ value: Int, allowed: ClosedRange<Int>) -> Text {
        let limits =
            allowed.upperBound == .max
            ? "\(allowed.lowerBound)…"
            : allowed.count == 1 ? "\(allowed.lowerBound)" : "\(allowed.lowerBound)…\(allowed.upperBound)"
        return Text("\(member) is \(value), not \(limits)", "\(member) が \(value) です (正しくは \(limits))")
    }
    static func oddMember(_ member: UInt64) -> Text {
        let number = "0x" + String(member, radix: 16)
        return Text("member \(number) has another type", "メンバー \(number) の型が違います")
    }
    static func noPINProtocol(_ numbers: [Int]) -> Text {
        let list = numbers.map(String.init).joined(separator: " ")
        return Text("its PIN protocols (\(list)) are unknown", "PIN プロトコル (\(list)) が未知のものです")
    }
    static let noPresence = Text("it says that it cannot notice a touch", "タッチを検出できないと述べています")
    static let undefinedVersion = Text("it claims FIDO_2_2, which was never defined", "定義されたことのない FIDO_2_2 を名乗っています")

    static let noQuirk = Text("no defect of this model is known to fidoctl", "この機種の既知の不具合はありません")
    static func quirk(_ key: String, _ quirk: Text, source: String) -> Text {
        Text("\(key) has a known defect: ", "\(key, "には")既知の不具合があります: ") + quirk + Text(" (\(source))", " (\(source))")
    }
    static let slowTouchFails = Text(
        "it sends no KEEPALIVE, and fails if it is touched after more than two or three seconds",
        "KEEPALIVE を送らず、2、3 秒より遅いタッチでは失敗します"
    )
    static let infoIsNotCanonical = Text(
        "its getInfo response is not canonical CBOR, so some browsers use it as a U2F key only",
        "getInfo の応答が正規形の CBOR ではなく、U2F キーとしてしか使わないブラウザーがあります"
    )
    static let busyAfterCancel = Text(
        "after a cancel it may be busy for a moment",
        "キャンセルの直後は、しばらく応じないことがあります"
    )
    static let updateFirmware = Text("update the key's firmware", "キーのファームウェアを更新してください")

    static let hasNoPIN = Text("the key has no PIN", "PIN のないキーです")
    static func noPINSet(_ key: String) -> Text {
        Text(
            "no PIN is set on \(key), and sites that require one will refuse it",
            "\(key, "に") PIN が設定されていないため、PIN を求めるサイトでは使えません"
        )
    }
    static let setPIN = Text("set one with `fidoctl pin set`", "`fidoctl pin set` で設定してください")
    static func pinIsBlocked(_ key: String) -> Text {
        Text(
            "the PIN of \(key) is blocked for good, after too many wrong PINs",
            "\(key, "の") PIN は、誤りが多すぎたため完全にロックされています"
        )
    }
    static let resetStep = Text(
        "reset the key with `fidoctl reset`, which erases every credential on it",
        "`fidoctl reset` でリセットするしかありません。キーの資格情報はすべて消えます"
    )
    static func pinWaitsForReplug(_ key: String) -> Text {
        Text(
            "\(key) accepts no PIN until it is plugged in again, after several wrong ones",
            "\(key, "は")続けて PIN を誤ったため、挿し直すまで PIN を受け付けません"
        )
    }
    static func pinIsSet(retries: Int?) -> Text {
        Text("a PIN is set", "PIN が設定されています")
            + (retries.map { Text("; \($0) tries left", "。残りの試行回数: \($0)") } ?? Text(verbatim: ""))
    }
    static let noBuiltIn = Text("the key has no fingerprint reader or the like", "指紋センサーなどのないキーです")
    static func builtInIsBlocked(_ key: String) -> Text {
        Text("built-in verification of \(key) is blocked", "\(key, "の")内蔵の本人確認はロックされています")
    }
    static let enterPINOnce = Text(
        "enter the PIN once, for instance with `fidoctl credentials list`",
        "`fidoctl credentials list` などで PIN を一度入力してください"
    )

    static func hasCredential(_ key: String, _ site: String) -> Text {
        Text("\(key) has a credential for \(site)", "\(key, "に") \(site, "の")資格情報があります")
    }
    static func showsNoCredential(_ key: String, _ site: String) -> Text {
        Text("\(key) shows no credential for \(site)", "\(key, "に") \(site, "の")資格情報が見当たりません")
    }
    static let noCredentialStep = Text(
        "try another key, or register this one at the site; `fidoctl credentials list` also shows those that need a PIN, and --credential finds those that are not passkeys",
        "別のキーを試すか、このキーをサイトに登録してください。PIN が必要なものは `fidoctl credentials list`、パスキーでないものは --credential で確認できます"
    )
    static let otherKeyStep = Text(
        "try another key, or register this one at the site",
        "別のキーを試すか、このキーをサイトに登録してください"
    )
}
