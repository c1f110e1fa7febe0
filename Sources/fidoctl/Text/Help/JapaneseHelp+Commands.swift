import Interaction

extension JapaneseHelp {
    /// Commands in one line each.
    static let commands = [
        Text("Log in with security keys: a CTAP2 client over USB HID.", "セキュリティキーでログインします (USB HID の CTAP2 クライアント)。"),
        Text("Find out why a key does not work.", "キーを使えない理由を調べます。"),
        Text("List the plugged keys, without opening them.", "接続中のキーを一覧表示します。キーは開きません。"),
        Text("Show a key's model, features and limits (getInfo).", "キーの機種、機能、上限を表示します (getInfo)。"),
        Text("Make a credential.", "資格情報を登録します。"),
        Text("Log in: get an assertion.", "ログインします (アサーションを取得)。"),
        Text("Verify the output of register or assert offline.", "register や assert の出力をオフラインで検証します。"),
        Text("Show, set or change a key's PIN.", "キーの PIN を確認、設定、変更します。"),
        Text("Show whether a key has a PIN, and how many tries are left.", "PIN の有無と残りの試行回数を表示します。"),
        Text("Set the first PIN of a key.", "キーに最初の PIN を設定します。"),
        Text("Change a key's PIN.", "キーの PIN を変更します。"),
        Text("List, delete or rename the credentials (passkeys) on a key.", "キー内の資格情報 (パスキー) を一覧表示、削除、名前変更します。"),
        Text(
            "List the discoverable credentials (passkeys) on a key, of all sites.",
            "キー内の検出可能な資格情報 (パスキー) を、すべてのサイトについて一覧表示します。"
        ),
        Text("Delete a discoverable credential (passkey) from a key.", "検出可能な資格情報 (パスキー) をキーから削除します。"),
        Text(
            "Change the account names that a key stores with a credential (passkey).",
            "資格情報 (パスキー) とともにキーに保存されたアカウント名を変更します。"
        ),
        Text("List, enrol, rename or delete a key's fingerprints.", "キーの指紋を一覧表示、登録、名前変更、削除します。"),
        Text("Show a key's fingerprint sensor and its enrolled fingerprints.", "キーの指紋センサーと登録済みの指紋を表示します。"),
        Text("Enrol a fingerprint.", "指紋を登録します。"),
        Text("Rename a fingerprint.", "指紋の名前を変更します。"),
        Text("Delete a fingerprint.", "指紋を削除します。"),
        Text(
            "List, read, write or delete the large blobs that a key stores for its credentials.",
            "資格情報ごとにキーに保存された large blob を一覧表示、読み書き、削除します。"
        ),
        Text(
            "List a key's blobs with their credentials and sizes, and the space left.",
            "キーの blob を、資格情報とサイズ、空き容量とともに一覧表示します。"
        ),
        Text("Print a credential's blob as it is, or write it to a file.", "資格情報の blob をそのまま出力するか、ファイルに書き込みます。"),
        Text("Store a file's contents for a credential.", "ファイルの内容を資格情報の blob として保存します。"),
        Text("Delete a credential's blob; the credential stays.", "資格情報の blob を削除します。資格情報は残ります。"),
        Text("Remove the blobs of deleted credentials (orphans).", "削除済みの資格情報の blob (孤立した blob) を取り除きます。"),
        Text("Show or change a key's settings.", "キーの設定を表示、変更します。"),
        Text(
            "Show a key's settings, and which of them can be changed. Needs no PIN.",
            "キーの設定と、変更できるかどうかを表示します。PIN は不要です。"
        ),
        Text("Let listed sites identify this individual key at registration.", "許可されたサイトが、登録のときにこのキーを個別に特定できるようにします。"),
        Text("Require user verification for every operation, or stop requiring it.", "すべての操作でユーザー確認を必須にするか、必須を解除します。"),
        Text("Raise the minimum length of the PIN.", "PIN の最小長を長くします。"),
        Text("Reject simple PINs, by the manufacturer's rules.", "製造元の規則に従い、単純な PIN を拒否します。"),
        Text("Require a new PIN before the key accepts it again.", "次に使う前に PIN の変更を必須にします。"),
        Text("Require a long touch to reset the key.", "リセットに長押しを必須にします。"),
        Text("Apply a site's signal about its credentials to a key.", "資格情報についてのサイトからの通知をキーに反映します。"),
        Text("Delete a credential that its site does not know.", "サイトが知らない資格情報を削除します。"),
        Text(
            "Delete the credentials of an account that its site no longer accepts.",
            "サイトが受け付けなくなった、アカウントの資格情報を削除します。"
        ),
        Text("Change the names of an account to those that its site has now.", "アカウントの名前を、サイトの現在の名前に合わせます。"),
        Text("Forget every key that was remembered.", "記憶したキーの情報をすべて消します。"),
        Text("Erase a key: every credential, its PIN and its settings.", "キーの資格情報、PIN、設定をすべて消去します。"),
        Text("Wait until a key is touched, and print which key it is.", "キーへのタッチを待ち、どのキーかを表示します。"),
        Text("Make a key identify itself, usually by blinking.", "キーを点滅などで知らせます。"),
        Text("Measure the round-trip time of messages to a key; needs no touch.", "キーとの通信の往復時間を測ります。タッチは不要です。"),
        Text("The software-emulated key, for tests; it is not secure.", "ソフトウェアで模擬したテスト用の仮想キー。安全ではありません。"),
        Text(
            "Register and log in for an application, by messages on standard input and output.",
            "標準入出力のメッセージで、アプリケーションのために登録とログインをします。"
        ),
        Text("Run a software security key for other programs until stopped.", "ほかのプログラムのために、停止するまで仮想キーを動かします。"),
    ]
}
