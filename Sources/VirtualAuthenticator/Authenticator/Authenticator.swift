import CTAP2
import CTAPHID

/// The CTAP2 layer of the key: runs the steps of commands, and keeps the volatile state.
///
/// Closures in steps capture the authenticator `unowned`, since it holds the waiting step.
final class Authenticator {
    let settings: KeySettings
    let store: CredentialStore
    /// The state for a following stateful command.
    var stateful: StatefulCommand?
    /// The state of user verification.
    var user = VerificationState()
    /// The fingerprint sensor's state.
    var reader: FingerprintReader
    let extensions: KeyExtensions
    /// Time since power-up, as of the last call.
    private(set) var now = Duration.zero

    private let presence: any UserPresence
    private let observe: ((VirtualKeyEvent) -> Void)?
    /// The channel of the last command.
    private var channel = ChannelID.reserved
    private var pending: Pending?

    private enum Pending {
        case user(deadline: Duration, then: (UserOutcome) throws(Refusal) -> CommandStep)
        case work(poll: () throws(Refusal) -> CommandStep?)
    }

    /// How often to poll background work.
    private static let workInterval = Duration.milliseconds(2)

    init(
        settings: KeySettings,
        storage: any KeyStorage,
        presence: any UserPresence,
        random: any RandomNumberGenerator,
        observe: ((VirtualKeyEvent) -> Void)?
    ) throws(KeyStorageError) {
        self.settings = settings
        reader = FingerprintReader(statuses: settings.management.fingerprints.sampleStatuses)
        extensions = settings.offeredExtensions
        self.presence = presence
        self.observe = observe
        store = try CredentialStore(
            storage: storage,
            aaguid: settings.aaguid,
            verification: settings.userVerification,
            random: random
        ) { observe?(.storageFailed($0)) }
    }

    /// The longest accepted request (getInfo member maxMsgSize).
    var maximumMessageSize: Int {
        settings.maximumMessageSize ?? Message.maximumPayload(reportSize: settings.reportSize)
    }

    /// Starts the command of a request, which consists of its byte and parameters.
    func begin(_ request: [UInt8], from channel: ChannelID, at now: Duration) -> CommandProgress {
        self.now = now
        let command = request.first.map(CTAPCommand.init)
        let goesOn = channel == self.channel && command.map { stateful?.continuations.contains($0) == true } == true
        if !goesOn { stateful = nil }
        self.channel = channel
        observe?(.commandBegan(request.first ?? 0))
        return run { () throws(Refusal) in try firstStep(of: request) }
    }

    /// Advances the time for the current command.
    func advance(at now: Duration) -> CommandProgress {
        self.now = now
        switch pending {
        case .user(let deadline, let then):
            let answer = presence.answer(at: now)
            guard let outcome = answer.map(UserOutcome.init) ?? (deadline <= now ? .timedOut : nil) else {
                return .running(.userPresenceNeeded)
            }
            endPending()
            return run { () throws(Refusal) in try then(outcome) }
        case .work(let poll):
            return run { () throws(Refusal) in try poll() ?? .work(poll: poll) }
        case nil: return end(.other)
        }
    }

    /// The next time at which `advance` has work even without a touch.
    var nextWakeup: Duration? {
        switch pending {
        case .user(let deadline, _): presence.nextWakeup.map { min($0, deadline) } ?? deadline
        case .work: now + Self.workInterval
        case nil: nil
        }
    }

    /// Ends the current command and returns its response.
    func cancel() -> [UInt8] {
        endPending()
        observe?(.commandEnded(.keepaliveCancel))
        return [StatusCode.keepaliveCancel.rawValue]
    }

    private func run(_ body: () throws(Refusal) -> CommandStep) -> CommandProgress {
        do throws(Refusal) {
            return try take(try body())
        } catch {
            return end(error.status)
        }
    }

    /// Runs steps until one has to wait.
    private func take(_ first: CommandStep) throws(Refusal) -> CommandProgress {
        var step = first
        while true {
            switch step {
            case .finished(let response): return end(.success, response)
            case .work(let poll):
                pending = .work(poll: poll)
                return .running(.processing)
            case .waitForUser(let request, let patience, let then):
                presence.request(request, at: now)
                guard let answer = presence.answer(at: now) else {
                    observe?(.presenceNeeded(request))
                    pending = .user(deadline: now + (patience ?? settings.userActionTimeout), then: then)
                    return .running(.userPresenceNeeded)
                }
                presence.withdraw()
                step = try then(UserOutcome(answer))
            }
        }
    }

    func report(_ event: VirtualKeyEvent) {
        observe?(event)
    }

    private func endPending() {
        if case .user = pending { presence.withdraw() }
        pending = nil
    }

    private func end(_ status: StatusCode, _ response: CBORMap? = nil) -> CommandProgress {
        endPending()
        observe?(.commandEnded(status))
        return .finished([status.rawValue] + (response.map { CBOREncoder.encode($0) } ?? []))
    }
}

extension UserOutcome {
    fileprivate init(_ answer: PresenceAnswer) {
        switch answer {
        case .touched: self = .touched
        case .notRecognized: self = .notRecognized
        case .declined: self = .declined
        }
    }
}
