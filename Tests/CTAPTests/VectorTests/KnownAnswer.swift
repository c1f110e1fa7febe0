import CTAP2

/// A value of a known answer's JSON that records whether a test has read it.
///
/// An unread value was not tested and fails the entry.
final class KnownAnswer {
    let path: String
    private let value: JSONValue
    private let members: [String: KnownAnswer]
    private let elements: [KnownAnswer]
    private var wasRead = false

    init(_ value: JSONValue, path: String) {
        self.path = path
        self.value = value
        if case .object(let object) = value {
            members = Dictionary(
                uniqueKeysWithValues: object.map { ($0, KnownAnswer($1, path: path + "." + $0)) }
            )
        } else {
            members = [:]
        }
        if case .array(let array) = value {
            elements = array.enumerated().map { KnownAnswer($1, path: path + "[\($0)]") }
        } else {
            elements = []
        }
    }

    subscript(member: String) -> KnownAnswer? { members[member] }

    /// The names of an object's members, without marking them as read.
    var names: Set<String> { Set(members.keys) }

    /// The elements of an array, without marking them as read.
    var array: [KnownAnswer] {
        wasRead = true
        return elements
    }

    var text: String? {
        wasRead = true
        if case .text(let text) = value { return text }
        return nil
    }

    var number: Int? {
        wasRead = true
        if case .number(let number) = value { return number }
        return nil
    }

    var flag: Bool? {
        wasRead = true
        if case .bool(let flag) = value { return flag }
        return nil
    }

    /// Whether a check passes: a flag, or a text that begins with `FAIL` if it does not.
    var verdict: Bool? { flag ?? (text?.hasPrefix("FAIL") == true ? false : nil) }

    var isNull: Bool {
        wasRead = true
        return value == .null
    }

    /// The text as hexadecimal.
    var bytes: [UInt8]? { text.flatMap { [UInt8](hex: $0) } }

    /// The text as a CBOR map in hexadecimal.
    var cborMap: CBORMap? { bytes.flatMap { try? CBORDecoder.decode($0).map } }

    /// The text as CBOR diagnostic notation.
    var diagnostic: CBORValue? { text.flatMap { CBORDiagnostic.parse($0) } }

    /// The paths of unread values, except notes.
    var unread: [String] {
        if path.hasSuffix("Note") || path.hasSuffix("Rule") { return [] }
        let inner = members.values.flatMap(\.unread) + elements.flatMap(\.unread)
        if !members.isEmpty || !elements.isEmpty { return inner.sorted() }
        return wasRead ? [] : [path]
    }
}
