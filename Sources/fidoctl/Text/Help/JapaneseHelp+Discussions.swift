import Interaction

extension JapaneseHelp {
    /// What the help of a command says beyond its first line, and its table of exit statuses.
    static let discussions = [
        Text(
            "Results go to standard output; prompts, notes and errors go to standard error.",
            "結果は標準出力に、案内、注意、エラーは標準エラー出力に表示します。"
        ),
        Text("Exit status, and the error's code under --json:", "終了ステータスと、--json でのエラーコード:"),
        Text("done", "正常終了"),
        Text("a defect of fidoctl", "fidoctl の不具合"),
        Text("no key here holds a matching credential, fingerprint or blob", "該当する資格情報、指紋、blob がどのキーにもない"),
        Text("a PIN is needed and cannot be asked for", "PIN が必要だが、入力を求められない"),
        Text("the PIN was wrong", "PIN が違う"),
        Text("replug, or reset, before the PIN works again", "挿し直すかリセットするまで PIN を使えない"),
        Text("built-in user verification failed or is blocked", "内蔵のユーザー確認に失敗したか、ロックされている"),
        Text("the key or its user declined", "キーが拒否したか、ユーザーが取りやめた"),
        Text("this key is already registered", "このキーは登録済み"),
        Text("the key, or fidoctl, cannot do what was asked", "キーまたは fidoctl が対応していない"),
        Text("no room on the key", "キーに空きがない"),
        Text("the PIN breaks the key's policy, or must be changed", "PIN がキーの規則に反するか、変更が必要"),
        Text("a check of a response failed, or a required one could not be made", "応答の検証に失敗したか、必要な検証ができない"),
        Text("wrong arguments", "引数の誤り"),
        Text("malformed input file or JSON", "入力ファイルまたは JSON の誤り"),
        Text("no key was plugged in, or it was unplugged", "キーが接続されていないか、取り外された"),
        Text("reading or writing the key or a file failed", "キーまたはファイルの読み書きに失敗"),
        Text("the time ran out", "時間切れ"),
        Text("the key broke the protocol", "キーがプロトコルに違反"),
        Text("no permission to open a key", "キーを開く権限がない"),
        Text("SIGINT; after SIGTERM the status is 143", "SIGINT (SIGTERM では 143)"),
        Text(
            "Keys that you have no permission to open are listed too, with the reason and a remedy.",
            "開く権限のないキーも、理由と対処とともに表示します。"
        ),
        Text(
            "With --json this prints a RegistrationResponseJSON, which a WebAuthn server takes as it is, and which `fidoctl assert --credential` and `fidoctl verify` read.",
            "--json を付けると RegistrationResponseJSON を出力します。WebAuthn サーバーにそのまま渡せるほか、`fidoctl assert --credential` と `fidoctl verify` で読み込めます。"
        ),
        Text(
            "With --credential the response is verified too, and exit status 0 means that the login is valid. With --json this prints an AuthenticationResponseJSON, which a WebAuthn server takes as it is.",
            "--credential を付けると応答の検証も行い、終了ステータス 0 は有効なログインを表します。--json を付けると、WebAuthn サーバーにそのまま渡せる AuthenticationResponseJSON を出力します。"
        ),
        Text(
            "Exit status 0 means that every check passed that WebAuthn or you require. The file does not contain the request: without --options (or --challenge) and --origin nothing is compared with it, and a replay of an old response goes unnoticed.",
            "終了ステータス 0 は、WebAuthn の規定と指定されたオプションによる検証にすべて合格したことを表します。ファイルに要求は含まれません。--options (または --challenge) と --origin がなければ要求との照合は行われず、古い応答の再利用に気付けません。"
        ),
        Text(
            "--pin-fd and --pin-file give the new PIN. A forgotten PIN cannot be recovered.",
            "--pin-fd と --pin-file には新しい PIN を指定します。忘れた PIN は復元できません。"
        ),
        Text(
            "--pin-fd and --pin-file give the current PIN and the new one, one a line.",
            "--pin-fd と --pin-file には、現在の PIN と新しい PIN を 1 行ずつ指定します。"
        ),
        Text(
            "Credentials that are not discoverable are stored by their sites, so no key can list them.",
            "検出可能でない資格情報はサイト側に保存されるため、キーの一覧には出ません。"
        ),
        Text(
            "Shows the credential and asks for confirmation, then checks that the key no longer lists it.",
            "資格情報を表示して確認を求め、削除後にキーから消えたことを確かめます。"
        ),
        Text("This does not change the account on the site.", "サイトのアカウントは変わりません。"),
        Text("Needs no PIN if the key has no fingerprints.", "指紋が登録されていなければ PIN は不要です。"),
        Text(
            "The sensor scans your finger several times; the prompt shows how often, and what was wrong with a scan. Ctrl-C cancels the enrolment on the key, which then keeps nothing of it.",
            "センサーは指を何度か読み取ります。回数と、うまく読み取れなかった理由を表示します。Ctrl-C を押すとキーの側でも登録がキャンセルされ、何も残りません。"
        ),
        Text("Shows the fingerprint and asks for confirmation.", "指紋を表示して確認を求めます。"),
        Text("Needs no PIN if the key has no blobs.", "blob がなければ PIN は不要です。"),
        Text("Asks for confirmation before it replaces a blob.", "既存の blob を置き換える前に確認を求めます。"),
        Text("Shows the blob's credential and size, and asks for confirmation.", "blob の資格情報とサイズを表示して確認を求めます。"),
        Text(
            "Shows them and asks for confirmation. Blobs in an unknown format stay.",
            "対象を表示して確認を求めます。不明な形式の blob は残します。"
        ),
        Text("Only resetting the key can undo this. Asks for confirmation.", "元に戻すにはキーのリセットが必要です。確認を求めます。"),
        Text("Only resetting the key can lower it again. Asks for confirmation.", "短くするにはキーのリセットが必要です。確認を求めます。"),
        Text(
            "A signal is the JSON that a site passes to WebAuthn's signal methods.",
            "通知とは、サイトが WebAuthn の signal メソッドに渡す JSON です。"
        ),
        Text("Shows the credential and asks for confirmation.", "資格情報を表示して確認を求めます。"),
        Text(
            "Shows the credentials and asks for confirmation. Those of other accounts and sites stay.",
            "資格情報を表示して確認を求めます。ほかのアカウントやサイトのものは残します。"
        ),
        Text("Shows the credentials and asks for confirmation.", "資格情報を表示して確認を求めます。"),
        Text("No key is needed, and none is changed.", "キーは不要で、どのキーも変更しません。"),
        Text(
            "Lists what will be lost and asks for confirmation. You must then unplug the key, plug it in again and touch it within ten seconds. A software key (virtual:) is reset at once. With --pin-fd, --pin-file or --askpass, the list has the credentials too.",
            "失われるものを表示して確認を求めます。その後、キーを抜いて挿し直し、10 秒以内にタッチする必要があります。仮想キー (virtual:) はすぐにリセットされます。--pin-fd、--pin-file、--askpass のどれかがあれば、資格情報も表示します。"
        ),
        Text(
            "For applications, browser extensions and libraries. The messages are described in docs/serve.md. An application that uses this may ask for any origin unless --origin is given. When standard input ends, a running request is cancelled.",
            "アプリケーション、ブラウザーの拡張機能、ライブラリのためのものです。メッセージは docs/serve.md にあります。--origin がなければ、どのオリジンの要求も受け付けます。標準入力が終わると、処理中の要求はキャンセルされます。"
        ),
        Text(
            "google is what GOOGLE_AUTH_WEBAUTHN_PLUGIN runs, by a link to fidoctl named fidoctl-google-auth.",
            "google は GOOGLE_AUTH_WEBAUTHN_PLUGIN から、fidoctl-google-auth という名前のリンクで実行されます。"
        ),
        Text(
            "It is not secure: its private keys are unencrypted in memory and in the state file, and anyone who can read them, or open the device, can log in as you.",
            "安全ではありません。秘密鍵はメモリーと状態ファイルに暗号化されずに置かれ、それを読める人やデバイスを開ける人は、あなたとしてログインできます。"
        ),
        Text(
            "The first line is the most probable reason and what to do. Needs no touch and no PIN, and changes nothing. Exit status 0 means that a key can be used.",
            "最初の行が、最も可能性の高い理由と対処です。タッチも PIN も不要で、何も変更しません。終了ステータス 0 は、使えるキーがあることを表します。"
        ),
        Text("Examples:", "例:"),
    ]
}
