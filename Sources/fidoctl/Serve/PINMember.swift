import CTAP2
import Interaction

/// Takes the PIN out of a message before a parser, which copies what it reads, gets to see it.
enum PINMember {
    /// More than a PIN's 63 bytes, since typed accents may be separate characters.
    static let maximumByteCount = SecretLines.maximumByteCount

    /// Moves the value of the member `pin` into a secret and overwrites it, leaving `""` or, in place of another type, 0.
    ///
    /// Returns `nil` if there is no such member, or it is not a string that may be a PIN.
    static func take(from message: inout [UInt8], _ members: [MessageScanner.Member]) -> Secret? {
        var secret: Secret?
        for member in members where isPIN(member.name, in: message) {
            secret = read(message.span, member.value)
            let isString = message[member.value.lowerBound] == UInt8(ascii: "\"")
            let replacement: [UInt8] = isString ? Array("\"\"".utf8) : Array("0".utf8)
            for (place, index) in member.value.enumerated() {
                message[index] = place < replacement.count ? replacement[place] : UInt8(ascii: " ")
            }
        }
        return secret
    }

    private static func read(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Secret? {
        var byteCount = 0
        guard JSONStringBytes.decode(bytes, in: range, { _ in byteCount += 1 }), byteCount <= maximumByteCount else {
            return nil
        }
        return unsafe Secret(capacity: byteCount) { room in
            var count = 0
            _ = JSONStringBytes.decode(bytes, in: range) { byte in
                unsafe room[count] = byte
                count += 1
            }
            return count
        }
    }

    private static func isPIN(_ name: Range<Int>, in message: [UInt8]) -> Bool {
        var bytes: [UInt8] = []
        _ = JSONStringBytes.decode(message.span, in: name) { bytes.append($0) }
        return bytes == Array("pin".utf8)
    }
}
