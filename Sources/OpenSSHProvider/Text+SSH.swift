import Interaction

/// Why OpenSSH's request failed. Names of keys are escaped.
extension Text {
    static func cannotProtect(_ key: String) -> Text {
        Text(
            "\(key) does not support credProtect, without which anyone who holds it could use a resident or verify-required key",
            "\(key, "は") credProtect に対応していません。これがないと、resident や verify-required の鍵を他人にも使われてしまいます"
        )
    }

    /// OpenSSH's own prompt, which follows, says neither which key it is nor how many tries are left.
    static func sshAsksForPIN(_ key: String, retries: Int) -> Text {
        Text(
            "\(key) needs its PIN (\(retries) \(retries == 1 ? "try" : "tries") left)",
            "\(key, "の") PIN が必要です (残り \(retries) 回)"
        )
    }
}
