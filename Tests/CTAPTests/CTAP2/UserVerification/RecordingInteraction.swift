import CTAP2
import Synchronization

/// A user who types a list of answers in order; records the prompts.
final class RecordingInteraction: UserInteraction {
    enum Asked: Hashable, Sendable {
        case pin(PINRequest.Reason, retries: Int)
        case newPIN(NewPINRequest.Reason)
        case builtIn(BuiltInVerification)
        case goesUnverified(StatusCode?)
    }

    /// The list of answers is used up.
    struct GaveUp: Error {}

    let canEnterPIN: Bool
    private let pins: Mutex<[String]>
    private let newPINs: Mutex<[String]>
    private let record = Mutex<[Asked]>([])

    init(pins: [String] = [], newPINs: [String] = [], canEnterPIN: Bool = true) {
        self.canEnterPIN = canEnterPIN
        self.pins = Mutex(pins)
        self.newPINs = Mutex(newPINs)
    }

    var asked: [Asked] { record.withLock { $0 } }

    func enterPIN(_ request: PINRequest) throws -> PIN {
        record.withLock { $0.append(.pin(request.reason, retries: request.retries)) }
        return try Self.next(of: pins)
    }

    func chooseNewPIN(_ request: NewPINRequest) throws -> PIN {
        record.withLock { $0.append(.newPIN(request.reason)) }
        return try Self.next(of: newPINs)
    }

    /// An operation that reports to this interaction.
    var operation: CTAP2.Operation {
        Operation(within: .seconds(60)) { [self] activity in
            switch activity {
            case .verification(let state): record.withLock { $0.append(.builtIn(state)) }
            case .proceedsUnverified(let status): record.withLock { $0.append(.goesUnverified(status)) }
            default: break
            }
        }
    }

    private static func next(of texts: borrowing Mutex<[String]>) throws -> PIN {
        let text = texts.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        guard let text else { throw GaveUp() }
        return try PIN(Secret(copying: Array(text.utf8)))
    }
}
