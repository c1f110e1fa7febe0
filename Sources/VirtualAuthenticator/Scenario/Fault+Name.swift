extension Fault {
    /// Faults without a parameter, by their names.
    private static let plain: [String: Fault] = [
        "foreign-packets": .foreignPackets, "out-of-order": .outOfOrder, "duplicate": .duplicate, "short": .short,
        "oversize": .oversize, "broken-cbor": .brokenCBOR, "unsorted-maps": .unsortedMaps,
        "long-lengths": .longLengths, "silent": .silent, "no-keepalive": .noKeepalive,
        "ignore-cancel": .ignoreCancel, "success-beats-cancel": .successBeatsCancel,
        "wrong-nonce": .wrongNonce(only: false), "wrong-nonce:only": .wrongNonce(only: true),
        "tarpit": .tarpit(touch: false), "tarpit:touch": .tarpit(touch: true),
        "reply-after-cancel": .replyAfterCancel(.zero),
    ]

    /// Reads a fault as a scenario file names it, such as `busy:3`; `nil` for anything else.
    public init?(name: String) {
        if let fault = Self.plain[name] {
            self = fault
            return
        }
        let parts = name.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard let word = parts.first, let fault = Self.fault(word, Array(parts.dropFirst())) else { return nil }
        self = fault
    }

    private static func fault(_ word: String, _ arguments: [String]) -> Fault? {
        if word == "hold" { return hold(arguments) }
        guard arguments.count == 1, let argument = arguments.first else { return nil }
        return switch word {
        case "omit": Int(argument).map { .omit($0) }
        case "busy": Int(argument).flatMap { $0 > 0 ? .busy($0) : nil }
        case "late-reply": Duration(scenarioSeconds: argument).map { .lateReply($0) }
        case "reply-after-cancel": Duration(scenarioSeconds: argument).map { .replyAfterCancel($0) }
        case "unplug": Point(rawValue: argument).map { .unplug($0) }
        default: nil
        }
    }

    private static func hold(_ arguments: [String]) -> Fault? {
        guard
            1...2 ~= arguments.count,
            let point = Point(rawValue: arguments[0]),
            [.request, .processing, .reply].contains(point)
        else { return nil }
        guard arguments.count == 2 else { return .hold(point, nil) }
        return Duration(scenarioSeconds: arguments[1]).map { .hold(point, $0) }
    }

    /// What `init(name:)` reads.
    public var name: String {
        if let name = Self.plain.first(where: { $0.value == self })?.key { return name }
        return switch self {
        case .omit(let member): "omit:\(member)"
        case .busy(let count): "busy:\(count)"
        case .lateReply(let delay): "late-reply:\(delay / .seconds(1))"
        case .replyAfterCancel(let delay): "reply-after-cancel:\(delay / .seconds(1))"
        case .unplug(let point): "unplug:\(point.rawValue)"
        case .hold(let point, let duration):
            "hold:\(point.rawValue)" + (duration.map { ":\($0 / .seconds(1))" } ?? "")
        default: ""
        }
    }
}

extension Duration {
    /// Seconds as a scenario writes them: from 0 to a day.
    init?(scenarioSeconds text: some StringProtocol) {
        guard let seconds = Double(text), 0...86_400 ~= seconds else { return nil }
        self = .seconds(seconds)
    }
}
