import Interaction

extension JapaneseHelp {
    /// Options and arguments.
    static let options = [
        Text("Show the version.", "バージョンを表示します。"),
        Text("Show help information.", "ヘルプを表示します。"),
        Text("Keep reporting keys that are plugged in and unplugged, until interrupted.", "中断するまで、キーの接続と取り外しを表示し続けます。"),
        Text("Print the result, or the failure, as one JSON document.", "結果または失敗を 1 つの JSON で出力します。"),
        Text(
            "A path, a serial number, virtual:FILE or virtual: (default: $FIDOCTL_DEVICE, else every plugged key takes part).",
            "パス、シリアル番号、virtual:FILE、virtual: のどれか (既定値: $FIDOCTL_DEVICE、なければ接続中のすべてのキー)。"
        ),
        Text(
            "virtual: is an embedded software key for trying things out; it protects nothing.",
            "virtual: は試用のための内蔵の仮想キーで、何も守りません。"
        ),
        Text("How long the whole operation may take (default: 60).", "操作全体の制限時間 (既定値: 60)。"),
        Text("Log every report to and from the key in this file, without secrets.", "キーとの通信を、秘密を除いてこのファイルに記録します。"),
        Text(
            "Write events to this open file descriptor, one JSON object a line.",
            "開いているこのファイル記述子に、イベントを 1 行 1 つの JSON で書き込みます。"
        ),
        Text("Read the PIN from this open file descriptor: one line.", "開いているこのファイル記述子から PIN を 1 行読み取ります。"),
        Text(
            "Read the PIN from this file, which only you may access: one line.",
            "自分だけが読み書きできるこのファイルから PIN を 1 行読み取ります。"
        ),
        Text(
            "Run this program to ask for the PIN; it takes the prompt as its argument.",
            "PIN を尋ねるのにこのプログラムを使います。質問の文を引数として渡します。"
        ),
        Text("Never prompt, neither at the terminal nor through SSH_ASKPASS.", "端末でも SSH_ASKPASS でも、入力を求めません。"),
        Text("Suppress notes, but not prompts, warnings and errors.", "注意を表示しません。案内、警告、エラーは表示します。"),
        Text(
            "The request as the site sends it: its options for navigator.credentials as JSON; - for standard input.",
            "サイトが送る要求そのもの (navigator.credentials に渡す JSON)。- は標準入力。"
        ),
        Text("The server's challenge in base64url (default: a random one).", "サーバーのチャレンジ (base64url、既定値: 乱数)。"),
        Text(
            "The requesting page's origin, such as https://login.example.com (default: https://RP-ID).",
            "要求元のページのオリジン。例: https://login.example.com (既定値: https://RP-ID)。"
        ),
        Text(
            "Raw CTAP: sign this SHA-256 hash in place of client data; RP-ID may then be any text.",
            "CTAP のみ: クライアントデータの代わりに、この SHA-256 ハッシュに署名させます。RP-ID は任意の文字列でかまいません。"
        ),
        Text("The page is in a frame, and a page around it is of another origin.", "ページがフレーム内にあり、外側のページのオリジンが異なります。"),
        Text("The same, and the outermost page is of this origin.", "同上で、最も外側のページのオリジンがこれです。"),
        Text(
            "For a page of another site than RP-ID: what https://RP-ID/.well-known/webauthn says; - for standard input.",
            "RP-ID とは別のサイトのページで使う、https://RP-ID/.well-known/webauthn の内容。- は標準入力。"
        ),
        Text("The relying party: a domain.", "RP ID (ドメイン名)。"),
        Text(
            "The relying party's name for people (default if the key may store it: the RP ID).",
            "人に見せるサイトの名前 (キーが保存しうる場合の既定値: RP ID)。"
        ),
        Text(
            "The account's name, such as alice@example.com (default: your login name).",
            "アカウントの名前。例: alice@example.com (既定値: ログイン名)。"
        ),
        Text("The account's ID, 1 to 64 bytes (default: random).", "アカウントの ID、1 から 64 バイト (既定値: 乱数)。"),
        Text(
            "The person's name (default if the key may store it: the account's name).",
            "表示名 (キーが保存しうる場合の既定値: アカウントの名前)。"
        ),
        Text(
            "A credential ID that the key must not hold, or several with commas; may be repeated.",
            "キーにあってはならない資格情報 ID。コンマ区切りか繰り返しで複数指定できます。"
        ),
        Text(
            "Whether to make a discoverable credential, a passkey (default: discouraged).",
            "検出可能な資格情報 (パスキー) を作るかどうか (既定値: discouraged)。"
        ),
        Text("The same as --resident-key required.", "--resident-key required と同じです。"),
        Text("Whether the key should verify its user (default: preferred).", "キーにユーザー確認を求めるかどうか (既定値: preferred)。"),
        Text(
            "Acceptable algorithms in order of preference (default: ES256 EdDSA ES384 ES512 RS256).",
            "使えるアルゴリズムを優先順に (既定値: ES256 EdDSA ES384 ES512 RS256)。"
        ),
        Text(
            "The attestation to request; none strips the key's statement (default: direct).",
            "求める構成証明。none ではキーの構成証明を取り除きます (既定値: direct)。"
        ),
        Text("Give the credential a secret for assert --prf.", "資格情報に assert --prf のための秘密を持たせます。"),
        Text("Give the credential a secret for assert --hmac-secret.", "資格情報に assert --hmac-secret のための秘密を持たせます。"),
        Text(
            "What finding the credential requires: 1 nothing, 2 user verification or its ID, 3 user verification.",
            "資格情報を見つける条件。1: なし、2: ユーザー確認か ID、3: ユーザー確認。"
        ),
        Text("Make room for a large blob; requires --discoverable.", "large blob を保存できるようにします。--discoverable が必要です。"),
        Text("Store these bytes, usually at most 32, with the credential.", "このデータ (通常は 32 バイトまで) を資格情報とともに保存します。"),
        Text(
            "Ask for the key's minimum PIN length, which it discloses to some relying parties.",
            "キーの PIN の最小長を求めます。キーは一部のサイトにだけ答えます。"
        ),
        Text("How to print the result.", "結果の出力形式。"),
        Text("The same as --format json.", "--format json と同じです。"),
        Text("The relying party: a domain (default: that of --credential).", "RP ID (ドメイン名、既定値: --credential のもの)。"),
        Text(
            "A credential ID that may log in, or several with commas; may be repeated (default: any discoverable credential).",
            "ログインに使える資格情報 ID。コンマ区切りか繰り返しで複数指定できます (既定値: 検出可能な資格情報すべて)。"
        ),
        Text(
            "The output of register --json: a credential that may log in, and verifies the login.",
            "register --json の出力。ログインに使える資格情報で、ログインの検証にも使います。"
        ),
        Text(
            "Print the credential's secrets for one or two salts of any length, as WebAuthn's prf.",
            "1 つか 2 つの任意の長さのソルトから、資格情報の秘密を出力します (WebAuthn の prf)。"
        ),
        Text(
            "Print the credential's secrets for one or two salts of 32 bytes, as CTAP's hmac-secret.",
            "1 つか 2 つの 32 バイトのソルトから、資格情報の秘密を出力します (CTAP の hmac-secret)。"
        ),
        Text("Read the bytes of register --cred-blob.", "register --cred-blob で保存したデータを読み出します。"),
        Text(
            "Which account to log in with, if the key has several: its name, or its ID in base64url.",
            "キーに複数のアカウントがあるとき、ログインに使うもの。名前か ID (base64url)。"
        ),
        Text(
            "Without this a terminal shows a list to choose from; elsewhere the newest account is used.",
            "指定がなければ、端末では一覧から選び、端末以外では最新のアカウントを使います。"
        ),
        Text(
            "Only report which of the plugged-in keys holds one of the credentials, without a touch or a PIN.",
            "資格情報を持つキーがどれかを表示するだけです。タッチも PIN も不要です。"
        ),
        Text("Credentials that require user verification are not found.", "ユーザー確認が必要な資格情報は見つかりません。"),
        Text(
            "The output of register --json or assert --json; - for standard input.",
            "register --json か assert --json の出力。- は標準入力。"
        ),
        Text(
            "For a login: the output of register --json for its credential.",
            "ログインの検証: 使われた資格情報の register --json の出力。"
        ),
        Text(
            "For a login: the credential's public key as a server stores it, in COSE, DER or PEM.",
            "ログインの検証: サーバーが保存している資格情報の公開鍵 (COSE、DER、PEM)。"
        ),
        Text(
            "COSE and DER may be bytes, hexadecimal or base64url; - is standard input.",
            "COSE と DER はバイト列、16 進数、base64url のどれでもかまいません。- は標準入力。"
        ),
        Text(
            "The algorithm of --public-key in DER or PEM (default: the usual one of the key).",
            "DER や PEM の --public-key のアルゴリズム (既定値: 鍵の通常のもの)。"
        ),
        Text("With --public-key: the stored signature counter.", "--public-key と併用: 保存している署名カウンター。"),
        Text("With --public-key: the credential's ID.", "--public-key と併用: 資格情報の ID。"),
        Text(
            "The options that were sent: the JSON of a registration's or a login's; - is standard input.",
            "送った要求 (登録またはログインの JSON)。- は標準入力。"
        ),
        Text("The relying party (default: the one that matches the origin).", "RP ID (既定値: オリジンに合うもの)。"),
        Text(
            "For a login: the AppID (extension appid) for which a U2F credential may have signed in place of the RP ID.",
            "ログインの検証: U2F の資格情報が RP ID の代わりに署名した可能性のある AppID (拡張 appid)。"
        ),
        Text("The challenge that was issued.", "発行したチャレンジ。"),
        Text(
            "An origin from which the response may come: a page's, android:apk-key-hash:… or a browser extension's; may be repeated.",
            "応答の送信元として許すオリジン。ページ、android:apk-key-hash:…、ブラウザー拡張機能のどれか。繰り返して指定できます。"
        ),
        Text("The response may come from a frame inside another site's page.", "別のサイトのページ内のフレームからの応答を許します。"),
        Text(
            "The origin of that page, if the response comes from a frame; may be repeated.",
            "フレームからの応答の場合の、そのページのオリジン。繰り返して指定できます。"
        ),
        Text("Raw CTAP: the client data hash of the request.", "CTAP のみ: 要求のクライアントデータのハッシュ。"),
        Text("With required, the key must have verified its user.", "required の場合、キーがユーザー確認をしている必要があります。"),
        Text(
            "The attestation statement must be one that fidoctl can verify; for a login, that of its credential.",
            "fidoctl が検証できる構成証明を必須にします。ログインでは資格情報のもの。"
        ),
        Text(
            "Trusted root certificates in PEM, one of which the attestation certificate must lead to. May be repeated.",
            "信頼するルート証明書 (PEM)。構成証明の証明書がそのどれかにつながる必要があります。繰り返して指定できます。"
        ),
        Text(
            "The FIDO Metadata Service's BLOB: the model of key must be in it, and not be compromised.",
            "FIDO メタデータサービスの BLOB。キーの機種が載っていて、侵害されていない必要があります。"
        ),
        Text(
            "The root certificate of the BLOB's signature, in PEM (default: GlobalSign Root CA - R3).",
            "BLOB の署名のルート証明書 (PEM、既定値: GlobalSign Root CA - R3)。"
        ),
        Text(
            "When the certificates must be valid, such as 2026-07-30T12:00:00Z (default: now).",
            "証明書が有効でなければならない日時。例: 2026-07-30T12:00:00Z (既定値: 現在)。"
        ),
        Text(
            "List every plugged-in key, and mark the accounts that only one of them has.",
            "接続中のすべてのキーを一覧表示し、1 つのキーにしかないアカウントに印を付けます。"
        ),
        Text(
            "Remember this key: next time it is recognized, and listed without its PIN.",
            "このキーを記憶します。次からは PIN なしで認識され、一覧表示されます。"
        ),
        Text("Until `fidoctl forget`, or a change of the PIN.", "`fidoctl forget` を実行するか、PIN を変更するまで有効です。"),
        Text("Your own name for the key that is remembered, such as `blue key`.", "記憶するキーに付ける自分用の名前。例: `青いキー`。"),
        Text(
            "The credential's ID in base64url, or its beginning, as `credentials list` shows it.",
            "資格情報の ID (base64url) かその先頭部分。`credentials list` で表示されます。"
        ),
        Text("The credential's relying party.", "資格情報の RP ID。"),
        Text("The credential's account: its name, or its ID in base64url.", "資格情報のアカウント。名前か ID (base64url)。"),
        Text("Do not ask for confirmation.", "確認を求めません。"),
        Text("The account's new name; empty to remove it.", "アカウントの新しい名前。空にすると削除されます。"),
        Text("The person's new name; empty to remove it.", "新しい表示名。空にすると削除されます。"),
        Text("The fingerprint's name, such as \"right thumb\".", "指紋の名前。例: \"右の親指\"。"),
        Text("The fingerprint's name, or the first digits of its ID.", "指紋の名前か、ID の先頭部分。"),
        Text("The new name.", "新しい名前。"),
        Text("Write the blob to this new file, readable only by you.", "自分だけが読める新しいファイルに blob を書き込みます。"),
        Text("The file to store, or - for standard input.", "保存するファイル。- は標準入力。"),
        Text("on or off.", "on か off。"),
        Text("In characters, 4 to 63.", "文字数、4 から 63。"),
        Text(
            "A relying party that may read the minimum length at registration; may be repeated. Replaces the previous list.",
            "登録のときに最小長を読み取れるサイトの RP ID。繰り返して指定でき、以前の一覧を置き換えます。"
        ),
        Text(
            "UnknownCredentialOptions as JSON: rpId, credentialId; - for standard input.",
            "UnknownCredentialOptions の JSON (rpId、credentialId)。- は標準入力。"
        ),
        Text(
            "AllAcceptedCredentialsOptions as JSON: rpId, userId, allAcceptedCredentialIds; - for standard input.",
            "AllAcceptedCredentialsOptions の JSON (rpId、userId、allAcceptedCredentialIds)。- は標準入力。"
        ),
        Text(
            "CurrentUserDetailsOptions as JSON: rpId, userId, name, displayName; - for standard input.",
            "CurrentUserDetailsOptions の JSON (rpId、userId、name、displayName)。- は標準入力。"
        ),
        Text("Bytes in each message, up to 7609.", "1 回のメッセージのバイト数。最大 7609。"),
        Text("Number of messages.", "メッセージの数。"),
        Text(
            "Create a HID device of this kernel, a real /dev/hidrawN (needs access to /dev/uhid).",
            "このカーネルに HID デバイス (本物の /dev/hidrawN) を作ります。/dev/uhid を使える必要があります。"
        ),
        Text(
            "Listen on a SEQPACKET socket that acts as a hidraw node, for test harnesses.",
            "テストのために、hidraw のように振る舞う SEQPACKET ソケットで待ち受けます。"
        ),
        Text(
            "Each message to it is one report with the report number 0 in front, 65 bytes, as one writes it to a hidraw node; each message from it is one report of 64 bytes. The socket has mode 0600.",
            "受け取るメッセージは、hidraw に書き込むときと同じく先頭にレポート番号 0 を付けた 65 バイトのレポートで、送るメッセージは 64 バイトのレポートです。ソケットのモードは 0600 です。"
        ),
        Text(
            "Serve as the HID function of a bound USB gadget (/dev/hidgN).",
            "有効な USB ガジェットの HID 機能 (/dev/hidgN) として動きます。"
        ),
        Text("Keep the key's state in this file; without it, in memory.", "キーの状態をこのファイルに保存します。指定がなければメモリーに置きます。"),
        Text(
            "What the user does: auto, never, after:SECONDS, or ask (here, on standard input).",
            "ユーザーの動作: auto、never、after:SECONDS、ask (標準入力で尋ねる) のどれか。"
        ),
        Text(
            "Wait, fail and misbehave as this file describes (docs/scenarios.md).",
            "このファイルのとおりに待ち、失敗し、誤動作します (docs/scenarios.md)。"
        ),
        Text(
            "Lines on standard input, here and with --touch ask: touch, wrong-finger, decline, go, unplug.",
            "ここと --touch ask で標準入力から受け付ける行: touch、wrong-finger、decline、go、unplug。"
        ),
        Text("Stop when the program that started this one ends, however it ends.", "起動元のプログラムが終了したら、終わり方によらず停止します。"),
        Text(
            "Log every packet and event on standard error, without their contents.",
            "すべてのパケットとイベントを、内容を除いて標準エラー出力に記録します。"
        ),
        Text("The serial number under --uhid; by default derived from the state.", "--uhid でのシリアル番号。既定では状態から決まります。"),
        Text("The product name under --uhid.", "--uhid での製品名。"),
        Text("Also check whether a key has a credential for this site.", "このサイトの資格情報がキーにあるかどうかも調べます。"),
        Text(
            "With --rp-id: a credential that may log in there, in base64url; may be repeated.",
            "--rp-id とともに: そのサイトにログインできる資格情報の ID (base64url)。繰り返し指定できます。"
        ),
        Text(
            "Print the commands that solve what was found, instead of the report; runs none of them.",
            "報告の代わりに、見つかった問題を解決するコマンドを表示します。実行はしません。"
        ),
        Text(
            "How messages follow one another: one a line, as in browsers' native messaging, or as google-auth has them.",
            "メッセージの区切り方。1 行に 1 つ、ブラウザーの native messaging、google-auth の形式のどれか。"
        ),
        Text("Refuse requests from any other origin; may be repeated.", "ほかのオリジンからの要求を拒否します。繰り返し指定できます。"),
    ]
}
