import Interaction

/// What `fidoctl serve` says to applications. Names and details are escaped.
extension Text {
    static let anotherRequestRuns = Text("another request is running", "別の要求を処理中です")
    static let oneRequestHint = Text(
        "wait for its end, or cancel it",
        "終わるのを待つか、キャンセルしてください"
    )
    static let sameRequestID = Text("a request with this ID is running", "同じ ID の要求を処理中です")
    static let notRunning = Text("no request with this ID is running", "この ID の要求はありません")
    static let noPINAsked = Text("no PIN is asked for", "PIN は求められていません")
    static let noAccountAsked = Text("no account has to be chosen", "アカウントの選択は求められていません")
    static let noAnswerInTime = Text("timed out waiting for an answer", "回答を待つ間に時間切れになりました")
    static let inputEndedWithinMessage = Text("the input ended within a message", "メッセージの途中で入力が終わりました")

    static func noAccountAt(_ index: Int, count: Int) -> Text {
        Text(
            "\(index) is not an account; there are 0 to \(count - 1)",
            "アカウントは 0 から \(count - 1) までです (\(index) はありません)"
        )
    }

    static func messageTooLong(maximum: Int) -> Text {
        Text("the message has more than \(maximum) bytes", "メッセージが \(maximum) バイトを超えています")
    }

    static func badMessage(_ detail: Text) -> Text {
        Text("cannot read the message: ", "メッセージを読み取れません: ") + detail
    }

    static func badOptions(_ detail: Text) -> Text {
        Text("cannot use the options: ", "オプションを使えません: ") + detail
    }

    static func badOrigin(_ detail: Text) -> Text {
        Text("cannot use the origin: ", "オリジンを使えません: ") + detail
    }

    static func unknownMessageType(_ type: String) -> Text {
        Text("unknown type of message: \(type)", "メッセージの type が不明です: \(type)")
    }

    static func messageTypesHint(_ types: [String]) -> Text {
        let list = types.joined(separator: ", ")
        return Text("the types are \(list)", "使える type: \(list)")
    }

    static func unusablePIN(maximum: Int) -> Text {
        Text("the PIN has more than \(maximum) bytes, or is not text", "PIN が \(maximum) バイトを超えているか、文字列ではありません")
    }

    static func originNotServed(_ origin: String) -> Text {
        Text("\(origin) is not served", "\(origin, "からの")要求は受け付けません")
    }

    static let originNotServedHint = Text(
        "`fidoctl serve` was started with --origin for others",
        "`fidoctl serve` は --origin で指定したオリジンだけを受け付けます"
    )
}
