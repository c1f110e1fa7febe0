import ArgumentParser
import Glibc
import VirtualAuthenticator

/// `--touch`: what the user of a virtual key does.
enum TouchOption: ExpressibleByArgument, Hashable {
    case automatic, never, ask
    case after(Duration)

    init?(argument: String) {
        switch argument {
        case "auto": self = .automatic
        case "never": self = .never
        case "ask": self = .ask
        default:
            guard
                argument.hasPrefix("after:"),
                let seconds = Double(argument.dropFirst(6)),
                0...1_000_000 ~= seconds
            else { return nil }
            self = .after(.seconds(seconds))
        }
    }

    var defaultValueDescription: String { "auto" }

    /// The user, and what must be watched for the user's answers.
    var presence: (user: any UserPresence, watches: [KeyServer.Watch]) {
        switch self {
        case .automatic: (TimedPresence(after: .zero), [])
        case .never: (TimedPresence(after: nil), [])
        case .after(let delay): (TimedPresence(after: delay), [])
        case .ask: Self.asked()
        }
    }

    /// Asks on standard error; on standard input an empty line or `y` is a touch, `n` a refusal.
    private static func asked() -> (any UserPresence, [KeyServer.Watch]) {
        let presence = AskedPresence { request in
            Notice.tell(request.map(Text.touchQuestion) ?? .noTouchNeeded)
        }
        let watch = KeyServer.Watch(descriptor: STDIN_FILENO) {
            var buffer = [UInt8](repeating: 0, count: 256)
            let count = unsafe read(STDIN_FILENO, &buffer, buffer.count)
            guard count > 0 else { return false }
            presence.answer(buffer[0] == UInt8(ascii: "n") || buffer[0] == UInt8(ascii: "N") ? .declined : .touched)
            return true
        }
        return (presence, [watch])
    }
}
