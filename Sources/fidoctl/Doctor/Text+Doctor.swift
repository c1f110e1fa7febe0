import Interaction

/// What `doctor` says of the system. Names from outside are escaped.
extension Text {
    static let systemHeading = Text("System", "システム")

    static func verdict(_ verdict: Finding.Verdict) -> Text {
        switch verdict {
        case .ok: Text("ok", "正常")
        case .warning: Text("warning", "注意")
        case .problem: Text("PROBLEM", "問題")
        case .notApplicable: Text("-", "-")
        case .unknown: Text("unknown", "不明")
        }
    }

    static func label(_ check: Finding.Check) -> Text {
        switch check {
        case .keys: Text("keys", "キー")
        case .kernel: Text("kernel", "カーネル")
        case .wsl: Text(verbatim: "WSL")
        case .container: Text("container", "コンテナ")
        case .sandbox: Text("sandbox", "サンドボックス")
        case .session: Text("session", "セッション")
        case .user: Text("user", "ユーザー")
        case .udevd: Text(verbatim: "udevd")
        case .rules: Text("udev rules", "udev の規則")
        case .portal: Text("portal", "ポータル")
        case .clock: Text("clock", "時計")
        case .node: Text("device node", "デバイスノード")
        case .access: Text("permission", "権限")
        case .power: Text("power saving", "省電力")
        case .holders: Text("other programs", "ほかのプログラム")
        case .lock: Text("lock", "ロック")
        case .answer: Text("response", "応答")
        case .information: Text(verbatim: "getInfo")
        case .firmware: Text("firmware", "ファームウェア")
        case .pin: Text(verbatim: "PIN")
        case .builtInVerification: Text("built-in verification", "内蔵の本人確認")
        case .credential: Text("credential", "資格情報")
        }
    }

    static func problemSummary(_ evidence: Text, _ step: Text?) -> Text {
        let todo = step.map { Text(". To do: ", "。対処: ") + $0 } ?? Text(verbatim: "")
        return Text("Problem: ", "問題: ") + evidence + todo
    }

    static func usableSummary(_ key: String, _ path: String) -> Text {
        Text("No problem found: \(key) (\(path)) can be used", "問題は見つかりませんでした。\(key) (\(path)) を使えます")
    }

    static func usableSummary(_ key: String, _ path: String, but evidence: Text, _ step: Text) -> Text {
        Text("\(key) (\(path)) can be used, but ", "\(key) (\(path)) は使えますが、次の点に注意してください: ")
            + evidence + Text(". To do: ", "。対処: ") + step
    }

    // MARK: Whether there are keys

    static func keysFound(_ count: Int) -> Text {
        Text(count == 1 ? "1 key is plugged in" : "\(count) keys are plugged in", "\(count) 個のキーが接続されています")
    }

    static let noKeyStep = Text(
        "plug a key in, directly rather than through a hub or a cable that only charges; `fidoctl list --watch` shows when it is seen",
        "キーを接続してください。ハブや充電専用ケーブルは避けてください。認識されたかどうかは `fidoctl list --watch` で分かります"
    )

    static let noKeyRemoteStep = Text(
        "you are logged in with ssh: a key must be plugged into this machine, not into the one in front of you",
        "ssh でログインしています。キーは手元のパソコンではなく、このマシンに接続する必要があります"
    )

    static func noFIDOInterface(_ device: String) -> Text {
        Text("\(device) is plugged in, but offers no FIDO interface", "\(device, "は")接続されていますが、FIDO のインターフェースがありません")
    }

    static func noInterfaceStep(_ maker: String) -> Text {
        maker == "Yubico"
            ? Text(
                "turn FIDO on with Yubico's program: ykman config usb --enable FIDO2 --enable U2F",
                "Yubico のプログラムで FIDO を有効にしてください: ykman config usb --enable FIDO2 --enable U2F"
            )
            : Text("turn FIDO on with the maker's program", "メーカーのプログラムで FIDO を有効にしてください")
    }

    // MARK: The kernel and what stands before it

    static func kernelHasHidraw(_ release: String) -> Text {
        Text("kernel \(release) supports hidraw", "カーネル \(release, "は") hidraw に対応しています")
    }

