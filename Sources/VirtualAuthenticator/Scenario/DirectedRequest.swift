import CTAPHID

/// A request to which a rule applies, and its progress.
struct DirectedRequest {
    var rule: Scenario.Rule
    /// The rule's index in the scenario.
    var ruleIndex: Int
    var command: HIDCommand
    /// The request's packets, held back until they are passed to the key.
    var packets: [Packet] = []
    var request = MessageAssembler()
    var reply = MessageAssembler()
    var stage = Stage.collecting(deadline: .zero)
    /// The time from which the reply may be sent; set by CANCEL.
    var earliestReply = Duration.zero

    enum Stage {
        /// The request is being received.
        case collecting(deadline: Duration)
        /// The rule keeps the key busy, with the given work, until a time; `nil` means until `goOn`.
        case busy(Busy, until: Duration?)
        /// The rule waits for a touch in place of the key, before its status.
        case touching
        /// The key has the request.
        case passed
        /// The request gets no answer.
        case swallowed
    }

    enum Busy {
        case held, processing, forever(KeepaliveStatus)
    }

    /// Whether the key may ask its user for a touch.
    var mayNeedUser: Bool { command == .cbor || command == .msg }

    /// The KEEPALIVE status while the rule, instead of the key, handles the request.
    var keepaliveStatus: KeepaliveStatus? {
        guard command == .cbor, !rule.faults.contains(.noKeepalive) else { return nil }
        return switch stage {
        case .busy(.forever(let status), _): status
        case .busy: .processing
        case .touching: .userPresenceNeeded
        default: nil
        }
    }

    /// Whether the rule handles the request, so that the key itself is idle.
    var isPlaying: Bool {
        switch stage {
        case .busy, .touching: true
        case .collecting, .passed, .swallowed: false
        }
    }

    func holds(_ point: Fault.Point) -> (isHeld: Bool, duration: Duration?) {
        for fault in rule.faults {
            if case .hold(point, let duration) = fault { return (true, duration) }
        }
        return (false, nil)
    }

    func has(_ fault: Fault) -> Bool {
        rule.faults.contains(fault)
    }
}
