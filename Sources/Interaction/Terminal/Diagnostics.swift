import Synchronization

/// Notes, warnings and errors on standard error.
///
/// One line each, prefixed with `fidoctl: `, without a full stop. A failure to write is ignored.
package enum Diagnostics {
    private static let silencesNotes = Atomic(false)

    /// Suppresses notes from now on, as `--quiet` does, but not warnings, prompts and errors.
    package static func silenceNotes() {
        silencesNotes.store(true, ordering: .relaxed)
    }

    /// Prints information that needs no action.
    package static func note(_ text: Text) {
        guard !silencesNotes.load(ordering: .relaxed) else { return }
        line(text.localized)
    }

    /// Prints what a person has to know although the command continues.
    package static func warn(_ text: Text) {
        line(text.localized)
    }

    /// Prints why the command failed: in plain language, then in the specification's terms, then what to do about it.
    package static func report(_ message: Text, detail: Text?, hint: Text?) {
        line(message.localized, prefixStyle: "1;31")
        if let detail { line(detail.localized, style: "2") }
        if let hint { line((Text.hint + hint).localized) }
    }

    private static func line(_ text: String, prefixStyle: String? = nil, style: String? = nil) {
        let prefix = styled("fidoctl:", prefixStyle)
        try? StandardStream.error.writeLine(prefix + " " + styled(text, style))
    }

    /// `text` in a terminal style (ECMA-48 §8.3.117), if standard error supports styles.
    private static func styled(_ text: String, _ style: String?) -> String {
        guard let style, StandardStream.error.showsColor else { return text }
        return "\u{1B}[\(style)m\(text)\u{1B}[0m"
    }
}
