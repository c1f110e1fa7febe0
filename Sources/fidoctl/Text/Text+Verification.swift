import CTAP2
import Interaction
import WebAuthn

extension Text {
    /// Which check failed.
    static func notVerified(_ error: VerificationError) -> Text {
        switch error {
        case .clientDataJSON(let error):
            unreadable("response.clientDataJSON", error.explanation)
        case .attestationObject(let error):
            unreadable("response.attestationObject", error.explanation)
        case .authenticatorData(let error):
            unreadable("response.authenticatorData", error.explanation)
        case .contradiction(let member):
            Text("\(member) does not match what was signed", "\(member) が署名された内容と食い違っています")
        case .ceremony(let expected, let found):
            differs(Text("the client data's type", "クライアントデータの種類"), expected.rawValue, found.rawValue)
        case .challenge:
            Text("the challenge is not the one that was issued", "チャレンジが一致しません")
        case .origin(let expected, let found):
            differs(Text("the origin", "オリジン"), expected.joined(separator: ", "), found)
        case .crossOrigin(let topOrigin):
            Text("the request came from a frame inside another site", "要求が別サイトのフレームから来ています")
                + Text(verbatim: topOrigin.map { " (" + TerminalText.escape($0) + ")" } ?? "")
        case .topOrigin(let expected, let found):
            differs(
                Text("the page around the frame", "フレームを表示したページ"),
                expected.joined(separator: ", "),
                found ?? Text.notNamed.localized
            )
        case .clientDataHash:
            Text("the client data hash does not match", "クライアントデータのハッシュが一致しません")
        case .relyingPartyID(let expected):
            Text(
                "the key signed for an RP ID other than \(TerminalText.escape(expected))",
                "キーが \(TerminalText.escape(expected)) 以外の RP ID に署名しています"
            )
        case .unsupportedOrigin(let origin):
            Text(
                "WebAuthn cannot be used from \(TerminalText.escape(origin))",
                "\(TerminalText.escape(origin)) では WebAuthn を使えません"
            )
        case .userPresence:
            Text("the key was not touched", "キーにタッチされていません")
        case .userVerification:
            Text("the key did not verify its user", "キーがユーザー確認をしていません")
        case .backupState:
            Text("the flags about backups of the credential contradict each other", "資格情報のバックアップに関するフラグが矛盾しています")
        case .algorithm(let algorithm):
            Text("the algorithm \(algorithm) was not requested", "要求していないアルゴリズム \(algorithm) です")
        case .publicKey(.invalid(let algorithm)):
            Text("the public key is not a valid \(algorithm) key", "公開鍵が \(algorithm) の鍵ではありません")
        case .publicKey(.insecure(let algorithm)):
            Text(
                "\(algorithm) is not secure enough for a credential",
                "\(algorithm) は資格情報の鍵に使えるほど安全ではありません"
            )
        case .publicKey(.unsupported(let algorithm)):
            unknownAlgorithm(algorithm)
        case .attestation(let format, let error):
            Text(
                "the attestation statement (\(TerminalText.escape(format))) is not valid: ",
                "構成証明 (\(TerminalText.escape(format))) が無効です: "
            ) + error.explanation
        case .attestationChain(let error): untrusted(error)
        case .unknownModel(let aaguid): unknownModel(aaguid.description)
        case .authenticatorStatus(let status): compromised(status)
        case .credentialID:
            Text("the credential is not the one that was requested", "求めた資格情報と異なります")
        case .notAllowed:
            Text("the request does not allow this credential", "要求が許していない資格情報です")
        case .signature:
            Text("the signature is wrong", "署名が正しくありません")
        case .counter(let stored, let received):
            Text(
                "the signature counter went from \(stored) to \(received): the key may have been cloned",
                "署名カウンターが \(stored) から \(received) になりました。キーが複製された可能性があります"
            )
        case .notMade(let name, let reason):
            couldNotCheck(name, reason)
        }
    }

    static func couldNotCheck(_ name: VerificationCheck.Name, _ reason: VerificationCheck.Reason) -> Text {
        let reason = notMade(name, reason)
        return Text(
            "\(check(name).english) could not be checked: \(reason.english)",
            "\(check(name).japanese)を検査できません: \(reason.japanese)"
        )
    }

