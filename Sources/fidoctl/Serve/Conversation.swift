import CTAPHID
import Synchronization
import WebAuthn
import Interaction

/// One application's conversation: its messages come in, its requests run one at a time, and what they say goes out.
final class Conversation: Sendable {
    private struct Running {
        let id: RequestID
        let dialogue: Dialogue
        let task: Task<Void, Never>
        /// Whether the application cancelled it.
        var isAborted = false
    }

    private let settings: ServeSettings
    private let send: @Sendable (OutgoingMessage) -> Void
    private let running = Mutex<Running?>(nil)

    /// `send` must return at once.
    init(_ settings: ServeSettings, send: @escaping @Sendable (OutgoingMessage) -> Void) {
        self.settings = settings
        self.send = send
    }

    /// Takes the next message, which a PIN is taken out of.
    func take(_ message: inout [UInt8]) {
        do throws(MessageFault) {
            try obey(try IncomingMessage.parse(&message))
        } catch {
            refuse(error)
        }
    }

    /// Says that a part of the input was not a message.
    func reject(_ error: ServedError) {
        send(.rejected(nil, error))
    }

    /// Cancels the running request and waits for its end; false if there was none.
    func end() async -> Bool {
        let task = running.withLock { $0?.task }
        task?.cancel()
        await task?.value
        return task != nil
    }

    private func obey(_ message: consuming IncomingMessage) throws(MessageFault) {
        switch consume message {
        case .ceremony(let id, let request): start(id, request)
        case .cancel(let id): try cancel(id)
        case .capabilities(let id): send(.result(id, ServeCapabilities()))
        case .devices(let id): send(.result(id, ServedDevices()))
        case .pin(let id, let pin):
            let dialogue = try dialogue(of: id)
            do throws(ServedError) {
                try dialogue.answer(pin)
            } catch {
                throw MessageFault(id: id, error: error)
            }
        case .account(let id, let index):
            let dialogue = try dialogue(of: id)
            do throws(ServedError) {
                try dialogue.answer(account: index)
            } catch {
                throw MessageFault(id: id, error: error)
            }
        }
    }

    /// What names the running request must not look like its end.
    private func refuse(_ fault: MessageFault) {
        let endsRequest = fault.isRequest && running.withLock { $0?.id != fault.id }
        if let id = fault.id, endsRequest {
            send(.error(id, fault.error))
        } else {
            send(.rejected(fault.id, fault.error))
        }
    }

    private func cancel(_ id: RequestID) throws(MessageFault) {
        let task = running.withLock { running -> Task<Void, Never>? in
            guard running?.id == id else { return nil }
            running?.isAborted = true
            return running?.task
        }
        guard let task else { throw MessageFault(id: id, error: .unasked(.notRunning)) }
        task.cancel()
    }

    private func dialogue(of id: RequestID) throws(MessageFault) -> Dialogue {
        let dialogue = running.withLock { $0?.id == id ? $0?.dialogue : nil }
        guard let dialogue else { throw MessageFault(id: id, error: .unasked(.notRunning)) }
        return dialogue
    }
}

// MARK: - Requests

extension Conversation {
    private func start(_ id: RequestID, _ request: CeremonyRequest) {
        if let other = running.withLock({ $0?.id }) {
            return send(other == id ? .rejected(id, .sameID) : .error(id, .busy))
        }
        do throws(ServedError) {
            try settings.check(request)
        } catch {
            return send(.error(id, error))
        }
        let deadline = settings.deadline(for: request)
        let dialogue = Dialogue(for: request.operation, by: deadline, events: ServedEvents(of: id, send))
        running.withLock { running in
            // Within the lock, so that its end comes after this.
            let task = Task { await self.run(id, request, dialogue, by: deadline) }
            running = Running(id: id, dialogue: dialogue, task: task)
        }
    }

    private func run(_ id: RequestID, _ request: CeremonyRequest, _ dialogue: Dialogue, by deadline: Deadline) async {
        let end: OutgoingMessage
        do throws(ServedError) {
            end = .result(id, try await result(of: request, dialogue, by: deadline))
        } catch {
            let isAborted = running.withLock { $0?.isAborted == true } && error.failure.code == .cancelled
            end = .error(id, isAborted ? ServedError(error.failure, .abort) : error)
        }
        running.withLock { running in
            // Sent within the lock: the application may answer its result with the next request.
            running = nil
            send(end)
        }
    }

    private func result(
        of request: CeremonyRequest,
        _ dialogue: Dialogue,
        by deadline: Deadline
    ) async throws(ServedError) -> any Encodable & Sendable {
        let run = try settings.run(dialogue, dialogue.reporter, by: deadline)
        switch request.options {
        case .create(let options): return try await run.register(options, for: request.caller)
        case .get(let options):
            let accounts = try await run.authenticate(options, for: request.caller)
            do throws(Failure) {
                return try await dialogue.choose(from: accounts).response
            } catch {
                throw ServedError(error)
            }
        }
    }
}

/// The events of one request.
private struct ServedEvents: EventSink {
    let id: RequestID
    let send: @Sendable (OutgoingMessage) -> Void
    let start = ContinuousClock.now

    init(of id: RequestID, _ send: @escaping @Sendable (OutgoingMessage) -> Void) {
        self.id = id
        self.send = send
    }

    func report(_ event: Event) {
        send(.event(id, EventLine(event, at: ContinuousClock.now - start)))
    }
}
