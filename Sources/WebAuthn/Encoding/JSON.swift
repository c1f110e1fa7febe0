internal import FoundationEssentials

/// Reads and writes JSON, strictly and with a size limit.
package enum JSON {
    /// The largest document that is read; WebAuthn's have a few thousand bytes.
    package static let maximumByteCount = 1 << 20

    /// Reads one document; the error names the member that is missing or wrong.
    package static func decode<T: Decodable>(
        _ type: T.Type,
        from bytes: [UInt8],
        limit: Int = maximumByteCount
    ) throws(JSONError) -> T {
        guard bytes.count <= limit else { throw .tooLong(byteCount: bytes.count) }
        try JSONSyntax.check(bytes)
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch let error as DecodingError {
            throw JSONError(error)
        } catch {
            throw .notJSON
        }
    }

    /// The document in UTF-8, members in alphabetical order, on one line unless `pretty`.
    package static func encode(_ value: some Encodable, pretty: Bool = false) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if pretty {
            encoder.outputFormatting.insert(.prettyPrinted)
        }
        return Array(try encoder.encode(value))
    }
}
