package import CTAP2
package import CTAPHID
import Glibc
import Platform

/// Prompts at the process's controlling terminal, wherever its standard streams lead.
package enum TerminalPrompt {
    /// Whether the process has a terminal.
    package static var isPossible: Bool {
        guard let descriptor = try? ControllingTerminal.open() else { return false }
        close(descriptor)
        return true
    }

    /// The line that was typed; the terminal's modes are as before when this returns or throws.
    package static func ask(_ prompt: Prompt, by deadline: Deadline) async throws(SecretLines.Failure) -> Secret {
        let descriptor: Int32
        let lines: SecretLines
        do throws(Errno) {
            descriptor = try ControllingTerminal.open()
            lines = try SecretLines(descriptor)
        } catch {
            throw .unreadable(error)
        }
        defer { close(descriptor) }
        let text = text(of: prompt, inASCII: Locale.isASCII)
        return try await TerminalModes.with(prompt.isSecret ? .hiddenLine : .line, on: descriptor) {
            write(text, to: descriptor)
        } _: { () async throws(SecretLines.Failure) in
            // The typed Return was not echoed either.
            defer { if prompt.isSecret { write("\n", to: descriptor) } }
            return try await lines.next(by: deadline)
        }
    }

    /// The text for the terminal, in the C locale in ASCII.
    package static func text(of prompt: Prompt, inASCII: Bool) -> String {
        let lines = prompt.notes.map { "fidoctl: \($0.localized)" } + [prompt.question.localized + " "]
        return lines.map { inASCII ? TerminalText.ascii($0) : $0 }.joined(separator: "\n")
    }

    private static func write(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        // A terminal that cannot be written to gives no answer either.
        _ = unsafe Glibc.write(descriptor, bytes, bytes.count)
    }
}
