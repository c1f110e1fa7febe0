/// Changes of what is on a key: the question, and what became of them after why a command failed.
extension Text {
    static let nothingChanged = Text("; nothing was changed", "。何も変更していません")
    static func changesMadeBefore(_ count: Int) -> Text {
        Text(
            count == 1 ? "; one change was made before" : "; \(count) changes were made before",
            "。その前の \(count) 件は変更済みです"
        )
    }

    static let changeUnknown = Text("; it is not known whether the key was changed", "。変更されたかどうかは不明です")
    static let changedAllTheSame = Text("; the key had made the change already", "。変更は既に行われました")

    static let typeYesToDelete = Text("Type yes to delete it:", "削除するには yes と入力してください:")
}
