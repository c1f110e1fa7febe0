import ArgumentParser
import Glibc
import Synchronization
import WebAuthn

/// Writes events to a file descriptor that the caller opened: one JSON object a line, each in one write.
final class EventLog: Sendable {
    private let descriptor: Int32
    private let start = ContinuousClock.now
    /// Also keeps lines whole and in the order of their times.
    private let isHeard = Mutex(true)

    /// Takes the number of a descriptor that is open for writing, as `--events` gives it.
    init(argument: String) throws(ValidationError) {
        guard let descriptor = Int32(argument), descriptor >= 0 else {
            throw ValidationError("--events takes the number of a file descriptor.")
        }
        let flags = fcntl(descriptor, F_GETFL)
        guard flags >= 0, flags & O_ACCMODE != O_RDONLY else {
            throw ValidationError("--events \(descriptor): no file is open there for writing.")
        }
        self.descriptor = descriptor
        // Children, such as an askpass program, have no business with it.
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    /// Writes one line. When the reader has gone, or does not read, events end, and nothing else does.
    func tell(_ event: Event) {
        isHeard.withLock { isHeard in
            guard isHeard, let line = try? JSON.encode(EventLine(event, at: ContinuousClock.now - start)) else {
                return
            }
            let bytes = line + Array("\n".utf8)
            isHeard = unsafe write(descriptor, bytes, bytes.count) == bytes.count
        }
    }
}

/// An event as JSON: `event`, `time`, and what belongs to the event.
private struct EventLine: Encodable {
    let event: Event
    let seconds: Double

    init(_ event: Event, at time: Duration) {
        self.event = event
        let (whole, attoseconds) = time.components
        seconds = Double(whole) + Double(attoseconds / 1_000_000_000_000) / 1_000_000
    }

    private enum Members: CodingKey {
        case event, time, device, name, operation, rpId, reason, retries, code
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Members.self)
        try members.encode(event.name, forKey: .event)
        try members.encode(seconds, forKey: .time)
        switch event {
        case .waitingForKey, .cancelling, .cancelled, .timedOut, .done: break
        case .keyRemoved(let device), .keySelected(let device), .processing(let device), .uvNeeded(let device),
            .inUse(let device):
            try members.encode(device, forKey: .device)
        case .keyAdded(let device, let name):
            try members.encode(device, forKey: .device)
            try members.encode(name, forKey: .name)
        case .touchNeeded(let device, let operation, let rpID):
            try members.encode(device, forKey: .device)
            try members.encode(operation, forKey: .operation)
            try members.encodeIfPresent(rpID, forKey: .rpId)
        case .pinNeeded(let device, let reason, let retries):
            try members.encode(device, forKey: .device)
            try members.encode(reason, forKey: .reason)
            try members.encode(retries, forKey: .retries)
        case .uvFailed(let device, let retries):
            try members.encode(device, forKey: .device)
            try members.encode(retries, forKey: .retries)
        case .failed(let code):
            try members.encode(code, forKey: .code)
        }
    }
}
