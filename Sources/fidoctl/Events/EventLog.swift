import ArgumentParser
import Interaction
import WebAuthn

/// Writes events to a file descriptor that the caller opened: one JSON object a line, in the order of their times.
final class EventLog: EventSink {
    private let output: OutputQueue
    private let start = ContinuousClock.now

    /// Parses the argument of `--events`, a descriptor that is open for writing.
    init(argument: String) throws(ValidationError) {
        output = OutputQueue(try InheritedDescriptor.parse(argument, of: "--events", for: .writing)) { error in
            Diagnostics.warn(.cannotWriteFile("--events", error))
        }
    }

    package func report(_ event: Event) {
        output.write {
            guard let line = try? JSON.encode(EventLine(event, at: ContinuousClock.now - start)) else { return nil }
            return JSONText.escape(line) + Array("\n".utf8)
        }
    }

    /// Waits until everything is written, at most `limit`; `false` if events were lost because the reader has stalled.
    func finish(within limit: Duration = .milliseconds(300)) -> Bool {
        output.finish(within: limit)
    }
}
