import CTAP2
import WebAuthn

/// Why a part of the stream is not a message.
enum FrameError: Error, Hashable {
    /// More bytes than any message may have, announced or come; they are skipped.
    case tooLong
}

/// Cuts a stream into messages, in whatever pieces it arrives.
///
/// A message may hold a PIN, so it stays in this one place, which `clear` overwrites.
struct FrameAssembler {
    /// Of one message. Chrome sends up to 64 MiB; a request has a few thousand bytes.
    static let maximumByteCount = JSON.maximumByteCount

    /// The message, complete or not. Its storage never moves.
    private(set) var message: [UInt8] = []
    private let hasLength: Bool
    /// The bytes of a length, while it is incomplete.
    private var lengthBytes: [UInt8] = []
    /// With lengths, the bytes of the message that are still to come.
    private var missing: Int?
    /// Whether the rest of a message is skipped.
    private var isSkipping = false

    init(_ framing: Framing) {
        hasLength = framing.hasLength
        message.reserveCapacity(Self.maximumByteCount)
    }

    /// Whether the stream may end here.
    var isBetweenMessages: Bool { message.isEmpty && lengthBytes.isEmpty && missing == nil && !isSkipping }

    /// Takes bytes of `piece` from `offset` on; true if `message` is complete, false if all of the piece is taken.
    mutating func advance(through piece: Span<UInt8>, from offset: inout Int) throws(FrameError) -> Bool {
        while offset < piece.count {
            let isComplete =
                hasLength ? try takeCounted(piece, &offset) : try takeLine(piece, &offset)
            if isComplete { return true }
        }
        return false
    }

    /// Lets `body` change the complete message in place.
    mutating func withMessage<Result: ~Copyable, E: Error>(
        _ body: (inout [UInt8]) throws(E) -> Result
    ) throws(E) -> Result {
        try body(&message)
    }

    /// Overwrites the message, so that the next one can begin.
    mutating func clear() {
        message.wipe()
        message.removeAll(keepingCapacity: true)
        missing = nil
    }

    private mutating func takeLine(_ piece: Span<UInt8>, _ offset: inout Int) throws(FrameError) -> Bool {
        while offset < piece.count {
            let byte = piece[offset]
            offset += 1
            if byte == UInt8(ascii: "\n") {
                let isMessage = !isSkipping && !message.isEmpty
                isSkipping = false
                if isMessage { return true }
            } else if !isSkipping {
                guard message.count < Self.maximumByteCount else {
                    clear()
                    isSkipping = true
                    throw .tooLong
                }
                message.append(byte)
            }
        }
        return false
    }

    private mutating func takeCounted(_ piece: Span<UInt8>, _ offset: inout Int) throws(FrameError) -> Bool {
        guard var missing else {
            lengthBytes.append(piece[offset])
            offset += 1
            guard lengthBytes.count == 4 else { return false }
            return try begin(Int(lengthBytes.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }))
        }
        let count = min(missing, piece.count - offset)
        if !isSkipping {
            for index in offset..<offset + count { message.append(piece[index]) }
        }
        offset += count
        missing -= count
        self.missing = missing
        guard missing == 0 else { return false }
        guard isSkipping else { return true }
        isSkipping = false
        self.missing = nil
        return false
    }

    /// Begins a message of this length; true if that is all of it.
    private mutating func begin(_ length: Int) throws(FrameError) -> Bool {
        lengthBytes = []
        missing = length
        guard length <= Self.maximumByteCount else {
            isSkipping = true
            throw .tooLong
        }
        return length == 0
    }
}
