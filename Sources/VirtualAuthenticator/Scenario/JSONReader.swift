import FoundationEssentials

/// A JSON value of a scenario file with its place in the file, for errors.
struct JSONReader {
    let place: String
    private let value: Value

    private enum Value: Decodable {
        case object([String: Value]), array([Value]), string(String), number(Double), bool(Bool), null

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let object = try? container.decode([String: Value].self) {
                self = .object(object)
            } else if let array = try? container.decode([Value].self) {
                self = .array(array)
            } else if let string = try? container.decode(String.self) {
                self = .string(string)
            } else if let bool = try? container.decode(Bool.self) {
                self = .bool(bool)
            } else if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else {
                self = .null
            }
        }
    }

    private init(_ value: Value, at place: String) {
        self.value = value
        self.place = place
    }

    /// The whole file.
    init(_ bytes: [UInt8]) throws(ScenarioError) {
        do {
            self.init(try JSONDecoder().decode(Value.self, from: Data(bytes)), at: "")
        } catch {
            throw .malformed(place: "", expected: "JSON")
        }
    }

    /// Rejects unknown members, which are usually misspelt.
    func requireMembers(_ names: Set<String>) throws(ScenarioError) {
        guard case .object(let members) = value else { throw .malformed(place: place, expected: "an object") }
        if let name = members.keys.filter({ !names.contains($0) }).min() {
            throw .unknown(place: place, value: name)
        }
    }

    /// A member, `nil` if it is absent.
    subscript(_ name: String) -> JSONReader? {
        guard case .object(let members) = value, let member = members[name] else { return nil }
        return JSONReader(member, at: place.isEmpty ? name : place + "." + name)
    }

    func elements() throws(ScenarioError) -> [JSONReader] {
        guard case .array(let elements) = value else { throw .malformed(place: place, expected: "an array") }
        return elements.enumerated().map { JSONReader($1, at: "\(place)[\($0)]") }
    }

    func string() throws(ScenarioError) -> String {
        guard case .string(let string) = value else { throw .malformed(place: place, expected: "a string") }
        return string
    }

    /// A non-empty array of elements that `read` accepts.
    func list<T>(_ read: (JSONReader) throws(ScenarioError) -> T) throws(ScenarioError) -> [T] {
        var list: [T] = []
        for element in try elements() {
            list.append(try read(element))
        }
        guard !list.isEmpty else { throw .malformed(place: place, expected: "an array with elements") }
        return list
    }

    /// A possibly empty array of strings.
    func strings() throws(ScenarioError) -> [String] {
        var strings: [String] = []
        for element in try elements() {
            strings.append(try element.string())
        }
        return strings
    }

    func flag() throws(ScenarioError) -> Bool {
        guard case .bool(let flag) = value else { throw .malformed(place: place, expected: "true or false") }
        return flag
    }

    /// An integer in `range`.
    func integer(in range: ClosedRange<Int>) throws(ScenarioError) -> Int {
        guard case .number(let number) = value, let integer = Int(exactly: number), range.contains(integer) else {
            throw .malformed(place: place, expected: "an integer from \(range.lowerBound) to \(range.upperBound)")
        }
        return integer
    }

    /// A number of seconds, at most a day.
    func seconds() throws(ScenarioError) -> Duration {
        guard case .number(let number) = value, 0...86_400 ~= number else {
            throw .malformed(place: place, expected: "seconds from 0 to 86400")
        }
        return .seconds(number)
    }

    /// A string that `read` accepts.
    func name<T>(_ read: (String) -> T?) throws(ScenarioError) -> T {
        let name = try string()
        guard let result = read(name) else { throw .unknown(place: place, value: name) }
        return result
    }
}

/// Why a file is not a scenario.
public enum ScenarioError: Error, Hashable, Sendable {
    /// A value is invalid. `place` is its place, such as `rules[0].times`; empty for the whole file.
    case malformed(place: String, expected: String)
    /// An unknown member or name.
    case unknown(place: String, value: String)
}

extension ScenarioError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .malformed(let place, let expected): (place.isEmpty ? "" : place + ": ") + "not \(expected)"
        case .unknown(let place, let value): (place.isEmpty ? "" : place + ": ") + "\"\(value)\" is not known"
        }
    }
}
