import Glibc
import Interaction
import VirtualAuthenticator

/// Lines on standard input that control the user of a virtual key.
final class KeyControl {
    private let key: ScenarioKey
    private var unfinished: [UInt8] = []

    init(_ key: ScenarioKey) {
        self.key = key
    }

    /// Executes the lines as they arrive, until the end of standard input.
    var watch: KeyServer.Watch {
        KeyServer.Watch(descriptor: STDIN_FILENO) { [self] in
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = unsafe read(STDIN_FILENO, &buffer, buffer.count)
            guard count > 0 else { return count < 0 && errno == EINTR }
            unfinished += buffer.prefix(count)
            var lines = unfinished.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            unfinished = Array(lines.removeLast())
            for line in lines {
                obey(String(decoding: line, as: UTF8.self).lowercased())
            }
            return true
        }
    }

    private func obey(_ line: String) {
        switch line {
        case "", "y", "yes", "touch": key.answer(.touched)
        case "wrong-finger": key.answer(.notRecognized)
        case "n", "no", "decline": key.answer(.declined)
        case "go": key.goOn()
        case "unplug": key.unplug()
        default: Diagnostics.warn(.unknownKeyControl(TerminalText.escape(line)))
        }
    }
}
