package import CTAP2
package import CTAPHID

/// What was wrong with what a key sent, in a few words each.
extension ResponseError {
    package var explanation: Text {
        switch self {
        case .cbor(let error): error.explanation
        case .authenticatorData(let error): error.explanation
        case .pinUVAuth(.keyAgreement):
            Text("its key agreement key is not a point on P-256", "鍵共有の鍵が P-256 上の点ではありません")
        case .pinUVAuth(.wrongLength(let byteCount)):
            Text("a secret of \(byteCount) bytes", "秘密の長さが \(byteCount) バイトです")
        case .largeBlobArray(let error): error.explanation
        case .unrequestedExtension(let identifier):
            Text(
                "an output of the extension \(TerminalText.escape(identifier)), which was not requested",
                "要求していない拡張 \(TerminalText.escape(identifier)) の出力があります"
            )
        }
    }
}

extension CBORError {
    package var explanation: Text {
        switch self {
        case .truncated(let offset):
            Text("the CBOR item at byte \(offset) is truncated", "CBOR の \(offset) バイト目の要素が途中で終わっています")
        case .trailing(let offset):
            Text(
                "bytes are left over after the CBOR item, from byte \(offset)",
                "CBOR の後の \(offset) バイト目から余分なデータがあります"
            )
        case .forbidden(let head, let offset):
            Text(
                "CTAP2 does not allow the CBOR head 0x\(String(head, radix: 16)) at byte \(offset)",
                "CTAP2 では \(offset) バイト目の CBOR の先頭 0x\(String(head, radix: 16)) は認められません"
            )
        case .tooDeep(let limit, let offset):
            Text(
                "CBOR is nested deeper than \(limit) levels at byte \(offset)",
                "CBOR の入れ子が \(offset) バイト目で \(limit) 段を超えています"
            )
        case .duplicateKey(let offset):
            Text("the map key at byte \(offset) occurs twice", "\(offset) バイト目のマップのキーが重複しています")
        case .notShortest(let offset):
            Text("the number at byte \(offset) is not in its shortest form", "\(offset) バイト目の数値が最短の形ではありません")
        case .unsortedKeys(let offset):
            Text("the map key at byte \(offset) is out of order", "\(offset) バイト目のマップのキーが順序どおりではありません")
        case .invalidText(let offset):
            Text("the text at byte \(offset) is not UTF-8", "\(offset) バイト目の文字列が UTF-8 ではありません")
        case .missing(let member):
            Text("\(TerminalText.escape(member)) is missing", "\(TerminalText.escape(member)) がありません")
        case .unexpected(let member):
            Text(
                "\(TerminalText.escape(member)) has the wrong type or value",
                "\(TerminalText.escape(member)) の型または値が正しくありません"
            )
        }
    }
}

extension LargeBlobArrayError {
    package var explanation: Text {
        switch self {
        case .digest:
            Text("the large-blob array does not end with its digest", "large blob の配列の末尾がダイジェストと一致しません")
        case .cbor(let error): Text("in the large-blob array, ", "large blob の配列: ") + error.explanation
        case .keyLength(let byteCount):
            Text("a large-blob key of \(byteCount) bytes", "large blob の鍵の長さが \(byteCount) バイトです")
        case .tooLong(let byteCount):
            Text("a large blob of \(byteCount) bytes", "large blob の長さが \(byteCount) バイトです")
        case .compression:
            Text("a large blob whose compressed data are broken", "large blob の圧縮データが壊れています")
        }
    }
}

extension AuthenticatorDataError {
    package var explanation: Text {
        switch self {
        case .truncated(let member):
            Text("authenticator data are truncated in \(member)", "認証器データが \(member) の途中で終わっています")
        case .credentialIDTooLong(let byteCount):
            Text("a credential ID of \(byteCount) bytes", "資格情報 ID の長さが \(byteCount) バイトです")
        case .credentialIDEmpty: Text("an empty credential ID", "資格情報 ID が空です")
        case .publicKey(let error): Text("in the credential's public key, ", "資格情報の公開鍵: ") + error.explanation
        case .extensions(let error): Text("in the extensions, ", "拡張: ") + error.explanation
        case .trailing(let offset):
            Text(
                "bytes are left over after the authenticator data, from byte \(offset)",
                "認証器データの後の \(offset) バイト目から余分なデータがあります"
            )
        case .missingAttestedCredentialData: Text("its credential is missing", "資格情報がありません")
        }
    }
}

extension U2FError {
    var explanation: Text {
        switch self {
        case .truncated(let member): Text("\(member) is truncated", "\(member) が途中で終わっています")
        case .unexpected(let member): Text("\(member) has an impossible value", "\(member) の値がありえないものです")
        case .status(let status): Text(verbatim: status.description)
        }
    }
}

extension FramingError {
    package var explanation: Text {
        switch self {
        case .shortReport(let byteCount):
            Text("a report of only \(byteCount) bytes", "レポートが \(byteCount) バイトしかありません")
        case .longReport(let byteCount, let expected):
            Text(
                "a report of \(byteCount) bytes in place of \(expected)",
                "レポートが \(expected) バイトではなく \(byteCount) バイトです"
            )
        case .unexpectedContinuation(let sequence):
            Text("packet \(sequence) without the start of a message", "メッセージの始まりがないパケット \(sequence) です")
        case .wrongSequence(let expected, let received):
            Text("packet \(received) in place of \(expected)", "パケット \(expected) ではなく \(received) が届きました")
        case .unexpectedInitialization(let new, let during):
            Text("a new \(new) in the middle of \(during)", "\(during) の途中で新しい \(new) が届きました")
        case .wrongCommand(let expected, let received):
            Text("\(received) in place of \(expected)", "\(expected) ではなく \(received) が届きました")
        case .tooLong(let byteCount, let maximum):
            Text(
                "\(byteCount) bytes announced, \(maximum) possible",
                "予告された長さ \(byteCount) バイトが上限 \(maximum) バイトを超えています"
            )
        case .wrongLength(let command, let byteCount):
            Text("\(command) with \(byteCount) bytes", "\(command) の長さが \(byteCount) バイトです")
        case .invalidChannel(let channel):
            Text("the channel \(channel), which is reserved", "予約済みのチャネル \(channel) です")
        case .alteredEcho: Text("an echo that differs from what was sent", "返ってきた内容が送ったものと異なります")
        }
    }
}
