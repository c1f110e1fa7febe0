import CTAPHID

/// One request that a rule directs, and how far it has come.
struct DirectedRequest {
    var rule: Scenario.Rule
    /// The rule's place in the scenario.
    var ruleIndex: Int
    var command: HIDCommand
    /// The request's packets, kept until the key gets them.
    var packets: [Packet] = []
    var request = MessageAssembler()
    var reply = MessageAssembler()
    var stage = Stage.collecting(deadline: .zero)
    /// When the reply may go; set by CANCEL.
    var earliestReply = Duration.zero

    enum Stage {
        /// The request is coming in.
        case collecting(deadline: Duration)
        /// The rule keeps the key busy: with what, and until when; `nil` is until `goOn`.
        case busy(Busy, until: Duration?)
        /// A touch is waited for in the key's place, before the rule's status.
        case touching
        /// The key has the request.
        case passed
        /// Nothing will come.
        case swallowed
    }

    enum Busy {
        case held, processing, forever(KeepaliveStatus)
    }

    /// The status in KEEPALIVE while the rule, and not the key, is at work.
    var keepaliveStatus: KeepaliveStatus? {
        guard command == .cbor, !rule.faults.contains(.noKeepalive) else { return nil }
        return switch stage {
        case .busy(.forever(let status), _): status
        case .busy: .processing
        case .touching: .userPresenceNeeded
        default: nil
        }
    }

    /// Whether the rule is at work, so that the key itself seems to be idle.
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
