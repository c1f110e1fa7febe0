/// What a command wants of a key, as prompts and events say it.
enum KeyOperation: Hashable, Sendable {
    case register(rpID: String)
    case logIn(rpID: String)
    /// Find out which key a person means.
    case choose
    /// Anything else: `command` is the command's name.
    case use(command: String)

    /// The name in events: the command's.
    var name: String {
        switch self {
        case .register: "register"
        case .logIn: "assert"
        case .choose: "select"
        case .use(let command): command
        }
    }

    var rpID: String? {
        switch self {
        case .register(let rpID), .logIn(let rpID): rpID
        case .choose, .use: nil
        }
    }
}

extension Text {
    /// Asks for a key to be plugged in.
    static func insertKey(_ operation: KeyOperation) -> Text {
        operation.asking(english: "Insert your security key", japanese: "セキュリティキーを接続してください")
    }

    /// Asks for a touch of one of these keys, whose names are escaped; never empty.
    static func touch(_ keys: [String], _ operation: KeyOperation) -> Text {
        guard keys.count > 1 else {
            let key = keys.first ?? ""
            return operation.asking(
                english: "Touch your security key \(key)",
                japanese: "セキュリティキー \(key) にタッチしてください"
            )
        }
        let names = keys.joined(separator: ", ")
        return operation.asking(
            english: "Touch one of your security keys (\(names))",
            japanese: "セキュリティキー (\(names)) のどれかにタッチしてください"
        )
    }
}

extension Text {
    /// Asks for another touch of a key that was touched before.
    static func touchAgain(_ key: String, _ operation: KeyOperation) -> Text {
        operation.asking(english: "Touch \(key) again", japanese: "\(key) にもう一度タッチしてください")
    }

    /// Says that a key lacks the credential, and that the command waits for another.
    static func notRegistered(_ key: String, _ operation: KeyOperation) -> Text {
        let site = TerminalText.escape(operation.rpID ?? "")
        return Text(
            "\(key) is not registered for \(site); insert another key",
            "\(key) は \(site) に登録されていません。別のキーを接続してください"
        )
    }

    /// Asks for whatever the key verifies its user by, such as a finger on its reader.
    static func verify(_ key: String, _ operation: KeyOperation) -> Text {
        operation.asking(
            english: "Use the fingerprint reader of \(key), or what it has instead,",
            japanese: "\(key) の指紋センサーなどで本人確認をしてください"
        )
    }

    /// Asks for the PIN.
    static func enterPIN(of key: String, _ operation: KeyOperation) -> Text {
        operation.asking(english: "PIN of \(key)", japanese: "\(key) の PIN を入力してください")
    }
}

extension KeyOperation {
    /// The request with its purpose, which English names last and Japanese first.
    fileprivate func asking(english: String, japanese: String) -> Text {
        let site = TerminalText.escape(rpID ?? "")
        return switch self {
        case .register: Text("\(english) to register at \(site)", "\(site) に登録するため、\(japanese)")
        case .logIn: Text("\(english) to log in to \(site)", "\(site) にログインするため、\(japanese)")
        case .choose: Text("\(english) to choose it", "選択するため、\(japanese)")
        case .use(let command): Text("\(english) for fidoctl \(command)", "fidoctl \(command) のため、\(japanese)")
        }
    }
}
