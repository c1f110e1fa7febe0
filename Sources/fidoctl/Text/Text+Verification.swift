import CTAP2
import WebAuthn

extension Text {
    /// Which check did not hold.
    static func notVerified(_ error: VerificationError) -> Text {
        switch error {
        case .clientDataJSON(let error):
            unreadable("response.clientDataJSON", error.description)
        case .attestationObject(let error):
            unreadable("response.attestationObject", error.explanation)
        case .authenticatorData(let error):
            unreadable("response.authenticatorData", error.explanation)
        case .contradiction(let member):
            Text("\(member) says other than what was signed", "\(member) が署名された内容と食い違っています")
        case .ceremony(let expected, let found):
            differs("the client data's type", "クライアントデータの種類", expected.rawValue, found.rawValue)
        case .challenge:
            Text("the challenge is not the one that was given out", "チャレンジが一致しません")
        case .origin(let expected, let found):
            differs("the origin", "オリジン", expected, found)
        case .crossOrigin(let topOrigin):
            Text("the request came from a frame inside another site", "要求が別サイトのフレームから来ています")
                + Text(verbatim: topOrigin.map { " (" + TerminalText.escape($0) + ")" } ?? "")
        case .clientDataHash:
            Text("the client data hash is not the one that was given out", "クライアントデータのハッシュが一致しません")
        case .relyingPartyID(let expected):
            Text(
                "the key signed for another RP ID than \(TerminalText.escape(expected))",
                "キーが \(TerminalText.escape(expected)) 以外の RP ID に署名しています"
            )
        case .userPresence:
            Text("the key was not touched", "キーがタッチされていません")
        case .userVerification:
            Text("the key did not verify its user", "キーが本人確認をしていません")
        case .backupState:
            Text("the flags about copies of the credential contradict", "資格情報の複製に関するフラグが矛盾しています")
        case .algorithm(let algorithm):
            Text("the algorithm \(algorithm) was not asked for", "要求していないアルゴリズム \(algorithm) です")
        case .publicKey(.invalid(let algorithm)):
            Text("the public key is no \(algorithm) key", "公開鍵が \(algorithm) の鍵ではありません")
        case .publicKey(.unsupported(let algorithm)):
            Text(
                "signatures of a key of algorithm \(algorithm) cannot be verified",
                "アルゴリズム \(algorithm) の鍵の署名は検証できません"
            )
        case .attestation(let format, let error):
            Text(
                "the attestation statement (\(TerminalText.escape(format))) does not hold: \(error.explanation)",
                "構成証明 (\(TerminalText.escape(format))) が正しくありません: \(error.explanation)"
            )
        case .credentialID:
            Text("the credential is not the one that was asked for", "求めた資格情報と異なります")
        case .signature:
            Text("the signature does not hold", "署名が正しくありません")
        case .counter(let stored, let received):
            Text(
                "the signature counter went from \(stored) to \(received): the key may have been copied",
                "署名カウンターが \(stored) から \(received) になりました。キーが複製された可能性があります"
            )
        }
    }

    private static func unreadable(_ member: String, _ detail: String) -> Text {
        let detail = TerminalText.escape(detail)
        return Text("\(member) cannot be read: \(detail)", "\(member) を読み取れません: \(detail)")
    }

    private static func differs(_ what: String, _ whatJapanese: String, _ expected: String, _ found: String) -> Text {
        let expected = TerminalText.escape(expected)
        let found = TerminalText.escape(found)
        return Text(
            "\(what) is \(found), not \(expected)",
            "\(whatJapanese)が \(expected) ではなく \(found) です"
        )
    }
}

extension AttestationError {
    /// What was wrong, in a few words.
    var explanation: String {
        switch self {
        case .credentialKey: "the credential's public key is no key"
        case .statement(let error): TerminalText.escape(error.explanation)
        case .unexpectedStatement: "there is a statement where none may be"
        case .wrongAlgorithm(let algorithm, let credential): "\(algorithm) in place of \(credential)"
        case .wrongSignature: "its signature does not hold"
        case .certificate(let error): "its certificate is not as the format demands (\(error))"
        }
    }
}