    static func noHidraw(_ release: String) -> Text {
        Text(
            "kernel \(release) has no hidraw support (CONFIG_HIDRAW), without which no key can be reached",
            "カーネル \(release, "は") hidraw (CONFIG_HIDRAW) に対応していないため、キーを使えません"
        )
    }

    static func hidrawNotLoaded(_ release: String) -> Text {
        Text(
            "kernel \(release) supports hidraw, but its HID driver is not loaded",
            "カーネル \(release, "は") hidraw に対応していますが、HID ドライバーが読み込まれていません"
        )
    }

    static let loadHidraw = Text("load the modules hid and usbhid", "モジュール hid と usbhid を読み込んでください")
    static let otherKernel = Text(
        "use your distribution's own kernel, or one built with CONFIG_HIDRAW=y",
        "ディストリビューション標準のカーネルか、CONFIG_HIDRAW=y のカーネルを使ってください"
    )
    static let noSys = Text("/sys is not mounted here", "/sys がマウントされていません")

    static let inWSL = Text("this is Windows Subsystem for Linux", "Windows Subsystem for Linux で動作しています")
    static let notInWSL = Text("not Windows Subsystem for Linux", "Windows Subsystem for Linux ではありません")
    static let noKeyInWSL = Text(
        "Windows Subsystem for Linux sees no USB devices of its own, and no key is passed in",
        "Windows Subsystem for Linux からは USB デバイスが見えず、キーも渡されていません"
    )
    static let wslStep = Text(
        "in Windows, install usbipd-win, then `usbipd bind` and `usbipd attach --wsl` with the key's bus ID; its kernel also needs CONFIG_HIDRAW",
        "Windows に usbipd-win を入れ、キーのバス ID で `usbipd bind` と `usbipd attach --wsl` を実行してください。カーネルには CONFIG_HIDRAW も必要です"
    )

    static func inContainer(_ manager: String) -> Text {
        Text("this is a container (\(manager))", "コンテナ (\(manager)) の中です")
    }
    static let notInContainer = Text("not a container", "コンテナの中ではありません")
    static func containerDenies(_ manager: String, _ key: String, path: String) -> Text {
        Text(
            "the container (\(manager)) may not use \(path), the node of \(key)",
            "コンテナ (\(manager)) から \(key, "の")ノード \(path, "を")使えません"
        )
    }
    static func containerStep(_ path: String) -> Text {
        Text(
            "start the container with --device \(path), as a user who may open it outside",
            "外でも開けるユーザーで、--device \(path) を付けてコンテナを起動してください"
        )
    }

    static func inSnap(_ name: String) -> Text { Text("inside the snap \(name)", "snap \(name, "の")中です") }
    static func inFlatpak(_ name: String, hasDevices: Bool) -> Text {
        Text(
            "inside the Flatpak app \(name), \(hasDevices ? "with" : "without") access to devices",
            "Flatpak アプリ \(name, "の")中で、デバイスへのアクセスは\(hasDevices ? "許可されています" : "許可されていません")"
        )
    }
    static let notInSandbox = Text("neither a snap nor a Flatpak app", "snap や Flatpak の中ではありません")
    static func noKeyInSnap(_ name: String) -> Text {
        Text("the snap \(name) sees no key", "snap \(name, "からは")キーが見えません")
    }
    static func snapDenies(_ name: String, _ key: String) -> Text {
        Text("the snap \(name) may not use \(key)", "snap \(name, "は") \(key, "を")使うことを許可されていません")
    }
    static func snapStep(_ name: String) -> Text {
        Text(
            "connect the snap's interface for security keys, u2f-devices, and restart \(name)",
            "snap のセキュリティキー用インターフェース u2f-devices を接続し、\(name, "を")再起動してください"
        )
    }
    static func flatpakDenies(_ name: String, _ key: String) -> Text {
        Text("the Flatpak app \(name) may not use \(key)", "Flatpak アプリ \(name, "は") \(key, "を")使うことを許可されていません")
    }
    static func flatpakStep(_ name: String) -> Text {
        Text(
            "give the app access to devices (--device=all), and restart \(name)",
            "アプリにデバイスへのアクセス (--device=all) を許可し、\(name, "を")再起動してください"
        )
    }

