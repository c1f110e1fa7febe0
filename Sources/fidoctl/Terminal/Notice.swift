/// What is said on standard error: prompts, progress and errors.
///
/// The rules: one line each, `fidoctl: ` in front, no full stop at the end. That nobody hears it stops nothing.
enum Notice {
    /// Tells something that is no failure.
    static func tell(_ text: Text) {
        line(text.localized)
    }

    /// Tells why the command failed and what to do about it.
    static func tell(_ failure: Failure) {
        line(failure.message.localized, emphasized: true)
        if let hint = failure.hint {
            line(Text("hint: ", "ヒント: ").localized + hint.localized)
        }
    }

    private static func line(_ text: String, emphasized: Bool = false) {
        let prefix = emphasized && StandardStream.error.showsColor ? "\u{1B}[1;31mfidoctl:\u{1B}[0m " : "fidoctl: "
        try? StandardStream.error.writeLine(prefix + text)
    }
}
