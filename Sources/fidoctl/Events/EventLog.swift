import ArgumentParser
import Dispatch
import Glibc
import Interaction
import Platform
import Synchronization
import WebAuthn

/// Writes events to a file descriptor that the caller opened: one JSON object a line, in the order of their times.
///
/// A thread of its own writes them, so that a stalled reader does not block the command.
final class EventLog: EventSink {
    private struct State {
        /// The lines to be written.
        var waiting = 0
        /// Whether the reader is gone or has stalled.
        var hasEnded = false
    }

    /// More lines than any command produces; a reader that far behind has stalled.
    private static let maximumWaiting = 10_000

    private let descriptor: Int32
    private let start = ContinuousClock.now
    private let state = Mutex(State())
    private let writer = DispatchQueue(label: "fidoctl.events")

    /// Parses the argument of `--events`, a descriptor that is open for writing.
    init(argument: String) throws(ValidationError) {
        descriptor = try InheritedDescriptor.parse(argument, of: "--events", for: .writing)
    }

    /// Queues one line for writing and returns at once.
    package func report(_ event: Event) {
        state.withLock { state in
            guard !state.hasEnded, let line = try? JSON.encode(EventLine(event, at: ContinuousClock.now - start)) else {
                return
            }
            guard state.waiting < Self.maximumWaiting else { return state.hasEnded = true }
            state.waiting += 1
            writer.async { self.write(JSONText.escape(line) + Array("\n".utf8)) }
        }
    }

    /// Waits until everything is written, at most `limit`; `false` if events were lost because the reader has stalled.
    func finish(within limit: Duration = .milliseconds(300)) -> Bool {
        let isWritten = DispatchSemaphore(value: 0)
        writer.async { isWritten.signal() }
        let milliseconds = Int(limit / .milliseconds(1))
        return isWritten.wait(timeout: .now() + .milliseconds(milliseconds)) == .success
    }

    /// When the reader is gone, only the events end.
    private func write(_ line: [UInt8]) {
        guard !state.withLock({ $0.hasEnded }) else { return }
        var rest = line[...]
        var isGone = false
        while !rest.isEmpty, !isGone {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                // The caller made the descriptor non-blocking.
                _ = Poll.waitToWrite(descriptor, within: .seconds(3600))
            } else if errno != EINTR {
                isGone = true
                if errno != EPIPE { Diagnostics.warn(.cannotWriteFile("--events", Errno.current)) }
            }
        }
        state.withLock { state in
            state.waiting -= 1
            state.hasEnded = state.hasEnded || isGone
        }
    }
}

/// An event as JSON: `event`, `time`, and the event's own members.
private struct EventLine: Encodable {
    let event: Event
    let seconds: Double

    init(_ event: Event, at time: Duration) {
        self.event = event
        let (whole, attoseconds) = time.components
        seconds = Double(whole) + Double(attoseconds / 1_000_000_000_000) / 1_000_000
    }

    private enum Members: CodingKey {
        case event, time, device, name, operation, rpId, reason, retries, completed, total, status, remaining, code
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Members.self)
        try members.encode(event.name, forKey: .event)
        try members.encode(seconds, forKey: .time)
        switch event {
        case .waitingForKey, .cancelling, .cancelled, .timedOut, .done: break
        case .keyRemoved(let device), .keySelected(let device), .processing(let device), .uvNeeded(let device),
            .inUse(let device), .unplugNeeded(let device):
            try members.encode(device, forKey: .device)
        case .keyAdded(let device, let name):
            try members.encode(device, forKey: .device)
            try members.encode(name, forKey: .name)
        case .touchNeeded(let device, let operation, let rpId):
            try members.encode(device, forKey: .device)
            try members.encode(operation, forKey: .operation)
            try members.encodeIfPresent(rpId, forKey: .rpId)
        case .pinNeeded(let device, let reason, let retries):
            try members.encode(device, forKey: .device)
            try members.encode(reason, forKey: .reason)
            try members.encode(retries, forKey: .retries)
        case .uvFailed(let device, let retries):
            try members.encode(device, forKey: .device)
            try members.encode(retries, forKey: .retries)
        case .progress(let device, let completed, let total):
            try members.encode(device, forKey: .device)
            try members.encode(completed, forKey: .completed)
            try members.encode(total, forKey: .total)
        case .sample(let device, let status, let remaining):
            try members.encode(device, forKey: .device)
            try members.encode(status, forKey: .status)
            try members.encode(remaining, forKey: .remaining)
        case .failed(let code):
            try members.encode(code, forKey: .code)
        }
    }
}
