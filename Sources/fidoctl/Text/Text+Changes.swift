import Interaction

/// Changes on a key: the question before one, and after a failure whether it was made.
extension Text {
    static let nothingChanged = Text("; nothing was changed", "。何も変更していません")
    static func changesMadeBefore(_ count: Int) -> Text {
        Text(
            count == 1 ? "; one change had already been made" : "; \(count) changes had already been made",
            "。その前の \(count) 件は変更済みです"
        )
    }

    static let changeUnknown = Text("; it is not known whether the key was changed", "。変更されたかどうかは不明です")
    static let changedAllTheSame = Text("; the key had already made the change", "。変更はすでに行われました")

    static let typeYesToDelete = Text("Type yes to delete it:", "削除するには yes と入力してください:")
}
