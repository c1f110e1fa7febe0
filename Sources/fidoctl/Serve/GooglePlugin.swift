import CTAP2
import CTAPHID
import Platform
import Synchronization
import WebAuthn
import Interaction

/// The program that GOOGLE_AUTH_WEBAUTHN_PLUGIN names: one request on standard input, one response on standard output.
///
/// Its caller collects standard error, so prompts go to the terminal.
struct GooglePlugin: Sendable {
    let settings: ServeSettings

    func run() async throws(Failure) {
        StandardStream.moveErrorsToTerminal()
        let response: GoogleResponse
        do throws(ServedError) {
            let request = try await read()
            response = .success(try await result(of: request))
        } catch {
            guard error.failure.code != .cancelled else { throw error.failure }
            response = .failure(error.failure)
        }
        try write(response)
    }

    private func read() async throws(ServedError) -> CeremonyRequest {
        let stop: WakeUp
        do throws(Errno) { stop = try WakeUp() } catch { throw ServedError(.unwritten(error)) }
        let request = Mutex(Result<CeremonyRequest, ServedError>.failure(.cutShort))
        let receiver = MessageReader.Receiver { message in
            do throws(ServedError) {
                let parsed = try GoogleRequest.parse(message)
                request.withLock { $0 = .success(parsed) }
            } catch {
                request.withLock { $0 = .failure(error) }
            }
            return false
        } reject: { _ in
            request.withLock { $0 = .failure(.tooLong) }
        }
        _ = await MessageReader(framing: .google, stop: stop).read(into: receiver)
        if Task.isCancelled { throw ServedError(Failure(.cancelled, .cancelled)) }
        return try request.withLock { $0 }.get()
    }

    private func result(of request: CeremonyRequest) async throws(ServedError) -> AuthenticationResponse {
        try settings.check(request)
        guard case .get(let options) = request.options else { throw .unknownType("create", types: [.get]) }
        let deadline = settings.deadline(for: request)
        let reporter = ActivityReporter(for: request.operation, by: deadline, events: nil)
        let source = PINSource.asking(hasTerminal: TerminalPrompt.isPossible)
        let interaction = PromptingInteraction(reporter, pinSource: source, by: deadline)
        let run = try settings.run(interaction, reporter, by: deadline)
        let accounts = try await run.authenticate(options, for: request.caller)
        do throws(Failure) {
            let choice = AccountChoice(rpId: options.rpId, wanted: nil, mayAsk: true)
            return try await choice.choose(from: accounts, by: deadline).response
        } catch {
            throw ServedError(error)
        }
    }

    private func write(_ response: GoogleResponse) throws(Failure) {
        do {
            let document = try JSON.encode(response)
            try StandardStream.$outputDeadline.withValue(Deadline(after: settings.access.timeout)) {
                try StandardStream.output.write(Framing.google.frame(document))
            }
        } catch let error as Errno {
            throw .unwritten(error)
        } catch {
            throw .unexpected(error)
        }
    }
}

private struct GoogleRequest: Decodable {
    var type: String
    var origin: String

    static func parse(_ message: [UInt8]) throws(ServedError) -> CeremonyRequest {
        let request: GoogleRequest
        do throws(JSONError) {
            request = try JSON.decode(GoogleRequest.self, from: message)
        } catch {
            throw .unreadable(error)
        }
        guard request.type == "get" else { throw .unknownType(request.type, types: [.get]) }
        return try CeremonyRequest(
            .get,
            in: message,
            member: "requestData",
            origin: request.origin
        )
    }
}

/// What google-auth reads.
private enum GoogleResponse: Encodable {
    case success(AuthenticationResponse)
    case failure(Failure)

    private enum Members: CodingKey {
        case type, responseData, error
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Members.self)
        try members.encode("getResponse", forKey: .type)
        switch self {
        case .success(let response): try members.encode(response, forKey: .responseData)
        case .failure(let failure):
            let hint = failure.hint.map { " (\($0.localized))" } ?? ""
            try members.encode(failure.message.localized + hint, forKey: .error)
        }
    }
}
