import CTAP2

/// A map in a request; errors are the specification's status codes (CTAP 2.1 §8.2).
struct RequestMap {
    private let map: CBORMap

    /// The received encoding, which is canonical.
    var bytes: [UInt8] { CBOREncoder.encode(map) }

    /// Parses the parameters of a command: exactly one map in canonical form.
    init(parameters: [UInt8]) throws(Refusal) {
        let value: CBORValue
        do throws(CBORError) {
            value = try CBORDecoder.decode(parameters, rules: .canonical)
        } catch {
            throw Refusal(.invalidCBOR)
        }
        try self.init(value)
    }

    /// A nested map.
    init(_ value: CBORValue) throws(Refusal) {
        guard let map = value.map else { throw Refusal(.cborUnexpectedType) }
        self.map = map
    }

    /// The member's value, `nil` if it is absent. Unknown members are ignored.
    func optional<T>(_ key: CBORValue, _ read: (CBORValue) -> T?) throws(Refusal) -> T? {
        guard let value = map[key] else { return nil }
        guard let result = read(value) else { throw Refusal(.cborUnexpectedType) }
        return result
    }

    /// The member's value. Throws the status `missing` if it is absent.
    func required<T>(
        _ key: CBORValue,
        _ read: (CBORValue) -> T?,
        missing: StatusCode = .missingParameter
    ) throws(Refusal) -> T {
        guard let value = try optional(key, read) else { throw Refusal(missing) }
        return value
    }

    /// The map in a member, `nil` if it is absent.
    func optionalMap(_ key: CBORValue) throws(Refusal) -> RequestMap? {
        guard let value = map[key] else { return nil }
        return try RequestMap(value)
    }

    /// The map in a member.
    func requiredMap(_ key: CBORValue) throws(Refusal) -> RequestMap {
        guard let value = try optionalMap(key) else { throw Refusal(.missingParameter) }
        return value
    }

    /// The elements of a member that is an array of maps, `nil` if it is absent.
    func optionalMaps(_ key: CBORValue) throws(Refusal) -> [RequestMap]? {
        guard let elements = try optional(key, \.array) else { return nil }
        var maps: [RequestMap] = []
        for element in elements {
            maps.append(try RequestMap(element))
        }
        return maps
    }
}
