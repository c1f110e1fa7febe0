import CTAPHID

/// Requests of U2F, for keys without CTAP2.
extension Session {
    /// The pause between the answer that a touch is needed and the next request, as in libfido2 and Firefox.
    private static let pollInterval = Duration.milliseconds(100)

    /// What is known of a key without CTAP2: that it speaks U2F.
    func u2fInfo(_ operation: Operation) async throws(SessionError) -> AuthenticatorInfo {
        do throws(SessionError) {
            let version = try await send(U2FVersionRequest(), for: .getInfo, operation)
            guard version == "U2F_V2" else { throw .u2f(.unexpected(member: "version"), .getInfo) }
            return AuthenticatorInfo(versions: [version], aaguid: .zero)
        } catch {
            guard error.showsNoU2F else { throw error }
            throw .refused(.noKnownProtocol, .getInfo)
        }
    }

    /// Sends one request as a part of `command`; every status but success is an error.
    func send<Request: U2FRequest>(
        _ request: Request,
        for command: CTAPCommand,
        _ operation: Operation
    ) async throws(SessionError) -> Request.Response {
        let payload: [UInt8]
        do throws(CTAPHIDError) {
            payload = try await connection.transact(.msg, request.apdu, by: operation.deadline) { news in
                operation.report(KeyActivity(news))
            }
        } catch {
            throw .transport(error, command)
        }
        do throws(U2FError) {
            return try request.response(to: payload)
        } catch {
            throw .u2f(error, command)
        }
    }

    /// Repeats a request until the key was touched: U2F keys do not wait but answer at once that a touch is needed.
    ///
    /// U2F has no CANCEL. When the task is cancelled or the deadline passes, the key is asked no more, and is idle as soon as
    /// it has answered the current request. It may blink for a few more seconds.
    func sendUntilTouched<Request: U2FRequest>(
        _ request: Request,
        for command: CTAPCommand,
        _ operation: Operation
    ) async throws(SessionError) -> Request.Response {
        while true {
            do throws(SessionError) {
                return try await send(request, for: command, operation)
            } catch {
                guard case .u2f(.status(.conditionsNotSatisfied), _) = error else { throw error }
            }
            operation.report(.touchNeeded)
            // The next request fails if the task was cancelled or the deadline has passed.
            try? await Task.sleep(for: min(Self.pollInterval, operation.deadline.remaining))
        }
    }

    /// Waits for a touch by a registration that is never used.
    func touchU2F(for command: CTAPCommand, _ operation: Operation) async throws(SessionError) {
        do throws(SessionError) {
            _ = try await sendUntilTouched(U2FRegisterRequest.forTouch, for: command, operation)
        } catch {
            throw error.withoutResponse
        }
    }
}

extension SessionError {
    /// Whether the key does not know the request for the version of U2F.
    fileprivate var showsNoU2F: Bool {
        switch self {
        case .transport(.unsupported(.msg), _), .transport(.device(.invalidCommand, .msg), _): true
        case .u2f(.status(.instructionNotSupported), _), .u2f(.status(.classNotSupported), _): true
        case .u2f(.unexpected, _): true
        default: false
        }
    }

    /// The same error about a request whose success has no effect.
    var withoutResponse: SessionError {
        switch self {
        case .transport(.cancelled(let message, _), let command):
            .transport(.cancelled(message, response: nil), command)
        case .transport(.timedOut(let message, _), let command): .transport(.timedOut(message), command)
        case .transport(.silent(let message, _), let command): .transport(.silent(message), command)
        default: self
        }
    }
}
