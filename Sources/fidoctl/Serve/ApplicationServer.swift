import Platform
import WebAuthn
import Interaction

/// A conversation on standard input and output, until the application ends it.
struct ApplicationServer: Sendable {
    /// Messages that an application has not read; one that is further behind has stopped reading.
    private static let maximumUnread = 1_000

    let framing: Framing
    let settings: ServeSettings

    func run() async throws(Failure) {
        let stop: WakeUp
        do throws(Errno) { stop = try WakeUp() } catch { throw Failure(.io, .cannotReadFile(input, error)) }
        let output = OutputQueue(StandardStream.output.rawValue, maximumWaiting: Self.maximumUnread) { error in
            Diagnostics.warn(.cannotWriteOutput(error))
        }
        let conversation = Conversation(settings) { [framing] message in
            let isQueued = output.write {
                (try? JSON.encode(message)).map { framing.frame(JSONText.escape($0)) }
            }
            if !isQueued { stop.call() }
        }
        let receiver = MessageReader.Receiver { message in
            conversation.take(&message)
            return true
        } reject: { _ in
            conversation.reject(.tooLong)
        }
        let end = await MessageReader(framing: framing, stop: stop).read(into: receiver)
        if end == .cutShort { conversation.reject(.cutShort) }
        let hadRequest = await conversation.end()
        let isRead = output.finish()
        try check(end, hadRequest: hadRequest)
        guard isRead else { throw Failure(.timedOut, .outputNotReadInTime) }
    }

    private func check(_ end: MessageReader.End, hadRequest: Bool) throws(Failure) {
        switch end {
        case .closed, .satisfied:
            if hadRequest { throw Failure(.cancelled, .cancelled) }
        case .cutShort: throw Failure(.badData, .inputEndedWithinMessage)
        case .unreadable(let error): throw Failure(.io, .cannotReadFile(input, error))
        case .stopped: throw .unwritten(.again)
        }
    }

    private var input: String { Text.standardInput.localized }
}
