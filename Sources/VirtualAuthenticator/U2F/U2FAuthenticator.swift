import CTAP2

/// The CTAP1/U2F layer of the key (U2F Raw Message Formats 1.2). Its credentials are also CTAP2's (CTAP 2.1 §10).
final class U2FAuthenticator {
    let authenticator: Authenticator
    private let observe: ((VirtualKeyEvent) -> Void)?
    private var touch: PolledTouch

    init(
        _ authenticator: Authenticator,
        presence: any UserPresence,
        observe: ((VirtualKeyEvent) -> Void)?
    ) {
        self.authenticator = authenticator
        self.observe = observe
        touch = PolledTouch(presence)
    }

    /// Answers one request at once, possibly that a touch is needed.
    func answer(_ message: [UInt8], at now: Duration) -> [UInt8] {
        var (data, status) = ([UInt8](), U2FStatus.success)
        do throws(U2FStatus) {
            data = try perform(try APDU(message), at: now)
        } catch {
            status = error
        }
        let header = message.dropFirst().prefix(2)
        observe?(
            .u2fAnswered(
                instruction: header.first ?? 0,
                control: header.dropFirst().first ?? 0,
                status: status.rawValue
            )
        )
        return data + U2FStatus.bytes(of: status.rawValue)
    }

    /// Advances the time while a client may poll for a touch.
    func tick(at now: Duration) {
        touch.advance(at: now)
    }

    var nextWakeup: Duration? { touch.nextWakeup }

    /// Stops waiting for a touch, for a command of CTAP2.
    func stopWaiting() {
        touch.forget()
    }

    private func perform(_ command: APDU, at now: Duration) throws(U2FStatus) -> [UInt8] {
        switch command.instruction {
        case 0x01:
            try requireOffer()
            return try register(command, at: now)
        case 0x02:
            try requireOffer()
            return try authenticate(command, at: now)
        case 0x03:
            guard command.data.isEmpty else { throw .wrongLength }
            return Array("U2F_V2".utf8)
        default: throw .instructionNotSupported
        }
    }

    /// Registrations and logins without user verification are off while alwaysUv is on (CTAP 2.1 §7.2.4).
    private func requireOffer() throws(U2FStatus) {
        guard try authenticator.offersU2F(stored { () throws(Refusal) in try authenticator.store.read() }) else {
            throw .commandNotAllowed
        }
    }

    func requireTouch(_ operation: PresenceRequest.Operation, at now: Duration) throws(U2FStatus) {
        let wasIdle = touch.isIdle
        let request = PresenceRequest(operation: operation)
        guard touch.take(for: request, at: now) else {
            if wasIdle { observe?(.presenceNeeded(request)) }
            throw .conditionsNotSatisfied
        }
    }

    /// Uses the key's storage.
    func stored<R>(_ body: () throws(Refusal) -> R) throws(U2FStatus) -> R {
        do throws(Refusal) {
            return try body()
        } catch {
            throw .otherError
        }
    }
}