    // MARK: The person, udevd and the rest

    static func atSeat(_ seat: String, hasSystemdRules: Bool) -> Text {
        Text("you are the active user at \(seat)", "\(seat, "の")アクティブなユーザーです")
            + (hasSystemdRules
                ? Text(
                    "; systemd gives you access by itself, without fidoctl's rule",
                    "。systemd がキーを開く権限を与えるので、fidoctl の規則は不要です"
                )
                : Text(verbatim: ""))
    }
    static func remoteSession(_ address: String) -> Text {
        Text(
            "you are logged in with ssh from \(address), not at the seat",
            "\(address, "から") ssh でログインしていて、マシンの前にはいません"
        )
    }
    static func behindAnother(_ seat: String) -> Text {
        Text(
            "another user is in front at \(seat), and has your access to keys",
            "\(seat, "では")別のユーザーがアクティブで、キーを開く権限もそちらにあります"
        )
    }
    static let notAtSeat = Text(
        "you are not the active user at a seat, so only a group can give you access",
        "シートのアクティブなユーザーではないため、権限を得られるのはグループからだけです"
    )
    static let noSeats = Text(
        "neither systemd-logind nor elogind runs, so only a group can give you access",
        "systemd-logind も elogind も動いていないため、権限を得られるのはグループからだけです"
    )

    static func youAre(_ user: String, groups: [String]) -> Text {
        let names = groups.joined(separator: " ")
        return Text("you are \(user), in the groups: \(names)", "ユーザー \(user)、グループ: \(names)")
    }

    static let udevdRuns = Text("udevd is running", "udevd が動いています")
    static let noUdevd = Text("udevd is not running here, so no rule takes effect", "udevd が動いていないため、規則は効きません")

    static func systemdRules(_ files: [String]) -> Text {
        let names = files.joined(separator: " ")
        return Text(
            "systemd recognizes keys and gives them to the person at the seat: \(names)",
            "systemd がキーを認識し、シートにいる人に権限を与えます: \(names)"
        )
    }
    static func rulesThere(_ files: [String]) -> Text {
        let names = files.joined(separator: " ")
        return Text("rules for keys: \(names)", "キーの規則: \(names)")
    }
    static let noRules = Text(
        "no udev rule here recognizes security keys and lets users open them",
        "セキュリティキーを認識してユーザーに開放する udev の規則がありません"
    )
    static func ruleIsLate(_ file: String) -> Text {
        Text(
            "\(file) comes after 73-seat-late.rules, too late for the person at the seat",
            "\(file, "は") 73-seat-late.rules より後に読まれるため、シートにいる人に権限を与えられません"
        )
    }
    static let renameRuleStep = Text(
        "rename it so that it lies between 60-fido-id.rules and 73-seat-late.rules, such as 70-fido.rules",
        "60-fido-id.rules と 73-seat-late.rules の間に来る名前 (70-fido.rules など) に変えてください"
    )

    static let noPortal = Text("credentialsd is not installed", "credentialsd はインストールされていません")
    static func portalThere(_ file: String, hasBus: Bool) -> Text {
        Text(
            "credentialsd is installed (\(file)), \(hasBus ? "and there is a" : "but there is no") session bus; it uses keys for the programs that ask it",
            "credentialsd がインストールされていて (\(file))、セッションバスは\(hasBus ? "あります" : "ありません")。頼まれたプログラムの代わりにキーを使います"
        )
    }

    static func clockIsPlausible(isSynchronized: Bool) -> Text {
        isSynchronized
            ? Text("the clock is synchronized", "時計は同期されています")
            : Text("the clock is plausible", "時計に不審な点はありません")
    }
    static let clockIsSlow = Text(
        "the clock is behind, so certificates and the FIDO Metadata Service's file are judged at the wrong time",
        "時計が遅れているため、証明書や FIDO Metadata Service のファイルを誤った時刻で判定します"
    )
    static let setClock = Text("set the clock", "時計を合わせてください")
}
