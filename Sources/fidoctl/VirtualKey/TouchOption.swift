import ArgumentParser
import Interaction
import VirtualAuthenticator

/// `--touch`: what the user of a virtual key does.
struct TouchOption: ExpressibleByArgument, Hashable {
    var touch: Scenario.Touch

    static let automatic = TouchOption(touch: .after(.zero))

    init(touch: Scenario.Touch) {
        self.touch = touch
    }

    init?(argument: String) {
        guard let touch = Scenario.Touch(name: argument) else { return nil }
        self.touch = touch
    }

    var defaultValueDescription: String { "auto" }

    /// The user; with `ask`, one who is asked on standard error.
    var presence: any UserPresence {
        switch touch {
        case .after(let delay): TimedPresence(after: delay)
        case .never: TimedPresence(after: nil)
        case .ask:
            AskedPresence { request in
                Diagnostics.warn(request.map(Text.touchQuestion) ?? .noTouchNeeded)
            }
        }
    }
}
