import ArgumentParser
import Interaction

extension ValidationError {
    /// In this process's language.
    init(_ text: Text) {
        self.init(text.localized)
    }
}

/// What is wrong with the arguments. Options and their values come from the command line.
extension Text {
    static func contradict(_ option: String, _ other: String) -> Text {
        Text("\(option) and \(other) contradict each other.", "\(option) と \(other) は同時に指定できません")
    }

    static func takesThePlace(_ option: String, of other: String) -> Text {
        Text("\(option) takes the place of \(other).", "\(option) を指定した場合、\(other) は指定できません")
    }

    static func belongs(_ option: String, to other: String) -> Text {
        Text("\(option) belongs to \(other).", "\(option) は \(other) と併用するオプションです")
    }

    /// One of these options is missing; at least two.
    static func give(_ options: String...) -> Text {
        Text(
            "Give \(options.dropLast().joined(separator: ", ")) or \(options.last ?? "").",
            "\(options.joined(separator: "、")) のどれかを指定してください"
        )
    }

    /// The argument parser's message, escaped.
    static func parser(_ message: String) -> Text {
        Text(message, JapaneseHelp.message(message))
    }

    static func noSuchCommand(_ name: String) -> Text {
        Text("There is no command '\(name)'.", "'\(name)' というコマンドはありません")
    }

    static let clientDataHashAlone = Text(
        "--client-data-hash takes the place of --challenge, --origin and the options of pages.",
        "--client-data-hash を指定した場合、--challenge、--origin などページについてのオプションは指定できません"
    )
    static let attestedAtAlone = Text(
        "--attested-at belongs to --roots and --mds.",
        "--attested-at は --roots または --mds と併用するオプションです"
    )
    static let oneStandardInput = Text("Only one file can be standard input.", "標準入力にできるファイルは 1 つだけです")
    static let relatedOriginsInput = Text(
        "--options and --related-origins cannot both be standard input.",
        "--options と --related-origins の両方を標準入力にはできません"
    )
    static let relatedOriginsWithOrigin = Text(
        "--related-origins is used with --origin.",
        "--related-origins は --origin とともに指定してください"
    )
    static let challengeEmpty = Text("--challenge is empty.", "--challenge が空です")
    static let userIDLength = Text("--user-id has 1 to 64 bytes.", "--user-id は 1 から 64 バイトです")
    static let largeBlobDiscoverable = Text(
        "--large-blob requires --discoverable.",
        "--large-blob には --discoverable が必要です"
    )
    static let idTooShort = Text("--id takes at least one character.", "--id には 1 文字以上を指定してください")
    static let giveNames = Text(
        "Give --name, --display-name or both.",
        "--name と --display-name の一方または両方を指定してください"
    )
    static let fingerprintNeeded = Text("Give the fingerprint's name or its ID.", "指紋の名前か ID を指定してください")
    static let nameEmpty = Text("the name must not be empty", "名前を空にはできません")
    static let attestationNeedsCredential = Text(
        "--require-attestation needs the credential's registration: use --credential.",
        "--require-attestation には資格情報の登録の応答が必要です。--credential で指定してください"
    )
    static let trustNeedsCredential = Text(
        "--roots and --mds need the credential's registration: use --credential.",
        "--roots と --mds には資格情報の登録の応答が必要です。--credential で指定してください"
    )
    static let silentWithoutAssertion = Text(
        "--silent makes no assertion to print in the format of fido2-tools.",
        "--silent ではアサーションが作られないため、fido2-tools の形式では出力できません"
    )
    static let secretsAsText = Text(
        "--prf and --hmac-secret print secrets, as text or JSON.",
        "--prf と --hmac-secret の秘密は、テキストか JSON で出力してください"
    )
    static let keyNameAlone = Text(
        "--key-name needs --remember, and names one key: not with --all-keys.",
        "--key-name は 1 つのキーの名前です。--remember とともに、--all-keys なしで指定してください"
    )
    static let servePlace = Text(
        "Say where: one of --uhid, --socket and --hidg.",
        "--uhid、--socket、--hidg のどれかを指定してください"
    )
}

// MARK: - Values

extension Text {
    static let twoSalts = Text("There are at most two salts.", "ソルトは 2 つまでです")
    static let saltLength = Text("--hmac-secret takes salts of 32 bytes.", "--hmac-secret のソルトは 32 バイトです")
    static let pinLengthRange = Text("The minimum length of a PIN is 4 to 63 characters.", "PIN の最小長は 4 から 63 文字です")
    static let pingSize = Text("--size takes 0 to 65535.", "--size は 0 から 65535 です")
    static let pingCount = Text("--count takes 1 to 100000.", "--count は 1 から 100000 です")
    static let credentialNeedsRpId = Text("--credential needs --rp-id.", "--credential には --rp-id が必要です")
    static let fixWithJSON = Text(
        "--fix cannot be combined with --json, which contains the commands.",
        "--fix は --json と同時に使えません (--json の出力にもコマンドが含まれます)"
    )
    static let timeoutRange = Text(
        "--timeout takes a number of seconds above 0, at most 86400.",
        "--timeout は 0 より大きく 86400 以下の秒数です"
    )
    static let dateForm = Text(
        "a date is written as 2026-07-30 (from midnight in UTC) or 2026-07-30T12:00:00Z",
        "日付は 2026-07-30 (UTC の午前 0 時) または 2026-07-30T12:00:00Z のように書きます"
    )

    static func hashLength(_ count: Int) -> Text {
        Text(
            "a client data hash has 32 bytes, this has \(count)",
            "クライアントデータのハッシュは 32 バイトですが、\(count) バイトです"
        )
    }

    static func algorithms(_ names: [String]) -> Text {
        let list = names.joined(separator: ", ")
        return Text("the algorithms are \(list)", "使えるアルゴリズム: \(list)")
    }

    static func pinFromTerminal(_ descriptor: Int32) -> Text {
        Text(
            "--pin-fd \(descriptor) is a terminal: leave the option out to type the PIN.",
            "--pin-fd \(descriptor) は端末です。PIN を入力するには、このオプションを外してください"
        )
    }

    static func descriptorNumber(_ option: String) -> Text {
        Text("\(option) takes the number of a file descriptor.", "\(option) にはファイル記述子の番号を指定してください")
    }

    static func descriptorClosed(_ option: String, _ descriptor: Int32, isForReading: Bool) -> Text {
        Text(
            "\(option) \(descriptor): no file is open there for \(isForReading ? "reading" : "writing").",
            "\(option) \(descriptor): \(isForReading ? "読み取り" : "書き込み")用に開かれたファイルがありません"
        )
    }
}
