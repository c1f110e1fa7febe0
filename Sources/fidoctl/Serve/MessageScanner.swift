import CTAP2

/// Finds the members of a message without copying any of it, so that a PIN can be taken out before the message is parsed.
///
/// It accepts more than JSON: what is left is parsed strictly afterwards.
enum MessageScanner {
    /// The places of a member's name and value, quotation marks included.
    struct Member: Hashable {
        var name: Range<Int>
        var value: Range<Int>
    }

    /// The members of the object in `bytes`, but not those of objects inside it; `nil` if it is not an object.
    static func members(of bytes: Span<UInt8>) -> [Member]? {
        var offset = 0
        var members: [Member] = []
        guard take("{", bytes, &offset) else { return nil }
        guard !take("}", bytes, &offset) else { return members }
        repeat {
            skipBlanks(bytes, &offset)
            guard let name = string(bytes, &offset), take(":", bytes, &offset) else { return nil }
            skipBlanks(bytes, &offset)
            guard let value = value(bytes, &offset) else { return nil }
            members.append(Member(name: name, value: value))
        } while take(",", bytes, &offset)
        return take("}", bytes, &offset) ? members : nil
    }

    /// The value of a member, as it stands; `nil` if there is none.
    static func value(of name: String, in message: [UInt8]) -> [UInt8]? {
        let quoted = Array("\"\(name)\"".utf8)
        let member = members(of: message.span)?.last { message[$0.name].elementsEqual(quoted) }
        return member.map { Array(message[$0.value]) }
    }

    private static func value(_ bytes: Span<UInt8>, _ offset: inout Int) -> Range<Int>? {
        let start = offset
        var depth = 0
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "\""):
                guard let string = string(bytes, &offset) else { return nil }
                if depth == 0 { return string }
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                offset += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                // The end of the object around this value.
                guard depth > 0 else { return start < offset ? start..<offset : nil }
                depth -= 1
                offset += 1
                if depth == 0 { return start..<offset }
            case UInt8(ascii: ",") where depth == 0:
                return start < offset ? start..<offset : nil
            default: offset += 1
            }
        }
        return nil
    }

    private static func string(_ bytes: Span<UInt8>, _ offset: inout Int) -> Range<Int>? {
        let start = offset
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else { return nil }
        offset += 1
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "\""):
                offset += 1
                return start..<offset
            case UInt8(ascii: "\\"): offset += 2
            default: offset += 1
            }
        }
        return nil
    }

    private static func take(_ character: Unicode.Scalar, _ bytes: Span<UInt8>, _ offset: inout Int) -> Bool {
        skipBlanks(bytes, &offset)
        guard offset < bytes.count, UInt32(bytes[offset]) == character.value else { return false }
        offset += 1
        return true
    }

    private static func skipBlanks(_ bytes: Span<UInt8>, _ offset: inout Int) {
        while offset < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[offset]) { offset += 1 }
    }
}