    /// Why a check was not made.
    static func notMade(_ name: VerificationCheck.Name, _ reason: VerificationCheck.Reason) -> Text {
        switch (reason, name) {
        case (.notAsked, .challenge): Text("no --challenge was given", "--challenge の指定がありません")
        case (.notAsked, .origin): Text("no --origin was given", "--origin の指定がありません")
        case (.notAsked, .clientDataHash):
            Text("no --client-data-hash was given", "--client-data-hash の指定がありません")
        case (.notAsked, .credentialId):
            Text("no --credential-id was given", "--credential-id の指定がありません")
        case (.notAsked, .signCount):
            Text("no --sign-count was given", "--sign-count の指定がありません")
        case (.notAsked, .backupState):
            Text("the flags of the registration are not known", "登録時のフラグが分かりません")
        case (.notAsked, _): Text("not requested", "指定がありません")
        case (.noClientData, _):
            Text("the response has a hash in place of client data", "応答にクライアントデータがなく、ハッシュだけがあります")
        case (.unreadable, _): Text("it depends on a failed check", "失敗した項目に依存します")
        case (.algorithm(let algorithm), _): unknownAlgorithm(algorithm)
        case (.format(let format), _): unknownFormat(format)
        case (.retiredFormat(let format), _): retiredFormat(format)
        case (.noCertificate, _): noCertificate
        case (.noRoots, _): noRoots
        case (.staleMetadata, _): staleMetadata
        case (.noStatement, _): Text("there is no attestation statement", "構成証明がありません")
        }
    }

    static func unknownAlgorithm(_ algorithm: COSEAlgorithm) -> Text {
        Text(
            "fidoctl cannot verify signatures of the algorithm \(algorithm)",
            "fidoctl はアルゴリズム \(algorithm) の署名を検証できません"
        )
    }

    static let unknownAlgorithmHint = Text(
        "this does not mean that the response is bad: a server that knows the algorithm can verify it",
        "応答が不正とは限りません。このアルゴリズムに対応したサーバーなら検証できます"
    )

    static let badKeyHint = Text(
        "do not accept this credential; servers refuse such a key",
        "この資格情報を受け入れないでください。このような鍵はサーバーにも拒否されます"
    )

    static let bareHashHint = Text(
        "pass the hash that the key was asked to sign with --client-data-hash",
        "キーに署名させたハッシュを --client-data-hash で指定してください"
    )

    static func alsoFailed(_ names: [VerificationCheck.Name]) -> Text {
        let labels = names.map(check)
        return Text(
            " (also wrong: " + labels.map(\.english).joined(separator: ", ") + ")",
            " (ほかの誤り: " + labels.map(\.japanese).joined(separator: "、") + ")"
        )
    }

    static let passed = Text("passed", "合格")
    static let notMade = Text("not checked", "未検査")

    /// The label of a check.
    static func check(_ name: VerificationCheck.Name) -> Text {
        switch name {
        case .clientData: Text("client data", "クライアントデータ")
        case .clientDataHash: Text("client data hash", "クライアントデータのハッシュ")
        case .type: Text("ceremony", "操作の種類")
        case .challenge: Text("challenge", "チャレンジ")
        case .origin: Text("origin", "オリジン")
        case .crossOrigin: Text("frame of another site", "別サイトのフレーム")
        case .topOrigin: Text("page around the frame", "フレームを表示したページ")
        case .authenticatorData: Text("authenticator data", "認証器データ")
        case .rpIdHash: Text("RP ID", "RP ID")
        case .userPresent: Text("touch", "タッチ")
        case .userVerified: Text("user verification", "ユーザー確認")
        case .backupState: Text("backup flags", "バックアップのフラグ")
        case .algorithm: algorithm
        case .publicKey: Text("public key", "公開鍵")
        case .allowCredentials: Text("allowed credentials", "許可した資格情報")
        case .credentialId: credentialID
        case .copies: Text("repeated members", "重複する項目")
        case .attestation: attestation
        case .attestationChain: Text("attestation certificates", "構成証明の証明書")
        case .metadata: Text("FIDO metadata", "FIDO メタデータ")
        case .authenticatorStatus: modelStatus
        case .signature: signature
        case .signCount: signCount
        }
    }

    private static let notNamed = Text("not named", "不明")

    private static func unreadable(_ member: String, _ detail: Text) -> Text {
        Text("\(member) cannot be read: ", "\(member) を読み取れません: ") + detail
    }

    private static func differs(_ what: Text, _ expected: String, _ found: String) -> Text {
        let expected = TerminalText.escape(expected)
        let found = TerminalText.escape(found)
        return what + Text(" is \(found), not \(expected)", "が \(expected) ではなく \(found) です")
    }
}

extension AttestationObjectError {
    /// What was wrong, in a few words.
    var explanation: Text {
        switch self {
        case .cbor(let error): error.explanation
        case .authenticatorData(let error): error.explanation
        }
    }
}
