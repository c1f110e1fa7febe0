import Synchronization

/// What goes to standard error: notes, warnings and errors.
///
/// The rules: one line each, `fidoctl: ` in front, no full stop at the end. A line that nobody reads stops nothing.
enum Diagnostics {
    private static let silencesNotes = Atomic(false)

    /// Leaves notes out from now on, as `--quiet` asks; warnings, prompts and errors stay.
    static func silenceNotes() {
        silencesNotes.store(true, ordering: .relaxed)
    }

    /// Says what may be good to know and changes nothing.
    static func note(_ text: Text) {
        guard !silencesNotes.load(ordering: .relaxed) else { return }
        line(text.localized)
    }

    /// Says what a person has to know though the command goes on.
    static func warn(_ text: Text) {
        line(text.localized)
    }

    /// Says why the command failed: in plain language, then in the specification's terms, then what to do about it.
    static func report(_ message: Text, detail: Text?, hint: Text?) {
        line(message.localized, prefixStyle: "1;31")
        if let detail { line(detail.localized, style: "2") }
        if let hint { line(Text("hint: ", "ヒント: ").localized + hint.localized) }
    }

    private static func line(_ text: String, prefixStyle: String? = nil, style: String? = nil) {
        let prefix = styled("fidoctl:", prefixStyle)
        try? StandardStream.error.writeLine(prefix + " " + styled(text, style))
    }

    /// `text` in a style of the terminal's (ECMA-48 §8.3.117), where standard error shows any.
    private static func styled(_ text: String, _ style: String?) -> String {
        guard let style, StandardStream.error.showsColor else { return text }
        return "\u{1B}[\(style)m\(text)\u{1B}[0m"
    }
}
