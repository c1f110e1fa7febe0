import Interaction

/// An event as JSON: `event`, `time`, and the event's own members.
struct EventLine: Encodable {
    let event: Event
    let seconds: Double

    init(_ event: Event, at time: Duration) {
        self.event = event
        let (whole, attoseconds) = time.components
        seconds = Double(whole) + Double(attoseconds / 1_000_000_000_000) / 1_000_000
    }

    private enum Members: CodingKey {
        case event, time, device, name, operation, rpId, reason, retries, completed, total, status, remaining, code
        case minimumLength, accounts
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Members.self)
        try members.encode(event.name, forKey: .event)
        try members.encode(seconds, forKey: .time)
        switch event {
        case .waitingForKey, .cancelling, .cancelled, .timedOut, .done: break
        case .keyRemoved(let device), .keySelected(let device), .processing(let device), .uvNeeded(let device),
            .inUse(let device), .unplugNeeded(let device), .notRegistered(let device):
            try members.encode(device, forKey: .device)
        case .keyAdded(let device, let name):
            try members.encode(device, forKey: .device)
            try members.encode(name, forKey: .name)
        case .touchNeeded(let device, let operation, let rpId):
            try members.encode(device, forKey: .device)
            try members.encode(operation, forKey: .operation)
            try members.encodeIfPresent(rpId, forKey: .rpId)
        case .pinNeeded(let device, let reason, let retries, let minimumLength):
            try members.encode(device, forKey: .device)
            try members.encode(reason, forKey: .reason)
            try members.encode(retries, forKey: .retries)
            try members.encode(minimumLength, forKey: .minimumLength)
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
        case .select(let accounts):
            try members.encode(accounts, forKey: .accounts)
        case .failed(let code):
            try members.encode(code, forKey: .code)
        }
    }
}
