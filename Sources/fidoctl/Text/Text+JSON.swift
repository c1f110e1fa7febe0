import Interaction
import WebAuthn

extension JSONError {
    /// What is wrong, in a few words; names and reasons are escaped.
    var explanation: Text {
        let english = TerminalText.escape(description)
        return switch self {
        case .notJSON: Text(english, "JSON ではありません")
        case .duplicate(let path): Text(english, "\(TerminalText.escape(path)) が重複しています")
        case .tooLong(let byteCount): Text(english, "\(byteCount) バイトは大きすぎます")
        case .missing(let path): Text(english, "\(TerminalText.escape(path)) がありません")
        case .wrongType(""): Text(english, "JSON のオブジェクトではありません")
        case .wrongType(let path): Text(english, "\(TerminalText.escape(path)) の型が正しくありません")
        case .badValue(let path, let reason), .unsupported(let path, let reason):
            Text(english, "\(TerminalText.escape(path)): \(Self.japanese(reason))")
        }
    }

    /// Reasons with names or numbers in them are the library's own.
    private static func japanese(_ reason: String) -> String {
        let reasons = [
            "it is empty": "空です", "it is negative": "負の値です", "it must be a string": "文字列ではありません",
            "none is of the type public-key": "種類が public-key のものがありません",
            "not the 32 bytes of a SHA-256 hash": "32 バイトの SHA-256 ハッシュではありません",
        ]
        return reasons[reason] ?? TerminalText.escape(reason)
    }
}

extension Base64URLError {
    /// What is wrong with an argument in base64url.
    var explanation: Text {
        switch self {
        case .padding: Text(description, "ここでの base64url に '=' は付けません")
        case .badCharacter(let offset):
            Text(description, "\(offset + 1) 文字目が base64url の文字 (A-Z a-z 0-9 - _) ではありません")
        case .badLength: Text(description, "文字が 1 つ足りないか、余分です")
        case .unusedBits: Text(description, "最後の文字に余分なビットがあります")
        }
    }
}
