/// A way to misbehave, by its name in scenario files (docs/scenarios.md).
package enum Fault: Hashable, Sendable {
    /// A point in a transaction.
    package enum Point: String, Hashable, Sendable, CaseIterable {
        /// The first packet of the request has arrived.
        case request
        /// The request is complete.
        case processing
        /// The key waits for its user.
        case touch
        /// CANCEL has arrived.
        case cancel
        /// The first packet of the reply was sent.
        case reply
    }

    // MARK: Packets of the reply

    /// Packets of another channel before, between and after the packets of the reply.
    case foreignPackets
    /// INIT: a response with another nonce comes first, or instead.
    case wrongNonce(only: Bool)
    /// The continuation packets are out of order.
    case outOfOrder
    /// Every continuation packet comes twice.
    case duplicate
    /// The last report is truncated.
    case short
    /// The message announces more bytes than its packets can carry, and sends all of them.
    case oversize

    // MARK: Contents of the reply

    /// The CBOR is truncated.
    case brokenCBOR
    /// The entries of every map are in reverse order.
    case unsortedMaps
    /// Lengths are not in their shortest form, as on some real keys.
    case longLengths
    /// The response map lacks this member.
    case omit(Int)
    /// Texts are cut at this number of bytes, even within a character.
    case cutText(Int)

    /// U2F_REGISTER: the certificate's signature claims to have unused bits, as in some of the first keys.
    case unusedBits

    // MARK: Time

    /// The request is not answered at all.
    case silent
    /// KEEPALIVE forever, with the status for a touch or for processing.
    case tarpit(touch: Bool)
    /// No KEEPALIVE is sent.
    case noKeepalive
    /// CHANNEL_BUSY this many times, then the response.
    case busy(Int)
    /// The reply is delayed, without KEEPALIVE.
    case lateReply(Duration)
    /// The key stops at a point until `goOn` or for this time.
    case hold(Point, Duration?)

    // MARK: CANCEL

    /// CANCEL is answered, and then the request's own reply follows after this time.
    case replyAfterCancel(Duration)
    /// CANCEL has no effect.
    case ignoreCancel
    /// The user touches just before CANCEL is read.
    case successBeatsCancel

    /// The key is unplugged.
    case unplug(Point)
}

extension Fault {
    /// The faults without a parameter, by name.
    private static let plain: [String: Fault] = [
        "foreign-packets": .foreignPackets, "out-of-order": .outOfOrder, "duplicate": .duplicate, "short": .short,
        "oversize": .oversize, "broken-cbor": .brokenCBOR, "unsorted-maps": .unsortedMaps,
        "long-lengths": .longLengths, "unused-bits": .unusedBits, "silent": .silent, "no-keepalive": .noKeepalive,
        "ignore-cancel": .ignoreCancel, "success-beats-cancel": .successBeatsCancel,
        "wrong-nonce": .wrongNonce(only: false), "wrong-nonce:only": .wrongNonce(only: true),
        "tarpit": .tarpit(touch: false), "tarpit:touch": .tarpit(touch: true),
        "reply-after-cancel": .replyAfterCancel(.zero),
    ]

    /// Parses a fault in a scenario file, such as `busy:3`; `nil` for anything else.
    package init?(name: String) {
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
        case "cut-text": Int(argument).flatMap { $0 > 0 ? .cutText($0) : nil }
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

    /// The name for `init(name:)`.
    package var name: String {
        if let name = Self.plain.first(where: { $0.value == self })?.key { return name }
        return switch self {
        case .omit(let member): "omit:\(member)"
        case .cutText(let count): "cut-text:\(count)"
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
    /// Seconds in a scenario: from 0 to a day.
    init?(scenarioSeconds text: some StringProtocol) {
        guard let seconds = Double(text), 0...86_400 ~= seconds else { return nil }
        self = .seconds(seconds)
    }
}
